"""Stages and groups: what a split refuses, which table comes first, where a new team goes by itself."""

import pytest

from tests.conftest import get_event
from tests.services.dividing import put_teams
from timely.domain.formats.format import Format
from timely.extensions import db
from timely.models import Team
from timely.services import divisions, results, stages, teams
from timely.services.errors import RuleBroken
from timely.services.formats import FormatChoice, format_of, make_format, tie_options_of
from timely.services.results import Score

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def event(make_event):
    return get_event(make_event(matches=[]))


def split(event, text):
    """`A: Ash Birch; B: Cedar Dogwood`."""
    by_name = {team.name: team for team in event.teams}
    groups = {}
    for part in text.split(";"):
        name, _, members = part.partition(":")
        groups[name.strip()] = [by_name[member] for member in members.split()]
    stages.split_into_groups(event, groups, by=None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A: Ash Birch; : Cedar Dogwood", "Every group needs a name"),
        ("A: Ash Birch Cedar; B: Dogwood", "Group B needs at least two teams"),
        ("A: Ash Birch; B: Birch Cedar Dogwood", "Birch cannot be put into group B"),
        ("A: Ash Birch; B: Cedar Cedar", "Cedar cannot be put into group B"),
        ("A: Ash; B: Birch Cedar", "Group A needs at least two teams"),
    ],
)
def test_what_is_no_split_is_refused_and_the_table_stays(event, text, words):
    before = stages.members(event)
    with pytest.raises(RuleBroken, match=words):
        split(event, text)
    assert stages.members(event) == before


@pytest.mark.parametrize("text", ["A: Ash Birch Cedar Dogwood", "A: Ash", "A:"])
def test_one_group_is_the_one_table_of_all(event, text):
    split(event, "A: Ash Birch; B: Cedar Dogwood")
    split(event, text)
    assert {name: sorted(there) for name, there in stages.members(event).items()} == {
        "": ["Ash", "Birch", "Cedar", "Dogwood"]
    }


def test_nobody_is_left_out(event):
    teams.add_teams(event, "Elm", by=None)
    with pytest.raises(RuleBroken, match="Put every team into a group"):
        split(event, "A: Ash Birch; B: Cedar Dogwood")
    split(event, "A: Ash Birch Elm; B: Cedar Dogwood")
    assert stages.members(event) == {"A": ["Ash", "Birch", "Elm"], "B": ["Cedar", "Dogwood"]}


def test_a_team_of_another_event_is_in_no_group_here(event, make_event):
    other = get_event(make_event(name="Another", matches=[]))
    ash, birch, cedar, dogwood = event.teams
    with pytest.raises(RuleBroken, match="cannot be put into group B"):
        stages.split_into_groups(event, {"A": [ash, birch, cedar, dogwood], "B": other.teams[:2]}, by=None)


def test_once_a_game_has_a_score_the_groups_stay(league):
    event = get_event(league)
    results.enter_score(event.fixtures[0], Score(1, 0), by=None)
    with pytest.raises(RuleBroken, match="Games have been played"):
        split(event, "A: Ash Birch; B: Cedar Dogwood")


def test_teams_change_groups_and_names_keep_their_tables(event):
    split(event, "A: Ash Birch; B: Cedar Dogwood")
    kept = {group.name: group.id for group in stages.table_groups(event)}
    split(event, "B: Ash Cedar; A: Birch Dogwood")
    groups = stages.table_groups(event)
    assert {group.name: group.id for group in groups} == kept
    db.session.refresh(groups[0].stage)
    assert [group.name for group in groups[0].stage.groups] == ["B", "A"]  # in the order that was given now
    assert {name: sorted(there) for name, there in stages.members(event).items()} == {
        "A": ["Birch", "Dogwood"],
        "B": ["Ash", "Cedar"],
    }


def test_a_split_by_hand_ends_the_format(event):
    make_format(event, None, FormatChoice(Format("groups", groups=2), event.teams), by=None)
    for fixture in list(event.fixtures):
        db.session.delete(fixture)
    db.session.commit()
    assert format_of(event, None) is not None
    split(event, "A: Ash Birch; B: Cedar Dogwood")
    assert format_of(event, None) is None


def test_how_ties_are_decided_is_kept_with_the_knockout(event):
    assert tie_options_of(event, None) == {}
    make_format(event, None, FormatChoice(Format("knockout"), event.teams, tie_options={"penalties": True}), by=None)
    assert tie_options_of(event, None) == {"away_goals": False, "extra_time": False, "penalties": True}


def test_the_tables_of_the_first_division_come_first(event):
    women, men = divisions.add_divisions(event, "Women\nMen", by=None)
    ash, birch, cedar, dogwood = event.teams
    put_teams(event, {ash.id: men.id, birch.id: men.id, cedar.id: women.id, dogwood.id: women.id})
    tables = stages.table_groups(event)
    assert [group.stage.division_id for group in tables] == [women.id, men.id]
    assert stages.table_stage(event, men.id).groups == [tables[1]]
    assert stages.table_stage(event) is None


def test_a_new_team_is_in_the_one_table_and_in_none_of_several(event):
    teams.add_teams(event, "Elm", by=None)
    assert stages.members(event)[""][-1] == "Elm"
    split(event, "A: Ash Birch Elm; B: Cedar Dogwood")
    teams.add_teams(event, "Fir", by=None)
    assert not any("Fir" in there for there in stages.members(event).values())


def test_a_knockout_takes_no_team_in_by_itself(event):
    make_format(event, None, FormatChoice(Format("knockout"), event.teams), by=None)
    teams.add_teams(event, "Elm", by=None)
    assert db.session.query(Team).filter_by(name="Elm").one().event_id == event.id
    assert stages.table_stage(event) is None
    assert [stage.kind for stage in event.stages] == ["knockout"]


def test_a_new_format_of_the_whole_event_ends_the_slots_that_its_file_had(make_event):
    slots = [{"round": "Final", "teams": [["A", 1], ["B", 1]]}]
    event = get_event(make_event(groups={"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]}, matches=[], slots=slots))
    assert event.slots
    make_format(event, None, FormatChoice(Format("league"), event.teams), by=None)
    assert event.slots == []
