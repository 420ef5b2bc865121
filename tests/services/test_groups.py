"""A team that was added after the groups began joins one, or changes it, as long as it has no game."""

import pytest

from tests.conftest import get_event
from tests.services.test_advancement import CUP, enter, game, names
from tests.services.test_undo import last_entry
from timely.queries.event_files import event_file_text
from timely.queries.tables import leaderboard
from timely.services import fixtures, groups, teams
from timely.services.advancement import NeedsRuling
from timely.services.errors import RuleBroken
from timely.services.undo import undo

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def cup(make_event):
    """Group A is over, group B is not; Elm comes late."""
    event = get_event(make_event(**CUP))
    enter(event.fixtures[0], 2, 1)
    teams.add_teams(event, "Elm", by=None)
    return event


def elm(event):
    return next(team for team in event.teams if team.name == "Elm")


def tables(event):
    return {table.group.name: [line.team.name for line in table.lines] for table in leaderboard(event)}


def group(event, name):
    return next(one for one in groups.open_groups(event, elm(event)) if one.name == name)


def test_it_is_known_to_be_nowhere_and_joins_with_its_games(cup):
    assert groups.ungrouped(cup, cup.teams) == [elm(cup)]
    made = groups.join_group(elm(cup), group(cup, "B"), arrange=True, by=None)
    assert tables(cup) == {"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood", "Elm"]}
    assert [(one.home_name, one.away_name, one.group.name) for one in made] == [
        ("Elm", "Cedar", "B"),
        ("Dogwood", "Elm", "B"),
    ]
    assert groups.ungrouped(cup, cup.teams) == []
    enter(made[0], 4, 0)
    assert tables(cup)["B"][0] == "Elm"
    with pytest.raises(RuleBroken, match="stays where it is"):
        groups.join_group(elm(cup), group(cup, "A"), arrange=False, by=None)


def test_it_is_undone_whole(cup):
    before = event_file_text(cup)
    groups.join_group(elm(cup), group(cup, "B"), arrange=True, by=None)
    undo(last_entry(), by=None)
    assert event_file_text(cup) == before


def test_a_group_that_was_over_is_open_again_and_the_semi_final_waits(cup):
    assert names(cup, "SF1") == ("Ash", "B2")
    groups.join_group(elm(cup), group(cup, "A"), arrange=False, by=None)
    assert names(cup, "SF1") == ("Ash", "B2")  # no game of the group is left
    groups.join_group(elm(cup), group(cup, "A"), arrange=True, by=None)
    assert names(cup, "SF1") == ("A1", "B2")


def test_it_changes_its_group_as_long_as_it_has_no_game(cup):
    for name in ("A", "B", "A"):
        groups.join_group(elm(cup), group(cup, name), arrange=False, by=None)
    assert {name: sorted(there) for name, there in tables(cup).items()} == {
        "A": ["Ash", "Birch", "Elm"],
        "B": ["Cedar", "Dogwood"],
    }
    assert groups.late_entries(cup) == {elm(cup).id}
    (one,) = [one for one in cup.fixtures if one.group and one.group.name == "B"]
    with pytest.raises(RuleBroken, match="stays where it is"):
        groups.join_group(one.home_team, group(cup, "A"), arrange=False, by=None)


def test_a_game_that_was_played_by_who_would_not_be_there_is_asked_about(cup):
    enter(cup.fixtures[1], 1, 0)
    enter(game(cup, "SF1"), 1, 0)
    made = groups.join_group(elm(cup), group(cup, "A"), arrange=True, by=None)
    assert names(cup, "SF1") == ("Ash", "Dogwood")  # who would be there is not certain any more
    with pytest.raises(NeedsRuling):
        for one in made:
            enter(one, *((9, 0) if one.home_name == "Elm" else (0, 9)))


def test_in_a_league_it_stands_in_the_table_and_gets_its_games(make_event):
    event = get_event(make_event())
    teams.add_teams(event, "Elm", by=None)
    (table,) = groups.open_groups(event, elm(event))
    assert elm(event).id in groups.late_entries(event)
    assert len(groups.join_group(elm(event), table, arrange=True, by=None)) == 4
    assert groups.late_entries(event) == set()


def test_a_group_of_another_division_and_too_many_games_are_refused(cup, monkeypatch):
    other = cup.stages[1]
    monkeypatch.setattr(fixtures, "MOST_FIXTURES", len(cup.fixtures) + 1)
    with pytest.raises(RuleBroken, match="room for 1 more"):
        groups.join_group(elm(cup), group(cup, "A"), arrange=True, by=None)
    assert other.kind == "knockout"
    with pytest.raises(RuleBroken, match="its division"):
        groups.join_group(elm(cup), cup.stages[0].groups[0].__class__(name="X"), arrange=False, by=None)
