"""One fixture with all that its row shows, in one statement."""

from sqlalchemy import bindparam, inspect, select
from sqlalchemy.orm import joinedload

from timely.extensions import db
from timely.models import Fixture, Stage
from timely.queries.divisions import has_divisions, without_divisions
from timely.queries.parents import with_names

# Built once: a save would take longer to build it than to run it.
FIXTURE = (
    select(Fixture, has_divisions(Fixture.event_id))
    .where(Fixture.id == bindparam("id"))
    .options(
        *with_names(),
        joinedload(Fixture.stage).joinedload(Stage.division),
        joinedload(Fixture.event),
        joinedload(Fixture.result),
    )
)


def load_fixture(fixture_id: int) -> Fixture | None:
    """The fixture, its result, event, teams, stage with its division, group and pitch."""
    found = db.session.execute(FIXTURE, {"id": fixture_id}).one_or_none()
    if found is None:
        return None
    fixture, is_divided = found
    if not is_divided:
        without_divisions(fixture.event)
    return fixture


def refresh_fixture(fixture: Fixture) -> None:
    """Reads again, in one statement, what a commit or a rollback has expired of the fixture and what it shows."""
    state = inspect(fixture)
    if state.expired and state.identity:
        load_fixture(*state.identity)
