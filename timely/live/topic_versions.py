"""Cache of epoch, topic versions and public events, which every new subscription needs; valid until the next commit.

After a restart all clients reconnect within a few seconds, and the database is asked only once.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from timely.extensions import db
from timely.models import Event
from timely.queries.events import IS_PUBLIC
from timely.queries.versions import epoch_and_versions


@dataclass(frozen=True, slots=True)
class State:
    """`public` maps the ids of public events to their status. `writes` is the commit counter at the read, or None."""

    epoch: str
    versions: dict[str, int]
    public: dict[int, str]
    writes: Hashable | None


def state() -> State:
    """The current state, or, within an open transaction, the state as that transaction sees it.

    It may lack a commit of the last few milliseconds, but none that the hub has seen, which asks the same counter
    before it publishes: so who joins a room first and asks afterwards misses nothing.
    """
    writes = current_app.extensions["timely.database.commit_counter"].recent_stamp()
    cached: State | None = current_app.extensions.get("timely.state")
    if cached is not None and writes is not None and cached.writes == writes:
        return cached
    # An open transaction may see an older snapshot of the database, so its state must not be cached for others.
    is_fresh = not db.session().in_transaction()
    rows = db.session.execute(select(Event.id, Event.status).where(IS_PUBLIC))
    public = {row.id: row.status for row in rows}
    found = State(*epoch_and_versions(), public, writes if is_fresh else None)
    if is_fresh:
        current_app.extensions["timely.state"] = found
    return found


def end_transaction() -> None:
    """Ends the session's transaction, so that the next statement sees all commits; makes no session for it."""
    if db.session.registry.has():
        db.session.rollback()
