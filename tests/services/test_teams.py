"""Teams: pasted, renamed, coloured, deleted; pitches are pasted alike."""

import pytest

from tests.conftest import get_event
from timely.queries.tables import leaderboard
from timely.services import deductions, divisions, events, fixtures, pitches, stages, teams
from timely.services.errors import RuleBroken
from timely.services.events import EventDetails
from timely.services.name_lists import new_names
from timely.services.teams import TeamDetails

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture(name="event")
def event_fixture():
    return events.create_event(EventDetails(name="Cup", sport="football"), by=None)


def names(event):
    return [team.name for team in event.teams]


def test_a_pasted_list_is_in_the_table_at_once(event):
    teams.add_teams(event, "  Ash \r\n\r\nBirch\tU12\n Ćedar  &  Co\n", by=None)
    assert names(event) == ["Ash", "Birch U12", "Ćedar & Co"]
    tables = leaderboard(event)
    assert [line.team.name for line in tables[0].lines] == ["Ash", "Birch U12", "Ćedar & Co"]
    assert tables[0].group.stage.kind == "league"


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("1. Ash\n2) Birch\n\n3.\tCedar", ["Ash", "Birch", "Cedar"]),
        ("1. FC Ash", ["1. FC Ash"]),
        ("1. FC Ash\nBirch", ["1. FC Ash", "Birch"]),
        ("1. Squad\n2. Squad", ["1. Squad", "2. Squad"]),
        ("2. Ash\n1. Birch", ["2. Ash", "1. Birch"]),
    ],
)
def test_the_numbers_of_a_numbered_list_are_no_names(event, text, taken):
    teams.add_teams(event, text, by=None)
    assert names(event) == taken


def test_a_second_list_joins_the_same_table(event):
    teams.add_teams(event, "Ash\nBirch", by=None)
    teams.add_teams(event, "Cedar", by=None)
    assert len(leaderboard(event)) == 1
    assert len(leaderboard(event)[0].lines) == 3


@pytest.mark.parametrize("name", ["\u202e", "\u200b\u200d", "\u2800", "\u3164 \u3164", "\U000e0041", "\ufe0f\u034f"])
def test_a_name_that_nobody_can_see_is_none(event, name):
    with pytest.raises(RuleBroken, match="Line 2 has no character that can be seen"):
        teams.add_teams(event, f"Ash\n{name}\nBirch", by=None)
    assert names(event) == []


@pytest.mark.parametrize("name", ["Ash\u200d", "東", "7", "‽", "\U0001f1ee\U0001f1ea", "\U0001fae9", "ا\u200cب"])
def test_a_name_of_any_script_is_one(event, name):
    teams.add_teams(event, name, by=None)
    assert names(event) == [name]


def test_every_wrong_line_is_named_and_nothing_is_taken(event):
    teams.add_teams(event, "Ash", by=None)
    with pytest.raises(RuleBroken) as broken:
        teams.add_teams(event, "Birch\nASH\nCedar\nbirch\nx\0y\n" + "z" * 81, by=None)
    assert broken.value.message.split("\n") == [
        "Line 2: there is a team called “ASH” already.",
        "Line 4: “birch” stands in line 1 as well.",
        "Line 5 has a character that cannot be shown (code 0).",
        "Line 6 is too long: 81 characters, at most 80.",
    ]
    assert names(event) == ["Ash"]


@pytest.mark.parametrize("text", ["", "\n \n\t\n", "\r\n"])
def test_an_empty_list_says_what_to_do(event, text):
    with pytest.raises(RuleBroken, match="at least one team"):
        teams.add_teams(event, text, by=None)


def test_five_hundred_teams_fit_and_no_more(event):
    teams.add_teams(event, "\n".join(f"Team {n}" for n in range(500)), by=None)
    with pytest.raises(RuleBroken, match="room for 0 more"):
        teams.add_teams(event, "One more", by=None)


def test_many_wrong_lines_are_cut_short():
    with pytest.raises(RuleBroken) as broken:
        new_names("same\n" * 40, [], most_characters=80, room=9, noun="team")
    faults = broken.value.message.split("\n")
    assert len(faults) == 11
    assert faults[-1] == "And 29 more lines like these."


def test_names_and_colours_are_changed_together(event):
    ash, birch, _ = teams.add_teams(event, "Ash\nBirch\nCedar", by=None)
    wanted = {ash.id: TeamDetails("Birch", "#d62828"), birch.id: TeamDetails("Ash")}
    changed = teams.change_teams(event, wanted, by=None)
    assert changed == 2  # two names swapped
    assert {team.name: team.colour for team in event.teams} == {"Birch": "#d62828", "Ash": "", "Cedar": ""}


