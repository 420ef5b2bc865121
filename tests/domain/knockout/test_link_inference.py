"""Knockouts of real seasons: what leads to what is found, the teams are taken off, and they all come back."""

import pytest

from tests.domain.replay import play
from tests.domain.seasons import Season, read_season
from timely.domain.knockout.advancement import Table, who_plays
from timely.domain.knockout.link_inference import Meeting, code_of_round, infer_links
from timely.domain.knockout.places import final_places
from timely.domain.knockout.source import LoserOf, Place, Rank, WinnerOf
from timely.domain.knockout.tie import Tie, TieGame, tie_winner
from timely.domain.knockout.tree import knockout
from timely.domain.standings.across_groups import rank_across

WITH_SLOTS = ("football_euro_2004", "football_world_cup_2018", "rugby_world_cup_2019")
SEASONS = (*WITH_SLOTS, "ice_hockey_olympics_2018_men", "volleyball_nations_league_2022_men")
SEEDS = (1, 2018)


def knockout_games(season: Season) -> list[dict]:
    """In the order of play, with false names."""
    return [
        game | {"home": season.alias[game["home"]], "away": season.alias[game["away"]]}
        for game in season.data["matches"]
        if game.get("stage") == "knockout"
    ]


def result(game: dict) -> TieGame:
    return TieGame(game["home_score"], game["away_score"], game.get("home_pens"), game.get("away_pens"))


def tables(season: Season) -> dict[str, Table]:
    return {group: Table(lines, is_over=True) for group, lines in season.tables().items()}


def entries(season: Season) -> dict[str, Place | Rank]:
    """Where each team came from: its slot, its rank across the groups or its place in the league."""
    if "cross_group_ranking" in season.data:
        order = [line.team for _, line in across(season)(None)]
        return {str(team): Rank(number) for number, team in enumerate(order, 1)}
    return {
        str(line.team): Place((group,), line.position) for group, lines in season.tables().items() for line in lines
    }


def across(season: Season):
    ranking = season.data.get("cross_group_ranking", {"criteria": ["points"], "external_rank": []})
    manual = season.disguised({"external_rank": ranking["external_rank"]})
    return lambda position: rank_across(season.tables(), ranking["criteria"], manual_order=manual, position=position)


def replayed(season: Season, ties: list[Tie]):
    """Every tie played with the real results, which are found by who meets."""
    games = {(game["home"], game["away"]): game for game in knockout_games(season)}

    def won_by(home, away):
        turned = (home, away) not in games
        game = result(games[(away, home) if turned else (home, away)])
        return tie_winner([game.turned() if turned else game])

    return play(ties, won_by, tables(season), across(season))


def check_the_end(season: Season, ties: list[Tie], sides, winners) -> None:
    real = {place: set() for place in range(1, 17)}
    for team, place in final_places(ties, sides, winners).items():
        real[place].add(season.real[str(team)])
    official = season.data["official_knockout"]
    assert real[1] == {official["winner"]}
    assert real[2] == {official["runner_up"]}
    if "third" in official:
        assert (real[3], real[4]) == ({official["third"]}, {official["fourth"]})
    going_on = {code: home if winners[code] == "home" else away for code, (home, away) in sides.items()}
    for name, advanced in official["advanced"].items():
        found = {season.real[str(going_on[tie.code])] for tie in ties if tie.round == name}
        assert found == set(advanced)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SEASONS)
def test_without_their_names_the_teams_come_back(name, seed):
    season = read_season(name, seed)
    games = knockout_games(season)
    linked = infer_links(
        [Meeting(game["round"], game["home"], game["away"], result(game)) for game in games], entries(season)
    )
    ties = linked.ties
    assert not any(isinstance(side, str) for tie in ties for side in (tie.home, tie.away))
    sides, winners = replayed(season, ties)
    assert [sides[code] for code, _ in linked.meetings] == [(game["home"], game["away"]) for game in games]
    assert winners == linked.winners
    check_the_end(season, ties, sides, winners)
    # Result after result, in the order of play: who comes next always stands there already.
    for number, (code, _) in enumerate(linked.meetings):
        so_far = {one: winners[one] for one, _ in linked.meetings[:number]}
        before = who_plays(ties, so_far, tables(season), across(season))
        assert before[code] == (games[number]["home"], games[number]["away"])


