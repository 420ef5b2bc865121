"""Scores that can have happened, and those that cannot."""

import pytest

from timely.domain.errors import ValidationError
from timely.domain.rulebooks import RULEBOOKS, rules_for
from timely.domain.rules.rules import Rules
from timely.domain.scores.score import check_score, known_extra, winner
from timely.domain.sports import SPORTS


def check(sport, home_score, away_score, extra=None, rules=None, **given):
    check_score(home_score, away_score, extra, rules or rules_for(sport), SPORTS[sport], **given)


@pytest.mark.parametrize(
    ("sport", "home", "away", "extra"),
    [
        ("football", 0, 0, None),
        ("football", 31, 0, {}),
        ("football", 2, 1, {"extra_time": True, "score_90": [1, 1], "silver_goal": True}),
        ("football", 1, 1, {"cards": {"home": {"yellow": 2}, "away": {}}}),
        ("handball", 30, 26, None),
        ("basketball", 112, 110, {"overtime": True}),
        ("rugby_union", 30, 27, {"tries": {"home": 4, "away": 4}}),
        ("rugby_union", 0, 0, {"cancelled": True, "bonus": {"home": {"try": 1, "losing": 0}}}),
        ("rugby_union", 7, 3, {"tries": {"home": 7, "away": 3}}),  # where the youngest play, a try is a point
        ("ice_hockey", 3, 2, {"overtime": True, "shootout": True}),
        ("ice_hockey", 2, 2, None),  # a short game without overtime
        ("volleyball", 3, 1, {"sets": [[25, 19], [19, 25], [25, 22], [45, 43]]}),
        ("volleyball", 0, 3, None),
        ("volleyball", 0, 0, {"cancelled": True}),
        ("badminton", 2, 1, {"sets": []}),
        ("table_tennis", 4, 3, None),
        ("generic", 999, 0, None),
    ],
)
def test_possible(sport, home, away, extra):
    check(sport, home, away, extra)


@pytest.mark.parametrize(
    ("sport", "home", "away", "extra", "path", "words"),
    [
        ("football", -1, 0, None, "home_score", "outside"),
        ("football", 0, 1000, None, "away_score", "outside"),
        ("football", "2", 0, None, "home_score", 'not "2"'),
        ("football", 2, None, None, "away_score", "not null"),
        ("football", 2, 1.0, None, "away_score", "not 1.0"),
        ("football", True, 0, None, "home_score", "not true"),
        ("football", 1, 0, [], "extra", "needs an object"),
        ("football", 1, 0, {"overtime": 1}, "extra.overtime", "true or false"),
        ("football", 1, 0, {"cancelled": "no"}, "extra.cancelled", "true or false"),
        ("football", 1, 1, {"shootout": True}, "extra.shootout", "deciding goal"),
        ("ice_hockey", 2, 2, {"overtime": True}, "extra.overtime", "deciding goal"),
        ("football", 1, 0, {"score_90": [1]}, "extra.score_90", "both sides"),
        ("football", 1, 0, {"score_90": [1, 1]}, "extra.score_90[1]", "more than 0"),
        ("football", 1, 0, {"cards": {"home": ["yellow"]}}, "extra.cards.home", "needs an object"),
        ("football", 1, 0, {"cards": {"away": {"red": -1}}}, "extra.cards.away.red", "outside"),
        ("rugby_union", 5, 0, {"tries": 1}, "extra.tries", "needs an object"),
        ("rugby_union", 5, 0, {"tries": {"home": "1"}}, "extra.tries.home", "whole number"),
        (
            "rugby_union",
            5,
            0,
            {"tries": {"home": 1, "away": 1}},
            "extra.tries.away",
            "more than the 0 points",
        ),
        ("rugby_union", 5, 0, {"bonus": {"home": {"try": True}}}, "extra.bonus.home.try", "not true"),
        ("rugby_union", 5, 0, {"bonus": {"home": 1}}, "extra.bonus.home", "needs an object"),
        ("basketball", 80, 80, None, "away_score", "this sport has none"),
        ("volleyball", 2, 2, None, "home_score", "no winner"),
        ("volleyball", 2, 0, None, "home_score", "the rules have 3-0, 3-1, 3-2"),
        ("volleyball", 4, 1, None, "home_score", "not a score in sets"),
        ("table_tennis", 6, 2, None, "home_score", "more than 5 sets"),
        ("table_tennis", 3, 3, None, "home_score", "no winner"),
        ("volleyball", 3, 0, {"sets": "25-0"}, "extra.sets", "needs a list"),
        ("volleyball", 3, 0, {"sets": [[25, 0], [25, 0], 25]}, "extra.sets[2]", "needs a list"),
        ("volleyball", 3, 0, {"sets": [[25, 0], [25, 0, 1], [25, 0]]}, "extra.sets[1]", "both sides"),
        ("volleyball", 3, 0, {"sets": [[25, 0], [25, 25], [25, 0]]}, "extra.sets[1]", "no winner"),
        ("volleyball", 3, 0, {"sets": [[25, -1], [25, 0], [25, 0]]}, "extra.sets[0]", "outside"),
        ("volleyball", 3, 0, {"sets": [[25, 0], [25, 0], [2500, 0]]}, "extra.sets[2]", "outside"),
        ("volleyball", 3, 1, {"sets": [[25, 0], [25, 0], [25, 0]]}, "extra.sets", "make 3-0"),
        ("volleyball", 3, 0, {"sets": [[0, 25], [0, 25], [0, 25]]}, "extra.sets", "make 0-3"),
        ("volleyball", 3, 0, {"sets": [[25, 0]] * 16}, "extra.sets", "no game has more"),
        ("football", 1, 0, {"sets": [[25, 0], [25, 0]]}, "extra.sets", "make 2-0"),
    ],
)
def test_impossible(sport, home, away, extra, path, words):
    with pytest.raises(ValidationError, match=words) as caught:
        check(sport, home, away, extra)
    assert caught.value.path == path
    with pytest.raises(ValidationError) as inside:
        check(sport, home, away, extra, path="matches[7]")
    assert inside.value.path == f"matches[7].{path}"


