"""One fixture with all that its row shows, in one statement."""

from sqlalchemy import bindparam, exists, inspect, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from timely.extensions import db
from timely.models import Division, Fixture, Stage
from timely.queries.parents import with_names

# Built once: a save would take longer to build it than to run it.
FIXTURE = (
    select(Fixture, exists().where(Division.event_id == Fixture.event_id).correlate(Fixture))
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
    fixture, has_divisions = found
    if not has_divisions:
        set_committed_value(fixture.event, "divisions", [])
    return fixture


def refresh_fixture(fixture: Fixture) -> None:
    """Reads again, in one statement, what a commit or a rollback has expired of the fixture and what it shows."""
    state = inspect(fixture)
    if state.expired and state.identity:
        load_fixture(*state.identity)
