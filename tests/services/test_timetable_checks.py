"""Changes by hand that break the timetable: violations named, and accepted by their fingerprint."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.conftest import get_event
from tests.languages.pseudo import PSEUDO, pseudo
from tests.services.test_timetables import (
    event_fixture,  # noqa: F401  (used by name)
    save,
)
from timely.domain.timetable import Settings
from timely.domain.translation import in_language
from timely.extensions import db
from timely.services import fixtures
from timely.services.timetable_checks import TimetableBroken

pytestmark = pytest.mark.usefixtures("in_app")


def test_a_change_by_hand_names_pitch_team_and_rest_by_name_and_time(league):
    event = get_event(league)
    event.timetable = Settings(20, 5, 30).as_dict()
    db.session.commit()
    game = event.fixtures[2]  # Ash – Cedar, 11:00 on pitch 1
    before = game.start_at
    with pytest.raises(TimetableBroken) as caught:
        fixtures.patch(game, start_at=datetime(2026, 11, 28, 10, 10, tzinfo=UTC), by=None, accepted="")
    words = [one.words for one in caught.value.breaches]
    assert words == [
        "Pitch 1 is taken by Ash – Birch until 10:20, when Ash – Cedar begins at 10:10.",
        "Ash plays on Pitch 1 at 10:00 and on Pitch 1 at 10:10.",
        "Cedar plays on Pitch 2 at 10:00 and on Pitch 1 at 10:10.",
    ]
    assert game.start_at == before
    with pytest.raises(TimetableBroken, match="Ash has 10 minutes of rest, not 30"):
        fixtures.patch(game, start_at=datetime(2026, 11, 28, 10, 30, tzinfo=UTC), by=None, accepted="")


def test_what_was_seen_may_be_saved_all_the_same_and_nothing_else(league):
    event = get_event(league)
    game, at = event.fixtures[2], datetime(2026, 11, 28, 10, 10, tzinfo=UTC)
    with pytest.raises(TimetableBroken) as caught:
        fixtures.patch(game, start_at=at, by=None, accepted="")
    with pytest.raises(TimetableBroken):
        fixtures.patch(game, start_at=at - timedelta(minutes=5), by=None, accepted=caught.value.fingerprint)
    remarks = []
    fixtures.patch(game, start_at=at, by=None, accepted=caught.value.fingerprint, remarks=remarks)
    assert game.start_at == at
    assert [one.words for one in remarks] == [one.words for one in caught.value.breaches]


def test_what_was_broken_before_is_not_held_against_a_change(league):
    event = get_event(league)
    at = datetime(2026, 11, 28, 10, 10, tzinfo=UTC)
    fixtures.patch(event.fixtures[2], start_at=at, by=None)
    fixtures.patch(event.fixtures[3], start_at=at + timedelta(hours=3), by=None, accepted="")
    fixtures.patch(event.fixtures[2], start_at=at + timedelta(hours=5), by=None, accepted="")


def test_a_new_game_and_other_teams_are_looked_at_too(league):
    event = get_event(league)
    wanted = fixtures.Arrangement(
        home_team=event.teams[0], away_team=event.teams[3], start_at=event.fixtures[0].start_at, pitch=event.pitches[0]
    )
    with pytest.raises(TimetableBroken, match="Pitch 1 is taken by Ash – Birch"):
        fixtures.arrange_fixture(event, wanted, by=None, accepted="")
    assert len(event.fixtures) == 6
    game = event.fixtures[3]  # Birch – Dogwood at 11:00, as Ash – Cedar
    with pytest.raises(TimetableBroken, match="Ash plays on Pitch 1 at 11:00 and on Pitch 2 at 11:00"):
        fixtures.change_fixture(game, replace(_as_saved(game), home_team=event.teams[0]), by=None, accepted="")
    assert game.home_team.name == "Birch"


def test_a_game_before_those_it_waits_for_is_named(event):
    save(event)
    final = next(one for one in event.fixtures if one.code == "F")
    with pytest.raises(TimetableBroken) as caught:
        fixtures.patch(final, start_at=datetime(2026, 11, 28, 9, tzinfo=UTC), by=None, accepted="")
    assert "order" in {one.kind for one in caught.value.breaches}
    assert any("waits for SF" in one.words for one in caught.value.breaches)


def test_sides_that_are_not_known_are_named_in_the_readers_language(event):
    save(event)
    final = next(one for one in event.fixtures if one.code == "F")
    group_game = next(one for one in event.fixtures if one.home_team_id is not None)
    with pytest.raises(TimetableBroken) as caught:
        fixtures.patch(final, start_at=group_game.start_at, by=None, accepted="")
    told = next(one for one in caught.value.breaches if "who could be Winner SF" in one.words)
    with in_language(PSEUDO):
        assert re.search(pseudo("Winner %(game)s") % {"game": r"SF\d"}, told.words)
        assert "Winner" not in told.words


def test_another_pitch_in_another_zone_is_another_day(make_event):
    event = get_event(make_event(pitches=["Pitch 1", "Pitch 2", {"name": "Far", "timezone": "Pacific/Auckland"}]))
    game = event.fixtures[0]
    fixtures.patch(game, pitch=event.pitches[2], start_at=datetime(2026, 11, 28, 20, tzinfo=UTC), by=None)
    assert game.start_on == date(2026, 11, 29)
    fixtures.patch(game, pitch=event.pitches[0], by=None)
    assert game.start_on == date(2026, 11, 28)


def _as_saved(fixture):
    return fixtures.Arrangement(
        home_team=fixture.home_team,
        away_team=fixture.away_team,
        group=fixture.group,
        round=fixture.round,
        start_on=fixture.start_on,
        start_at=fixture.start_at,
        pitch=fixture.pitch,
        venue=fixture.venue,
    )