@pytest.mark.parametrize(
    ("home", "away", "home_pens", "away_pens", "path", "words"),
    [
        (1, 1, None, None, "away_score", "no winner"),
        (1, 1, 4, None, "away_pens", "not null"),
        (1, 1, None, 4, "home_pens", "not null"),
        (1, 1, 4, 4, "away_pens", "no winner"),
        (2, 1, 4, 3, "home_pens", "level score"),
        (1, 1, -1, 3, "home_pens", "outside"),
    ],
)
def test_a_knockout_game_needs_a_winner(home, away, home_pens, away_pens, path, words):
    with pytest.raises(ValidationError, match=words) as caught:
        check("football", home, away, knockout=True, home_pens=home_pens, away_pens=away_pens)
    assert caught.value.path == path


def test_penalties_decide_a_knockout_game_of_any_sport():
    check("football", 1, 1, knockout=True, home_pens=4, away_pens=3)
    check("football", 1, 1, {"extra_time": True, "shootout": True}, knockout=True, home_pens=4, away_pens=3)
    check("football", 2, 1, knockout=True)
    bonus = Rules(overtime_win=2, overtime_loss=1)
    check("field_hockey", 0, 0, home_pens=3, away_pens=2, rules=bonus)
    check("basketball", 70, 70, home_pens=3, away_pens=2, rules=bonus)
    with pytest.raises(ValidationError, match="penalties decide nothing in a table whose rules pay nothing") as caught:
        check("field_hockey", 0, 0, home_pens=3, away_pens=2)
    assert caught.value.path == "home_pens"


def test_a_running_score_may_be_level_and_a_set_under_way():
    check("basketball", 20, 20, running=True)
    check("football", 1, 1, knockout=True, running=True)
    check("volleyball", 1, 1, {"sets": [[25, 20], [20, 25], [7, 7]]}, running=True)
    check("volleyball", 0, 0, {"sets": [[12, 9]]}, running=True)
    check("volleyball", 1, 0, {"sets": [[25, 20]]}, running=True)  # between two sets
    check("volleyball", 2, 0, running=True)
    with pytest.raises(ValidationError, match="more than 3 sets"):
        check("volleyball", 4, 0, running=True)
    with pytest.raises(ValidationError, match="make 1-0"):
        check("volleyball", 0, 1, {"sets": [[25, 20], [3, 4]]}, running=True)
    with pytest.raises(ValidationError, match="outside"):
        check("football", -1, 0, running=True)


