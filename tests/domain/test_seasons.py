"""The 13 real seasons come out as published: every place and every published figure."""

import math
from dataclasses import replace
from fractions import Fraction

import pytest

from tests.domain.seasons import SEASONS, read_season, season_file
from timely.domain.rulebooks import RULEBOOKS
from timely.domain.rules.withdrawals import ANNULLED
from timely.domain.scores.score import check_score
from timely.domain.sports import find_sport
from timely.domain.standings.across_groups import rank_across
from timely.domain.standings.standing import Standing

SEEDS = (1, 2018, 77_001)

# Key in the published tables: what of a line it is.
FIGURES = {
    "pos": "position",
    "p": "played",
    "w": "won",
    "d": "drawn",
    "l": "lost",
    "otw": "overtime_won",
    "otl": "overtime_lost",
    "gf": "goals_for",
    "ga": "goals_against",
    "gd": "goal_difference",
    "tf": "tries_for",
    "ta": "tries_against",
    "bpt": "bonus_try",
    "bpl": "bonus_losing",
    "pts": "points",
    "set_ratio": "set_ratio",
    "point_ratio": "point_ratio",
}


def figures(line: Standing, published: dict[str, object]) -> dict[str, object]:
    """What the line says under the keys that were published."""
    return {key: shown(getattr(line, FIGURES[key])) for key in published if key not in ("team", "group")}


def shown(value: int | Fraction | float | None) -> object:
    """Ratios as the federation prints them: three decimals, cut off, not rounded."""
    return math.floor(value * 1000) / 1000 if isinstance(value, Fraction) else value


def test_all_thirteen_are_here():
    assert len(SEASONS) == 13


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SEASONS)
def test_official_table(name, seed):
    season = read_season(name, seed)
    official = season.data["official_table"]
    compared = 0
    for group, table in season.tables().items():
        expected = [row for row in official if row.get("group", "") == group]
        assert season.names(table) == [row["team"] for row in expected]
        assert not any(line.tied for line in table)
        for line, row in zip(table, expected, strict=True):
            published = {key: value for key, value in row.items() if key not in ("team", "group")}
            assert figures(line, published) == published, row["team"]
            compared += 1
    assert compared == len(official) == len(season.data["teams"])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", [name for name in SEASONS if "snapshots" in season_file(name)])
def test_published_table_of_a_day(name, seed):
    season = read_season(name, seed)
    for snapshot in season.data["snapshots"]:
        tables = season.tables(until=snapshot["as_of"])
        lines = {season.real[str(line.team)]: line for table in tables.values() for line in table}
        assert len(snapshot["table"]) == len(lines)
        for row in snapshot["table"]:
            published = {key: value for key, value in row.items() if key != "team"}
            assert figures(lines[row["team"]], published) == published, row["team"]
        for table in tables.values():
            listed = [
                row["team"] for row in snapshot["table"] if season.alias[row["team"]] in {one.team for one in table}
            ]
            assert season.names(table) == listed


@pytest.mark.parametrize("seed", SEEDS)
def test_order_across_the_groups(seed):
    season = read_season("ice_hockey_olympics_2018_men", seed)
    ranking = season.data["cross_group_ranking"]
    manual = season.disguised({"external_rank": ranking["external_rank"]})
    order = rank_across(season.tables(), ranking["criteria"], manual_order=manual)
    assert season.names([line for _, line in order]) == ranking["order"]
    assert [line.position for _, line in order] == list(range(1, 13))
    assert all(season.alias[season.real[str(line.team)]] in season.groups[str(group)] for group, line in order)


@pytest.mark.parametrize("name", SEASONS)
def test_every_score_is_possible(name):
    season = read_season(name, seed=1)
    sport = find_sport(season.data["sport"])
    assert sport.key != "generic"
    for number, game in enumerate(season.data["matches"]):
        check_score(
            game["home_score"],
            game["away_score"],
            game.get("extra"),
            season.rules,
            sport,
            knockout=game.get("stage") == "knockout",
            home_pens=game.get("home_pens"),
            away_pens=game.get("away_pens"),
            path=f"matches[{number}]",
        )


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("football_world_cup_2018", "fifa-2022"),
        ("football_euro_2004", "uefa-euro-2004"),
        ("football_la_liga_2006_07", "la-liga"),
        ("football_la_liga_2018_19", "la-liga"),
        ("football_bundesliga_2015_16", "bundesliga"),
        ("football_serie_a_2008_09", "serie-a-2008"),
        ("handball_world_championship_2023_group_d", "ihf-2023"),
        ("ice_hockey_olympics_2018_men", "iihf-2018"),
        ("rugby_world_cup_2019", "rugby-world-cup-2019"),
        ("volleyball_nations_league_2022_men", "fivb-2022"),
    ],
)
def test_the_rulebook_says_what_the_season_was_played_by(name, key):
    # A season that is over, and that everybody came to, does not tell the rest.
    untold = {
        "tiebreakers_while_running": None,
        "walkover": None,
        "walkover_win": None,
        "withdrawal": ANNULLED,
    }
    assert replace(RULEBOOKS[key].rules, **untold) == read_season(name, seed=1).rules


# What decided the famous ones: without that criterion the table is no longer settled, or another.


def without(name: str, *criteria: str) -> tuple[list[str], set[str]]:
    """All teams in order without these criteria, and who is then tied."""
    season = read_season(name, seed=3)
    kept = tuple(one for one in season.rules.tiebreakers if one not in criteria)
    season.rules = replace(season.rules, tiebreakers=kept)
    tables = season.tables().values()
    order = [team for table in tables for team in season.names(table)]
    return order, {season.real[str(line.team)] for table in tables for line in table if line.tied}


def test_fair_play_alone_separates_japan_and_senegal():
    assert without("football_world_cup_2018", "fair_play")[1] == {"Japan", "Senegal"}


def test_the_spanish_title_was_decided_among_the_two():
    order, tied = without("football_la_liga_2006_07", "head_to_head_points", "head_to_head_goal_difference")
    assert order[:2] == ["FC Barcelona", "Real Madrid"]
    assert not tied


def test_iceland_would_have_won_its_group_on_all_goals():
    among_them = ("head_to_head_points", "head_to_head_goal_difference", "head_to_head_goals_for")
    assert without("handball_world_championship_2023_group_d", *among_them)[0][0] == "Iceland"


def test_the_restart_puts_slovenia_above_the_united_states():
    season = read_season("ice_hockey_olympics_2018_men", seed=3)
    season.rules = replace(season.rules, tiebreakers=("points", "head_to_head_points", "goal_difference"))
    again = season.names(season.table("B"))
    season.rules = replace(season.rules, head_to_head_restart="never")
    once = season.table("B")
    assert again[1:] == ["Slovenia", "United States", "Slovakia"]
    assert {line.position for line in once if line.tied} == {2}
