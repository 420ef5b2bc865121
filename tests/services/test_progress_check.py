"""Events whose progress is looked at: those that changed, and all of them when a day may have begun somewhere."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.statements import statements
from timely.extensions import db
from timely.live.topic_versions import state
from timely.models import Event
from timely.services import results
from timely.services.event_progress import ProgressCheck
from timely.services.score_validation import Score

pytestmark = pytest.mark.usefixtures("in_app")

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def run(check: ProgressCheck, moment: datetime = NOON) -> list[str]:
    """Statements of the run, without those that read versions."""
    db.session.remove()
    topics = state()
    with statements() as asked:
        check.run(moment, topics.epoch, topics.versions)
    return [one for one in asked if one.startswith("SELECT")]


def progress() -> list[str]:
    db.session.remove()
    return list(db.session.scalars(db.select(Event.progress).order_by(Event.id)))


@pytest.fixture
def check(make_event: Callable[..., int], set_clock: Callable[[datetime], None]) -> ProgressCheck:
    set_clock(NOON)
    for number in range(3):
        make_event(name=f"League {number}")
    found = ProgressCheck()
    run(found)
    return found


def test_nothing_is_asked_while_nothing_changes(check: ProgressCheck) -> None:
    assert run(check) == []
    assert run(check, NOON + timedelta(minutes=14)) == []


def test_an_event_that_changed_is_judged_alone_and_all_of_them_at_a_midnight(check: ProgressCheck) -> None:
    first = db.session.scalars(db.select(Event).order_by(Event.id)).first()
    assert first is not None
    results.enter_score(first.fixtures[0], Score(1, 0), by=None)
    # As if it had been saved wrong: without a version, it is no change.
    wrong = db.update(Event).where(Event.id > first.id).values(progress="OVER")
    db.session.execute(wrong, execution_options={"published_elsewhere": True})
    db.session.commit()
    run(check)
    assert progress() == ["BEGUN", "OVER", "OVER"]
    run(check, NOON + timedelta(minutes=15))
    assert progress() == ["BEGUN", "", ""]


def test_another_database_is_looked_through_from_the_start(check: ProgressCheck) -> None:
    topics = state()
    with statements() as asked:
        check.run(NOON, "another", topics.versions)
    assert any("FROM fixtures" in one for one in asked)
