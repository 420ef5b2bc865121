"""Record versions that count people's saves and not the clock's, although both change the same rows.

Otherwise somebody with an open form would get a conflict merely because time has passed.
"""

from typing import Any

from sqlalchemy import Connection, inspect
from sqlalchemy import event as sa_event
from sqlalchemy.orm import Mapper

from timely.clock import now
from timely.domain.game_states import state_when_made, state_when_saved
from timely.models.event import Event
from timely.models.fixture import Fixture

BY_CLOCK: dict[type, frozenset[str]] = {Fixture: frozenset({"state", "state_since"}), Event: frozenset({"progress"})}


def changed_columns(target: Any) -> set[str]:
    """The columns of *target* that the current flush changes."""
    state = inspect(target)
    columns = state.mapper.column_attrs
    return {key for key in state.committed_state if key in columns and state.attrs[key].history.has_changes()}


def _before_update(mapper: Mapper[Any], connection: Connection, target: Any) -> None:
    changed = changed_columns(target) - BY_CLOCK[type(target)]
    if not changed:
        return
    if "version" not in changed:
        target.version += 1
    if isinstance(target, Fixture):
        _judge(target, changed)


def _before_insert(mapper: Mapper[Any], connection: Connection, target: Fixture) -> None:
    moment = now()
    target.state = state_when_made(target.status or "SCHEDULED", moment, target.start_at)
    target.state_since = moment


def _judge(fixture: Fixture, changed: set[str]) -> None:
    moment, old = now(), fixture.state
    state = state_when_saved(
        fixture.status,
        old,
        moment,
        start_at=fixture.start_at,
        is_said_now=fixture.status == "LIVE" and bool(changed & {"status", "saved_no"}),
        # A status change to SCHEDULED says that the game is not on, so its state is derived anew.
        is_moved=bool(changed & {"start_at", "start_on"}) or ("status" in changed and fixture.status == "SCHEDULED"),
    )
    if state != old:
        fixture.state, fixture.state_since = state, moment


for _cls in BY_CLOCK:
    sa_event.listen(_cls, "before_update", _before_update)
sa_event.listen(Fixture, "before_insert", _before_insert)
