"""Formats: planned, made as they were seen, made again while nothing has been played, undone."""

from collections import Counter

import pytest

from tests.conftest import get_event
from timely.domain.formats.format import Format
from timely.extensions import db
from timely.models import AuditEntry
from timely.queries.event_files import event_file_text
from timely.queries.knockouts import knockouts
from timely.queries.tables import leaderboard
from timely.services import fixtures, formats, results, teams
from timely.services.errors import RuleBroken
from timely.services.formats import FormatChoice, fingerprint_of, make_format, plan
from timely.services.results import Score
from timely.services.undo import undo

pytestmark = pytest.mark.usefixtures("in_app")

GROUPS = Format("groups", groups=4, qualifiers=2, third_place=True)


@pytest.fixture
def event(make_event):
    return get_event(make_event(matches=[], teams=[f"Team {number:02}" for number in range(1, 17)]))


def choice(event, format_=GROUPS, **more):
    return FormatChoice(format_, event.teams, **more)


def names(event):
    return {team.id: team.name for team in event.teams}


def test_groups_then_a_knockout_are_made_whole(event):
    made = make_format(event, None, choice(event), by=None)
    tables = leaderboard(event)
    assert [(table.group.title, len(table.lines)) for table in tables] == [(f"Group {name}", 4) for name in "ABCD"]
    in_groups = [game for game in made if game.group_id]
    assert Counter(game.group.name for game in in_groups) == dict.fromkeys("ABCD", 6)
    pairs = Counter(frozenset((game.home_team_id, game.away_team_id)) for game in in_groups)
    assert set(pairs.values()) == {1}
    ties = [(game.code, game.home_name, game.away_name) for game in made if game.code]
    assert [code for code, _, _ in ties] == ["QF1", "QF2", "QF3", "QF4", "SF1", "SF2", "3P", "F"]
    assert ties[0][1:] == ("A1", "B2")
    assert ties[-1][1:] == ("Winner SF1", "Winner SF2")
    # The strongest four stand at the head of a group each.
    assert [names(event)[table.group.entries[0].team_id] for table in tables] == [f"Team {n:02}" for n in (1, 2, 3, 4)]


@pytest.mark.costly
def test_the_thirds_play_for_their_places_and_do_not_go_through(event):
    eight = FormatChoice(Format("groups", groups=4, qualifiers=1, all_places=True), event.teams)
    made = make_format(event, None, eight, by=None)
    games = {game.code: f"{game.home_name} – {game.away_name}" for game in made if game.code}
    assert games["P9-12-1"] == "A3 – D3"
    assert games["7P"] == "Loser P5-8-1 – Loser P5-8-2"
    for game in [game for game in event.fixtures if game.group_id]:
        results.enter_score(game, Score(*((2, 0) if game.home_name < game.away_name else (0, 2))), by=None)
    zones = {line.team.name: line.zone for table in leaderboard(event) for line in table.lines}
    assert [name for name, zone in zones.items() if zone] == ["Team 01", "Team 02", "Team 03", "Team 04"]
    (thirds,) = [game for game in event.fixtures if game.code == "P9-12-1"]
    assert (thirds.home_name, thirds.away_name) == ("Team 09", "Team 12")


@pytest.mark.costly
def test_results_of_the_groups_fill_the_knockout(event):
    make_format(event, None, FormatChoice(Format("groups", groups=2, qualifiers=1), event.teams), by=None)
    for game in [game for game in event.fixtures if game.group_id]:
        results.enter_score(game, Score(*((2, 0) if game.home_name < game.away_name else (0, 2))), by=None)
    (final,) = [game for game in event.fixtures if game.code == "F"]
    assert (final.home_name, final.away_name) == ("Team 01", "Team 02")