@pytest.mark.parametrize("name", WITH_SLOTS)
def test_the_slots_of_the_file_are_what_was_found(name):
    season = read_season(name, seed=5)
    games = knockout_games(season)
    linked = infer_links(
        [Meeting(game["round"], game["home"], game["away"], result(game)) for game in games], entries(season)
    )
    found = {
        frozenset((side.groups[0], side.position) for side in (tie.home, tie.away))
        for tie in linked.ties
        if isinstance(tie.home, Place) and isinstance(tie.away, Place)
    }
    assert found == {frozenset(tuple(place) for place in slot["teams"]) for slot in season.data["slots"]}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("name", "sides"),
    [
        # Seeded 1 to 12 across the groups: byes for four, then 8 - 9, 5 - 12, 7 - 10, 6 - 11.
        ("ice_hockey_olympics_2018_men", [Rank(n) for n in range(1, 13)]),
        ("volleyball_nations_league_2022_men", [Place(("",), n) for n in range(1, 9)]),
    ],
)
def test_our_own_bracket_is_the_one_that_was_played(name, sides, seed):
    season = read_season(name, seed)
    ties = knockout(sides, third_place=True)
    found, winners = replayed(season, ties)
    assert {frozenset(pair) for pair in found.values()} == {
        frozenset((game["home"], game["away"])) for game in knockout_games(season)
    }
    check_the_end(season, ties, found, winners)


def game(home: int, away: int, **more) -> TieGame:
    return TieGame(home, away, **more)


def test_codes_and_links():
    linked = infer_links(
        [
            Meeting("Semi-finals", "Ash", "Birch", game(1, 0)),
            Meeting("Semi-finals", "Cedar", "Dill", game(0, 2)),
            Meeting("Bronze medal game", "Cedar", "Birch", None),
            Meeting("Final", "Dill", "Ash"),
        ]
    )
    assert linked.ties == [
        Tie("SF1", "Semi-finals", 1, "Ash", "Birch"),
        Tie("SF2", "Semi-finals", 2, "Cedar", "Dill"),
        Tie("3P", "Bronze medal game", 1, LoserOf("SF2"), LoserOf("SF1")),
        Tie("F", "Final", 1, WinnerOf("SF2"), WinnerOf("SF1")),
    ]
    assert linked.winners == {"SF1": "home", "SF2": "away", "3P": None, "F": None}


def test_two_legs_are_one_tie():
    linked = infer_links(
        [
            Meeting("Semi-finals", "Ash", "Birch", game(1, 0)),
            Meeting("Semi-finals", "Cedar", "Dill", game(1, 1)),
            Meeting("Semi-finals", "Birch", "Ash", game(3, 0)),
            Meeting("Semi-finals", "Dill", "Cedar", game(2, 2)),
            Meeting("Final", "Birch", "Cedar"),
        ],
        away_goals=True,
    )
    assert linked.meetings == [("SF1", 1), ("SF2", 1), ("SF1", 2), ("SF2", 2), ("F", None)]
    assert [tie.legs for tie in linked.ties] == [2, 2, 1]
    assert linked.ties[2] == Tie("F", "Final", 1, WinnerOf("SF1"), WinnerOf("SF2"))


def test_an_open_tie_leads_nowhere_and_sources_stay():
    linked = infer_links(
        [
            Meeting("Semi-finals", "Ash", "Birch", game(1, 1)),
            Meeting("Semi-finals", None, "Dill"),
            Meeting("Final", "Ash", WinnerOf("SF2")),
        ]
    )
    assert (linked.ties[2].home, linked.ties[2].away) == ("Ash", WinnerOf("SF2"))
    assert linked.ties[1].home is None
    assert who_plays(linked.ties, {})["SF2"] == (None, "Dill")


def test_who_plays_again_and_again_is_named():
    linked = infer_links(
        [
            Meeting("Round", "Ash", "Birch", game(1, 0)),
            Meeting("Play-off", "Ash", "Cedar"),
            Meeting("Play-off", "Dill", "Ash"),
        ]
    )
    assert linked.ties[1].home == WinnerOf("R-1")
    assert linked.ties[2].away == "Ash"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Final", "F"),
        ("Semi-finals", "SF"),
        ("Semifinal", "SF"),
        ("Quarter-finals", "QF"),
        ("Round of 16", "R16-"),
        ("Last 32", "R32-"),
        ("1/8 finals", "R16-"),
        ("3rd place", "3P"),
        ("Third place match", "3P"),
        ("Bronze final", "3P"),
        ("5th place", "5P"),
        ("Qualification play-offs", "QPO-"),
        ("", "K-"),
        ("Viertelfinale", "V-"),
        ("A B C D E F G H I J K L M N", "ABCDEFGHIJKL-"),  # twenty characters with seven digits
    ],
)
def test_what_a_round_is_called(name, code):
    assert code_of_round(name) == code


def test_no_code_stands_twice():
    names = ["Final", "Final", "3rd place", "Bronze game", "Pool", "Play-out", "Plate"]
    linked = infer_links([Meeting(name, f"{n}a", f"{n}b") for n, name in enumerate(names)])
    codes = [tie.code for tie in linked.ties]
    assert codes[:4] == ["F1", "F2", "3P-1", "3P-2"]
    assert len(set(codes)) == len(codes)
