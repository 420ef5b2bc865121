"""Details of a game: its teams or who they will be, its table or division, its day at the place of play."""

from datetime import UTC, date, datetime

import pytest

from tests.conftest import get_event
from tests.services.dividing import put_teams
from timely.extensions import db
from timely.models import AuditEntry
from timely.services import divisions, fixtures, pitches, stages
from timely.services.errors import RuleBroken
from timely.services.fixture_details import Arrangement

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def event(make_event):
    return get_event(make_event(matches=[]))


@pytest.fixture
def divided(event):
    """Ash and Birch are women, Cedar and Dogwood men."""
    women, men = divisions.add_divisions(event, "Women\nMen", by=None)
    ash, birch, cedar, dogwood = event.teams
    put_teams(event, {ash.id: women.id, birch.id: women.id, cedar.id: men.id, dogwood.id: men.id})
    return event


def arranged(event, home=None, away=None, **more):
    teams = {team.name: team for team in event.teams}
    return fixtures.arrange_fixture(
        event, Arrangement(home_team=teams.get(home), away_team=teams.get(away), **more), by=None
    )


def refused(event, field, words, *pair, **more):
    with pytest.raises(RuleBroken, match=words) as broken:
        arranged(event, *pair, **more)
    assert list(broken.value.fields) == [field]
    assert event.fixtures == []


def test_a_table_game_has_two_teams(event):
    refused(event, "home_team", "Choose a team", None, "Birch")
    refused(event, "away_team", "Choose a team", "Ash", None)
    refused(event, "away_team", "Choose a team", "Ash", None, away_label="Winner of QF 2")
    refused(event, "away_team", "cannot play against itself", "Ash", "Ash")


def test_a_knockout_game_has_teams_or_says_who_they_will_be(event):
    refused(event, "home_team", "say who it will be", None, "Birch", is_knockout=True)
    refused(event, "away_team", "say who it will be", "Ash", None, is_knockout=True, home_label="The holders")
    game = arranged(event, "Ash", None, is_knockout=True, away_label="The holders")
    assert (game.home_name, game.away_name, game.is_knockout) == ("Ash", "The holders", True)


def test_the_table_is_found_by_the_teams(event):
    ash, birch, cedar, dogwood = event.teams
    stages.split_into_groups(event, {"A": [ash, birch], "B": [cedar, dogwood]}, by=None)
    assert arranged(event, "Cedar", "Dogwood").group.name == "B"


def test_two_who_share_no_table_play_in_none(event):
    ash, birch, cedar, dogwood = event.teams
    stages.split_into_groups(event, {"A": [ash, birch], "B": [cedar, dogwood]}, by=None)
    refused(event, "group", "in no group together", "Ash", "Cedar")
    group_b = stages.table_groups(event)[1]
    refused(event, "group", "are not both in Group B", "Ash", "Birch", group=group_b)


def test_a_knockout_game_is_of_the_division_of_its_teams(divided):
    women, men = divided.divisions
    refused(divided, "away_team", "of different divisions", "Ash", "Cedar", is_knockout=True)
    assert arranged(divided, "Cedar", "Dogwood", is_knockout=True).stage.division_id == men.id
    label = {"is_knockout": True, "away_label": "The holders"}
    # The division of a team goes before the one that was chosen.
    assert arranged(divided, "Ash", None, division_id=men.id, **label).stage.division_id == women.id


@pytest.mark.parametrize("chosen", [None, 999])
def test_without_a_team_the_division_has_to_be_chosen(divided, chosen):
    labels = {"is_knockout": True, "home_label": "The holders", "away_label": "The challengers"}
    refused(divided, "group", "Choose the division", division_id=chosen, **labels)
    men = divided.divisions[1]
    assert arranged(divided, division_id=men.id, **labels).stage.division_id == men.id


def test_a_late_game_is_of_the_day_at_the_place_of_play(event):
    late = datetime(2026, 5, 1, 22, 30, tzinfo=UTC)
    assert arranged(event, "Ash", "Birch", start_at=late).start_on == date(2026, 5, 1)  # half past eleven in Dublin
    pitches.change_pitch(event.pitches[0], "Court 1", "Asia/Tokyo", by=None)
    assert arranged(event, "Ash", "Cedar", start_at=late, pitch=event.pitches[0]).start_on == date(2026, 5, 2)
    day = date(2026, 5, 9)
    game = arranged(event, "Ash", "Dogwood", start_on=day)
    assert (game.start_on, game.start_at) == (day, None)


def test_what_was_arranged_is_written_down(event):
    moment = datetime(2026, 5, 1, 9, tzinfo=UTC)
    arranged(event, "Ash", "Birch", start_at=moment, pitch=event.pitches[1], round="Round 1", venue="The park")
    entry = event_entries(event)[-1]
    assert entry.after == {
        "home": "Ash",
        "away": "Birch",
        "group": "",
        "knockout": False,
        "round": "Round 1",
        "start_on": "2026-05-01",
        "start_at": moment.isoformat(),
        "pitch": "Pitch 2",
        "venue": "The park",
        "status": "SCHEDULED",
    }


def event_entries(event):
    return db.session.query(AuditEntry).filter_by(event_id=event.id).order_by(AuditEntry.id).all()