def test_the_places_that_go_through_are_marked_once_somebody_alone_is_there(event):
    make_format(event, None, choice(event, Format("groups", groups=4, qualifiers=1)), by=None)
    table = leaderboard(event)[0]
    assert {line.zone for line in table.lines} == {""}  # all share the first place, and one goes through
    ids = {line.team.id for line in table.lines}
    first, second = (one for one in event.fixtures if one.home_team_id in ids and one.round == "Round 1")
    results.enter_score(first, Score(1, 0), by=None)
    results.enter_score(second, Score(1, 0), by=None)
    assert {line.zone for line in leaderboard(event)[0].lines} == {""}
    results.enter_score(second, Score(2, 0), by=None, reason="Read wrong")
    assert [line.zone for line in leaderboard(event)[0].lines] == ["through", "", "", ""]


def test_teams_that_share_places_which_all_go_through_are_marked(event):
    make_format(event, None, choice(event, Format("groups", groups=4, qualifiers=2)), by=None)
    ids = {line.team.id for line in leaderboard(event)[0].lines}
    for one in event.fixtures:
        if one.home_team_id in ids and one.round == "Round 1":
            results.enter_score(one, Score(1, 0), by=None)
    lines = leaderboard(event)[0].lines
    assert [(line.standing.position, line.zone) for line in lines] == [(1, "through"), (1, "through"), (3, ""), (3, "")]


def test_a_league_has_one_table_and_no_knockout(event):
    made = make_format(event, None, choice(event, Format(times=2)), by=None)
    assert len(made) == 16 * 15
    assert [table.group.title for table in leaderboard(event)] == ["League"]
    assert knockouts(event) == []


def test_a_league_may_end_in_a_knockout(event):
    made = make_format(event, None, choice(event, Format(qualifiers=4)), by=None)
    semi = next(game for game in made if game.code == "SF1")
    assert (semi.home_name, semi.away_name) == ("1st of the table", "4th of the table")


def test_a_knockout_of_two_legs_swaps_the_venues(event):
    chosen = Format("knockout", legs=2)
    made = make_format(event, None, choice(event, chosen, tie_options={"away_goals": True}), by=None)
    first, second = [game for game in made if game.code == "R16-1"]
    assert (first.leg, second.leg) == (1, 2)
    assert (first.home_team_id, first.away_team_id) == (second.away_team_id, second.home_team_id)
    semi, back = [game for game in made if game.code == "SF1"]
    assert (semi.home_source, semi.away_source) == (back.away_source, back.home_source)
    assert [game.leg for game in made if game.code == "F"] == [None]
    (stage,) = event.stages
    assert stage.options == {"format": {"kind": "knockout", "legs": 2}, "away_goals": True}


def test_groups_by_hand_may_differ_in_size(event):
    by_hand = [event.teams[:3], event.teams[3:8], event.teams[8:]]
    chosen = Format("groups", groups=3, draw="listed", qualifiers=1)
    made = make_format(event, None, FormatChoice(chosen, event.teams, by_hand), by=None)
    assert [len(table.lines) for table in leaderboard(event)] == [3, 5, 8]
    assert formats.groups_of(event, None) == [list(members) for members in by_hand]
    assert sum(1 for game in made if game.group_id) == 3 + 10 + 28


def test_what_was_seen_is_made_once(event):
    seen = fingerprint_of(event, None, choice(event))
    make_format(event, None, choice(event), by=None, seen_fingerprint=seen)
    with pytest.raises(RuleBroken) as broken:
        make_format(event, None, choice(event), by=None, seen_fingerprint=seen)  # the button pressed twice
    assert broken.value.code == "stale"
    assert len(event.fixtures) == 32


def test_a_game_that_was_moved_since_makes_the_plan_stale(event):
    make_format(event, None, choice(event), by=None)
    seen = fingerprint_of(event, None, choice(event))
    fixtures.reschedule(event.fixtures[0], pitch=event.pitches[0], by=None)
    with pytest.raises(RuleBroken) as broken:
        make_format(event, None, choice(event), by=None, seen_fingerprint=seen)
    assert broken.value.code == "stale"