def test_a_name_that_is_taken_is_refused_beside_its_line(event):
    ash, birch, _ = teams.add_teams(event, "Ash\nBirch\nCedar", by=None)
    with pytest.raises(RuleBroken) as broken:
        teams.change_teams(event, {ash.id: TeamDetails("CEDAR"), birch.id: TeamDetails("Beech")}, by=None)
    assert list(broken.value.fields) == [f"name-{ash.id}"]
    assert names(event) == ["Ash", "Birch", "Cedar"]


def test_capitals_of_ones_own_name_may_change(event):
    (ash,) = teams.add_teams(event, "ash", by=None)
    assert teams.change_teams(event, {ash.id: TeamDetails("ASH")}, by=None) == 1


def test_a_team_that_plays_is_not_deleted(league):
    event = get_event(league)
    with pytest.raises(RuleBroken, match="plays in 3 games"):
        teams.delete_team(event.teams[0], by=None)


def test_a_deleted_team_leaves_nothing_behind(make_event):
    order = {"drawing_of_lots": ["Ash", "Birch"]}
    event = get_event(make_event(matches=[], manual_order=order, fair_play_totals={"Ash": -4, "Birch": -1}))
    ash, birch = event.teams[0], event.teams[1]
    deductions.deduct(event, ash, 3, by=None)
    teams.delete_team(ash, by=None)
    assert names(event) == ["Birch", "Cedar", "Dogwood"]
    assert event.manual_order == {"drawing_of_lots": [birch.id]}
    assert event.fair_play_totals == {str(birch.id): -1}
    assert event.deductions == []
    assert len(leaderboard(event)[0].lines) == 3


def test_teams_are_split_into_groups_and_back(event):
    ash, birch, cedar, dog = teams.add_teams(event, "Ash\nBirch\nCedar\nDog", by=None)
    stages.split_into_groups(event, {"A": [ash, dog], "B": [birch, cedar]}, by=None)
    assert stages.members(event) == {"A": ["Ash", "Dog"], "B": ["Birch", "Cedar"]}
    assert [table.group.title for table in leaderboard(event)] == ["Group A", "Group B"]
    stages.split_into_groups(event, {"A": [ash, birch, cedar, dog]}, by=None)
    assert stages.members(event) == {"": ["Ash", "Birch", "Cedar", "Dog"]}


def test_arranged_games_go_with_their_teams(league):
    event = get_event(league)
    ash, birch, cedar, dog = event.teams
    with pytest.raises(RuleBroken, match="different groups"):
        stages.split_into_groups(event, {"A": [ash, birch], "B": [cedar, dog]}, by=None)
    for fixture in event.fixtures[2:]:
        fixtures.delete_fixture(fixture, by=None)
    stages.split_into_groups(event, {"A": [ash, birch], "B": [cedar, dog]}, by=None)
    assert [fixture.group.name for fixture in event.fixtures] == ["A", "B"]


@pytest.mark.parametrize("shape", [("AB", "C"), ("AAB", ""), ("AA", "B")])
def test_every_team_has_one_group_and_no_group_one_team(event, shape):
    four = teams.add_teams(event, "Ash\nBirch\nCedar\nDog", by=None)
    letters = "".join(shape)
    groups = {
        letter: [team for team, its in zip(four, letters, strict=False) if its == letter] for letter in set(letters)
    }
    with pytest.raises(RuleBroken):
        stages.split_into_groups(event, groups, by=None)


def test_pitches_are_pasted_renamed_and_kept_while_games_are_on_them(league):
    event = get_event(league)
    (third,) = pitches.add_pitches(event, "Pitch 3", by=None)
    with pytest.raises(RuleBroken, match="already"):
        pitches.add_pitches(event, "pitch 3", by=None)
    with pytest.raises(RuleBroken, match="Another pitch"):
        pitches.change_pitch(third, "PITCH 1", by=None)
    pitches.change_pitch(third, "The small one", by=None)
    with pytest.raises(RuleBroken, match="2 games are on Pitch 1"):
        pitches.delete_pitch(event.pitches[0], by=None)
    pitches.delete_pitch(third, by=None)
    assert [pitch.name for pitch in event.pitches] == ["Pitch 1", "Pitch 2"]


def test_an_accent_typed_in_two_ways_is_one_name(event):
    composed, decomposed = "Caf\u00e9", "Cafe\u0301"
    teams.add_teams(event, decomposed, by=None)
    assert names(event) == [composed]
    with pytest.raises(RuleBroken, match="already"):
        teams.add_teams(event, f"CAFE\u0301\n{composed}", by=None)
    teams.add_teams(event, "Ash", by=None)
    ash = event.teams[1]
    with pytest.raises(RuleBroken, match="Another team is called"):
        teams.change_teams(event, {ash.id: TeamDetails(decomposed)}, by=None)
    for add in (pitches.add_pitches, divisions.add_divisions):
        with pytest.raises(RuleBroken, match="stands in line 1 as well"):
            add(event, f"{composed}\n{decomposed}", by=None)
