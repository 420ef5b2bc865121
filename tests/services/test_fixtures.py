"""Fixtures: arranged, moved, put off, called off."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import get_event
from timely.clock import now
from timely.extensions import db
from timely.models import AuditEntry, Change, Fixture
from timely.services import fixtures, results
from timely.services.errors import RuleBroken, StaleVersion
from timely.services.fixture_details import Arrangement
from timely.services.results import Score

pytestmark = pytest.mark.usefixtures("in_app")

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.fixture
def event(league):
    return get_event(league)


def wanted(event, home=0, away=1, **more):
    return Arrangement(home_team=event.teams[home], away_team=event.teams[away], **more)


def as_saved(fixture):
    return Arrangement(
        home_team=fixture.home_team,
        away_team=fixture.away_team,
        group=fixture.group,
        is_knockout=fixture.is_knockout,
        round=fixture.round,
        start_on=fixture.start_on,
        start_at=fixture.start_at,
        pitch=fixture.pitch,
        venue=fixture.venue,
    )


def actions(event):
    rows = select(Change.action).where(Change.topic == f"event_{event.id}_schedule").order_by(Change.id)
    return db.session.scalars(rows).all()


def test_a_time_brings_its_day_at_the_place_of_play(event):
    late = datetime(2026, 7, 4, 23, 30, tzinfo=UTC)  # half past midnight in Dublin's summer
    game = fixtures.arrange_fixture(event, wanted(event, start_on=date(2026, 7, 4), start_at=late), by=None)
    assert (game.start_at, game.start_on) == (late, date(2026, 7, 5))
    assert game.group is event.fixtures[0].group


def test_a_day_alone_will_do(event):
    game = fixtures.arrange_fixture(event, wanted(event, start_on=date(2026, 12, 1)), by=None)
    assert (game.start_at, game.start_on) == (None, date(2026, 12, 1))


def test_a_team_does_not_play_itself(event):
    with pytest.raises(RuleBroken) as broken:
        fixtures.arrange_fixture(event, wanted(event, 2, 2), by=None)
    assert list(broken.value.fields) == ["away_team"]


@pytest.mark.parametrize("part", ["home_team", "pitch", "group"])
def test_nothing_of_another_event_is_attached(event, make_event, part):
    other = get_event(make_event(name="Other"))
    strange = {
        "home_team": other.teams[0],
        "pitch": other.pitches[0],
        "group": other.fixtures[0].group,
    }[part]
    with pytest.raises(RuleBroken) as broken:
        fixtures.arrange_fixture(event, replace(wanted(event), **{part: strange}), by=None)
    assert list(broken.value.fields) == [part]
    assert len(event.fixtures) == 6


def test_only_a_knockout_game_may_wait_for_its_teams(event):
    open_ = Arrangement(home_team=event.teams[0], away_team=None, away_label="Winner of QF 2")
    with pytest.raises(RuleBroken):
        fixtures.arrange_fixture(event, open_, by=None)
    game = fixtures.arrange_fixture(event, replace(open_, is_knockout=True, round="Final"), by=None)
    assert (game.stage.kind, game.group, game.away_name) == ("knockout", None, "Winner of QF 2")
    with pytest.raises(RuleBroken, match="not known yet"):
        fixtures.set_status(game, "LIVE", by=None)


def test_two_of_different_groups_meet_in_no_table(make_event):
    event = get_event(make_event(groups={"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]}, matches=[]))
    with pytest.raises(RuleBroken) as broken:
        fixtures.arrange_fixture(event, wanted(event, 0, 2), by=None)
    assert list(broken.value.fields) == ["group"]
    assert fixtures.arrange_fixture(event, wanted(event, 2, 3), by=None).group.name == "B"


def test_the_teams_of_a_game_with_a_score_stay(event):
    game = event.fixtures[0]
    results.enter_score(game, Score(1, 0), by=None)
    with pytest.raises(RuleBroken) as broken:
        fixtures.change_fixture(game, replace(as_saved(game), away_team=event.teams[3]), by=None)
    assert list(broken.value.fields) == ["home_team"]
    fixtures.change_fixture(game, replace(as_saved(game), round="Round 7"), by=None)
    assert (game.round, game.away_team.name) == ("Round 7", "Birch")


def test_an_old_form_is_refused(event):
    game = event.fixtures[0]
    seen = game.version
    fixtures.change_fixture(game, replace(as_saved(game), round="1"), by=None, seen_version=seen)
    with pytest.raises(StaleVersion):
        fixtures.change_fixture(game, replace(as_saved(game), round="2"), by=None, seen_version=seen)
    assert game.round == "1"


def test_moving_a_game_is_told_as_such(event):
    fixtures.reschedule(event.fixtures[0], start_at=NOON, pitch=event.pitches[1], by=None)
    assert actions(event)[-1] == "rescheduled"
    fixtures.change_fixture(event.fixtures[1], replace(as_saved(event.fixtures[1]), start_at=NOON), by=None)
    assert actions(event)[-1] == "rescheduled"
    fixtures.change_fixture(event.fixtures[2], replace(as_saved(event.fixtures[2]), start_at=NOON, round="x"), by=None)
    assert actions(event)[-1] == "updated"
    fixtures.arrange_fixture(event, wanted(event), by=None)
    assert actions(event)[-1] == "created"


def test_what_is_left_out_of_a_reschedule_stays(event):
    game = event.fixtures[0]
    fixtures.reschedule(game, pitch=None, by=None)
    assert (game.pitch, game.start_at.hour) == (None, 10)
    fixtures.reschedule(game, start_at=None, by=None)
    assert (game.start_at, game.start_on) == (None, date(2026, 11, 28))
    fixtures.reschedule(game, start_at=None, start_on=None, by=None)
    assert (game.start_at, game.start_on) == (None, None)


def test_a_postponed_game_with_a_new_day_is_on_the_schedule_again(event):
    game = event.fixtures[0]
    fixtures.set_status(game, "POSTPONED", by=None)
    fixtures.reschedule(game, pitch=None, by=None)
    assert game.status == "POSTPONED"
    fixtures.reschedule(game, start_on=date(2027, 1, 9), start_at=None, by=None)
    assert game.status == "SCHEDULED"


def test_a_game_thought_to_be_on_waits_again_for_its_new_time(event):
    game = event.fixtures[0]
    fixtures.set_status(game, "LIVE", by=None)
    fixtures.reschedule(game, start_at=now() + timedelta(hours=1), by=None)
    assert game.status == "SCHEDULED"


@pytest.mark.parametrize(
    ("first", "then"),
    [("CANCELLED", "LIVE"), ("CANCELLED", "POSTPONED"), ("ABANDONED", "LIVE"), ("POSTPONED", "ABANDONED")],
)
def test_steps_that_are_none_are_refused(event, first, then):
    game = event.fixtures[0]
    fixtures.set_status(game, first, by=None)
    with pytest.raises(RuleBroken):
        fixtures.set_status(game, then, by=None)
    fixtures.set_status(game, "SCHEDULED", by=None)
    assert game.status == "SCHEDULED"


@pytest.mark.parametrize("status", ["FINISHED", "WALKOVER"])
def test_only_a_result_finishes_a_game(event, status):
    with pytest.raises(RuleBroken, match="result"):
        fixtures.set_status(event.fixtures[0], status, by=None)


@pytest.mark.parametrize("running", [True, False])
@pytest.mark.parametrize("status", ["POSTPONED", "CANCELLED", "ABANDONED", "SCHEDULED"])
def test_a_game_with_a_score_is_not_called_off(event, status, running):
    game = event.fixtures[0]
    results.enter_score(game, Score(1, 0), by=None, running=running)
    with pytest.raises(RuleBroken, match="Take the score back first"):
        fixtures.set_status(game, status, by=None)
    with pytest.raises(RuleBroken, match="Take the score back first"):
        fixtures.delete_fixture(game, by=None)


def test_a_patch_is_saved_whole_or_not_at_all(event):
    game = event.fixtures[0]
    before = game.start_at
    with pytest.raises(RuleBroken):
        fixtures.patch(game, start_at=NOON, status="FINISHED", by=None)
    assert game.start_at == before
    fixtures.patch(game, start_at=NOON, status="POSTPONED", by=None)
    assert (game.start_at, game.status) == (NOON, "POSTPONED")
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.event_id == event.id)).all()
    assert actions == ["import event", "postpone game"]


def test_deleting_what_is_unplayed_spares_what_was_played(event):
    results.enter_score(event.fixtures[0], Score(1, 0), by=None)
    fixtures.set_status(event.fixtures[1], "LIVE", by=None)
    assert fixtures.delete_unplayed(event, by=None) == 4
    assert len(event.fixtures) == 2
    fixtures.set_status(event.fixtures[1], "SCHEDULED", by=None)
    fixtures.delete_fixture(event.fixtures[1], by=None)
    assert len(db.session.scalars(select(Fixture)).all()) == 1
