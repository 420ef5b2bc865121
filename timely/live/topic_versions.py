"""The state of the database that every newcomer must know: asked once for all who come while nothing is written.

After a restart a whole hall comes back in a few seconds.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from timely.extensions import db
from timely.models import Event
from timely.queries.versions import all_versions, epoch


@dataclass(frozen=True, slots=True)
class State:
    """`public` are the public events with their status. `writes` is when it was read; None where nobody knows."""

    epoch: str
    versions: dict[str, int]
    public: dict[int, str]
    writes: Hashable | None


def state() -> State:
    """As the database is now, or as the transaction that the caller is in has seen it."""
    writes = current_app.extensions["timely.database.commit_counter"].stamp()
    kept: State | None = current_app.extensions.get("timely.state")
    if kept is not None and writes is not None and kept.writes == writes:
        return kept
    # In a transaction that began before, the database looks as it did then: that is nobody else's state.
    is_fresh = not db.session().in_transaction()
    rows = db.session.execute(
        select(Event.id, Event.status).where(Event.status != "DRAFT", Event.visibility == "public")
    )
    public = {row.id: row.status for row in rows}
    found = State(epoch(), all_versions(), public, writes if is_fresh else None)
    if is_fresh:
        current_app.extensions["timely.state"] = found
    return found
