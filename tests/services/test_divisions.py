"""Divisions: each with teams, format, codes and tables of its own."""

import pytest

from tests.conftest import get_event
from tests.services.dividing import put_teams
from timely.domain.formats.format import Format
from timely.event_file.read import read_event
from timely.extensions import db
from timely.models import AuditEntry
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.format_text import formats_text
from timely.presenters.table_rows import table_name
from timely.queries.event_files import event_file, event_file_text
from timely.queries.tables import leaderboard
from timely.services import divisions, formats, results, teams
from timely.services.errors import RuleBroken
from timely.services.event_files import import_event
from timely.services.formats import FormatChoice, make_format
from timely.services.results import Score
from timely.services.teams import TeamDetails
from timely.services.undo import undo

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def event(make_event):
    return get_event(make_event(matches=[], teams=[f"Team {number}" for number in range(1, 9)]))


@pytest.fixture
def two(event):
    """U10 with the first four teams, U12 with the others."""
    first, second = divisions.add_divisions(event, "U10\nU12", by=None)
    for division, members in ((first, event.teams[:4]), (second, event.teams[4:])):
        put_teams(event, {team.id: division.id for team in members})
    return first, second


def make(event, division, chosen):
    return make_format(event, division, FormatChoice(chosen, formats.teams_of(event, division)), by=None)


def test_each_division_has_a_table_of_its_own(event, two):
    tables = leaderboard(event)
    assert [table_name(table)["name_text"] for table in tables] == ["U10 · League", "U12 · League"]
    assert [table.lines[0].team.name for table in tables] == ["Team 1", "Team 5"]


def test_each_division_has_a_format_of_its_own_and_codes_may_be_the_same(event, two):
    first, second = two
    make(event, first, Format("knockout"))
    make(event, second, Format("groups", groups=2, qualifiers=1))
    finals = [game for game in event.fixtures if game.code == "F"]
    assert [fixture_row(game)["division"] for game in finals] == ["U10", "U12"]
    assert formats_text(event) == [
        ("U10", "A knockout of 4 teams, from the semi-finals on"),
        ("U12", "2 groups of 2, then a final"),
    ]
    for game in [game for game in event.fixtures if game.group_id]:
        results.enter_score(game, Score(3, 0), by=None)
    assert {finals[1].home_name, finals[1].away_name} <= {team.name for team in event.teams[4:]}
    assert finals[0].home_name == "Winner SF1"


def test_making_one_again_leaves_the_other_alone(event, two):
    first, second = two
    make(event, first, Format())
    kept = {game.id for game in make(event, second, Format())}
    results.enter_score(next(game for game in event.fixtures if game.id in kept), Score(1, 1), by=None)
    make(event, first, Format("knockout"))
    assert kept < {game.id for game in event.fixtures}
    with pytest.raises(RuleBroken, match="played or begun"):
        make(event, second, Format("knockout"))


def test_without_a_division_nothing_is_made(event, two):
    with pytest.raises(RuleBroken, match="Choose the division"):
        make_format(event, None, FormatChoice(Format(), event.teams), by=None)


def test_whoever_all_move_to_an_empty_division_take_their_games_along(event):
    make_format(event, None, FormatChoice(Format(), event.teams), by=None)
    results.enter_score(event.fixtures[0], Score(2, 1), by=None)
    (women,) = divisions.add_divisions(event, "Women", by=None)
    assert put_teams(event, {team.id: women.id for team in event.teams}) == 8
    (table,) = leaderboard(event)
    assert (table.group.full_title, sum(line.standing.played for line in table.lines)) == ("Women · League", 2)


def test_a_team_with_games_stays_unless_all_go(event):
    make_format(event, None, FormatChoice(Format(), event.teams), by=None)
    (women,) = divisions.add_divisions(event, "Women", by=None)
    one = event.teams[0]
    with pytest.raises(RuleBroken, match="Team 1 plays in 7 games here") as broken:
        put_teams(event, {one.id: women.id})
    assert f"division-{one.id}" in broken.value.fields
    assert one.division_id is None