@pytest.mark.parametrize(
    "other", [Format(), Format("knockout"), Format("groups", groups=2, qualifiers=2), Format("groups", groups=5)]
)
def test_it_is_made_again_and_the_first_is_gone(event, other):
    make_format(event, None, choice(event), by=None)
    before = event_file_text(event)
    again = make_format(event, None, choice(event, other), by=None)
    assert {game.id for game in event.fixtures} == {game.id for game in again}
    assert len(event.stages) == (not other.has_table or 1) * other.has_table + other.has_knockout
    assert formats.format_of(event, None) == other
    make_format(event, None, choice(event), by=None)
    assert event_file_text(event) == before


def test_making_it_is_one_action_and_can_be_undone_and_done_again(event):
    empty = event_file_text(event)
    make_format(event, None, choice(event), by=None)
    first = event_file_text(event)
    make_format(event, None, choice(event, Format("knockout", all_places=True)), by=None)
    second = event_file_text(event)
    two, one = db.session.query(AuditEntry).filter_by(action="make format").order_by(AuditEntry.id.desc())
    undone = undo(two, by=None)
    assert event_file_text(event) == first
    redone = undo(undone, by=None)
    assert event_file_text(event) == second
    undo(redone, by=None)
    undo(one, by=None)
    assert event_file_text(event) == empty


def test_once_a_game_has_a_score_the_format_stays(event):
    make_format(event, None, choice(event), by=None)
    results.enter_score(event.fixtures[0], Score(1, 0), by=None)
    with pytest.raises(RuleBroken, match="1 game has been played or begun") as broken:
        make_format(event, None, choice(event, Format()), by=None)
    assert broken.value.code == "played"
    results.take_back(event.fixtures[0], by=None)
    make_format(event, None, choice(event, Format()), by=None)


def test_a_game_that_is_on_keeps_the_format_too(event):
    make_format(event, None, choice(event), by=None)
    fixtures.set_status(event.fixtures[0], "LIVE", by=None)
    with pytest.raises(RuleBroken, match="played or begun"):
        make_format(event, None, choice(event, Format()), by=None)


@pytest.mark.parametrize(
    "chosen",
    [
        GROUPS,
        Format("groups", groups=3, draw="pots", draw_number=7, qualifiers=1, best_next=1),
        Format("groups", groups=3, draw="lots", draw_number=7),
        Format("groups", groups=5, draw="listed"),
        Format("knockout"),
        Format("knockout", draw="lots", draw_number=3, legs=2, final_legs=2),
        Format("knockout", draw="listed"),
        Format(),
    ],
)
def test_the_list_that_it_was_made_of_is_found_again(event, chosen):
    listed = [*event.teams[5:13], *event.teams[:5]]  # thirteen: byes, and groups of unequal size
    for team in event.teams[13:]:
        teams.delete_team(team, by=None)
    make_format(event, None, FormatChoice(chosen, listed), by=None)
    assert [team.name for team in formats.order_of(event, None)] == [team.name for team in listed]


def test_a_list_that_leaves_somebody_out_is_refused(event):
    with pytest.raises(RuleBroken) as broken:
        plan(event, None, FormatChoice(GROUPS, event.teams[1:]))
    assert "order" in broken.value.fields


def test_who_has_withdrawn_is_not_planned_for(event):
    event.teams[0].withdrawn = "withdrawn"
    db.session.commit()
    made = make_format(event, None, FormatChoice(Format("knockout"), formats.teams_of(event, None)), by=None)
    playing = {id_ for game in made for id_ in (game.home_team_id, game.away_team_id)}
    assert event.teams[0].id not in playing


def test_too_much_is_refused_beside_its_field(make_event):
    crowd = get_event(make_event(matches=[], teams=[f"Team {number}" for number in range(130)]))
    with pytest.raises(RuleBroken, match="2 to 128") as broken:
        plan(crowd, None, choice(crowd, Format("knockout")))
    assert "order" in broken.value.fields
    with pytest.raises(RuleBroken, match="at most 64 teams") as broken:
        plan(crowd, None, choice(crowd, Format()))
    assert "groups" in broken.value.fields


def test_a_new_team_does_not_make_a_table_beside_a_knockout(event):
    make_format(event, None, choice(event, Format("knockout")), by=None)
    teams.add_teams(event, "Late", by=None)
    assert leaderboard(event) == []