def test_the_loser_s_side_of_a_listed_score_need_not_be_listed():
    rules = Rules(by_sets={"2-0": 2, "2-1": 2}, scoring="sets")
    check("volleyball", 1, 2, rules=rules)
    with pytest.raises(ValidationError, match="the rules have 2-0, 2-1"):
        check("volleyball", 3, 0, rules=rules)


def test_a_team_match_of_several_games_may_be_drawn():
    check("badminton", 4, 4, rules=RULEBOOKS["club-simple"].rules)


def test_unknown_keys_of_extra_are_listed_not_refused():
    extra = {
        "attendance": 80_000,
        "tries": {"home": 1, "visitors": 2},
        "bonus": {"home": {"try": 1, "charm": 1}},
        "cards": {"home": {"red": 1, "pink": 1}, "bench": {}},
        "overtime": False,
    }
    check("rugby_union", 10, 3, extra)
    known, unknown = known_of(extra)
    assert set(unknown) == {"attendance", "tries.visitors", "cards.bench", "cards.home.pink", "bonus.home.charm"}
    assert known == {
        "tries": {"home": 1},
        "bonus": {"home": {"try": 1}},
        "cards": {"home": {"red": 1}},
        "overtime": False,
    }
    assert known_of(None) == known_of([1]) == ({}, [])


def known_of(extra, sport="rugby_union", **rules):
    return known_extra(extra, SPORTS[sport], Rules(**rules))


def test_cards_are_those_of_the_sport_and_of_the_rules():
    cards = {"cards": {"home": {"yellow": 1, "green": 2, "gold": 1}}}
    assert known_of(cards, "football")[1] == ["cards.home.green", "cards.home.gold"]
    assert known_of(cards, "field_hockey")[1] == ["cards.home.gold"]
    assert known_of(cards, "football", fair_play_points={"gold": 1, "green": -1}) == (cards, [])


def test_keys_that_are_not_known_are_named_in_few_words():
    _, unknown = known_of({"x" * 9000 + str(n): n for n in range(500)})
    assert len(unknown) == 8
    assert max(map(len, unknown)) == 40


def test_what_is_told_of_a_game_is_bounded():
    check("football", 1, 0, {"cards": {"home": {f"card{n:04}": 1 for n in range(250)}}})
    with pytest.raises(ValidationError, match="at most 4,096 characters"):
        check("football", 1, 0, {"cards": {"home": {f"card{n:04}": 1 for n in range(400)}}})
    for much in ("1" * 5000, [0] * 5000, 16**5000, {"a": {"b": ["c" * 5000]}}, [[[[0] * 999] * 3]]):
        with pytest.raises(ValidationError, match="at most 4,096 characters"):
            check("football", 1, 0, {"sets": much})


@pytest.mark.parametrize(
    ("extra", "path"),
    [
        ({"innings": "all of it"}, "extra.innings"),
        ({"innings": {"home": {"runs": "many", "overs": "20"}}}, "extra.innings.home.runs"),
        ({"innings": {"quota": [20]}}, "extra.innings.quota"),
        ({"innings": {"away": {"runs": 1, "overs": "20", "quota": {}}}}, "extra.innings.away.quota"),
        ({"tie_breaks": [[7, 5]]}, "extra.tie_breaks"),
        ({"tie_breaks": "none"}, "extra.tie_breaks"),
    ],
)
def test_what_stands_beside_a_given_score_has_its_types_too(extra, path):
    with pytest.raises(ValidationError) as caught:
        check("cricket", 1, 0, extra | {"cancelled": True})
    assert caught.value.path == path


def test_a_game_that_was_given_need_not_agree_with_its_innings():
    check("cricket", 1, 0, {"cancelled": True, "innings": {"home": {"runs": 71, "wickets": 2, "overs": "8"}}})


@pytest.mark.parametrize(("sport", "most"), [("cricket", 9999), ("generic", 9999), ("football", 999)])
def test_a_score_has_as_many_figures_as_the_sport_knows(sport, most):
    check(sport, most, most - 1)
    with pytest.raises(ValidationError, match=f"from 0 to {most}"):
        check(sport, most + 1, 0)


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ((2, 1), "home"),
        ((1, 2), "away"),
        ((1, 1), None),
        ((1, 1, 4, 3), "home"),
        ((1, 1, 2, 3), "away"),
        ((None, None), None),
        ((2, 1, 0, 5), "home"),
    ],
)
def test_winner(score, expected):
    assert winner(*score) == expected