def test_a_division_with_games_is_not_deleted(event, two):
    first, second = two
    make(event, first, Format())
    with pytest.raises(RuleBroken, match="U10 has 6 games"):
        divisions.delete_division(first, by=None)
    divisions.delete_division(second, by=None)
    assert [one.name for one in event.divisions] == ["U10"]
    assert event.teams[7].division_id is None


def test_when_the_last_division_goes_there_is_one_table_again(event, two):
    for one in two:
        divisions.delete_division(one, by=None)
    (table,) = leaderboard(event)
    assert len(table.lines) == 8


def test_whoever_is_in_no_division_has_no_table(event):
    (first,) = divisions.add_divisions(event, "U10", by=None)
    put_teams(event, {team.id: first.id for team in event.teams[:3]})
    assert [len(table.lines) for table in leaderboard(event)] == [3]


@pytest.mark.parametrize("text", ["", "U10\nu10", "x" * 61])
def test_names_that_cannot_be_are_refused(event, two, text):
    with pytest.raises(RuleBroken):
        divisions.add_divisions(event, text, by=None)


def test_a_name_is_changed_unless_another_has_it(event, two):
    divisions.rename_division(two[0], "Under 10", by=None)
    with pytest.raises(RuleBroken, match="Another division is called “u12”"):
        divisions.rename_division(two[0], "u12", by=None)
    assert [one.name for one in event.divisions] == ["Under 10", "U12"]


def test_every_action_is_undone_to_the_byte(event):
    files = [event_file_text(event)]
    first, second = divisions.add_divisions(event, "U10\nU12", by=None)
    files.append(event_file_text(event))
    put_teams(event, {team.id: first.id for team in event.teams[:4]})
    files.append(event_file_text(event))
    put_teams(event, {team.id: second.id for team in event.teams[4:]})
    files.append(event_file_text(event))
    make(event, second, Format("groups", groups=2, qualifiers=1))
    files.append(event_file_text(event))
    divisions.rename_division(first, "Under 10", by=None)
    files.append(event_file_text(event))
    divisions.delete_division(first, by=None)
    actions = db.session.query(AuditEntry).filter(AuditEntry.event_id == event.id).order_by(AuditEntry.id.desc()).all()
    for entry, before in zip(actions, reversed(files), strict=False):
        undo(entry, by=None)
        assert event_file_text(event) == before, entry.action


def test_an_event_with_divisions_goes_out_and_comes_back(event, two):
    make(event, two[0], Format("knockout", third_place=True))
    make(event, two[1], Format("groups", groups=2, qualifiers=1))
    data = event_file(event)
    again = import_event(read_event(data))
    assert event_file(again) == data
    assert [one.name for one in again.divisions] == ["U10", "U12"]


def test_a_new_team_goes_into_the_table_of_its_division(event, two):
    teams.add_teams(event, "Newcomer", by=None, division=two[1])
    assert [len(table.lines) for table in leaderboard(event)] == [4, 5]
    teams.add_teams(event, "Homeless", by=None)
    assert [len(table.lines) for table in leaderboard(event)] == [4, 5]


def test_a_division_is_changed_with_the_name_in_one_action(event, two):
    team = event.teams[0]
    wanted = TeamDetails("Renamed", members="Ann\nBea", division_id=two[1].id)
    assert teams.change_teams(event, {team.id: wanted}, by=None) == 1
    assert [len(table.lines) for table in leaderboard(event)] == [3, 5]
    entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert entry.after == {"Renamed": {"members": "Ann\nBea", "division": "U12"}}


def test_another_events_division_is_refused(event, two, make_event):
    other = get_event(make_event(name="Other"))
    (foreign,) = divisions.add_divisions(other, "Men", by=None)
    with pytest.raises(RuleBroken):
        put_teams(event, {event.teams[0].id: foreign.id})
    with pytest.raises(RuleBroken):
        teams.add_teams(event, "Stray", by=None, division=foreign)
    with pytest.raises(RuleBroken):
        make(event, foreign, Format())
