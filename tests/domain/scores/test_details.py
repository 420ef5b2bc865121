"""Details of a score: how much may be told of a game, and how far each number goes."""

import pytest

from timely.domain.errors import ValidationError
from timely.domain.rulebooks import rules_for
from timely.domain.rules.rules import Rules
from timely.domain.rules.set_rules import SetRules
from timely.domain.scores.details import check_extra, known_extra
from timely.domain.scores.periods import check_periods, read_periods, usual_periods
from timely.domain.sports import SPORTS


def refused(extra, words, path, **given):
    with pytest.raises(ValidationError, match=words) as caught:
        check_extra(extra, 20, 10, "extra", **given)
    assert caught.value.path == path


@pytest.mark.parametrize(
    "extra",
    [
        None,
        {},
        {"tries": {"home": 20, "away": None}},
        {"score_90": [20, 10]},
        {"score_90": [0, 0]},
        {"bonus": {"home": {"try": 9, "losing": 0}, "away": None}},
        {"cards": {"home": {"yellow": 99}}},
        {"cards": None, "overtime": False, "cancelled": None},
        {"bonus": {"home": {"fair play": "much"}}},  # of another sport: nobody counts it
    ],
)
def test_possible(extra):
    check_extra(extra, 20, 10, "extra")


@pytest.mark.parametrize(
    ("extra", "words", "path"),
    [
        ({"tries": {"home": 21}}, "21 tries are more than the 20 points", "extra.tries.home"),
        ({"tries": {"away": 11}}, "11 tries are more than the 10 points", "extra.tries.away"),
        ({"tries": {"away": -1}}, "outside", "extra.tries.away"),
        ({"score_90": [21, 10]}, "21 after 90 minutes is more than 20 in the end", r"extra.score_90[0]"),
        ({"score_90": [20, 11]}, "11 after 90 minutes is more than 10 in the end", r"extra.score_90[1]"),
        ({"score_90": [1, 1, 1]}, "both sides", "extra.score_90"),
        ({"bonus": {"home": {"try": 10}}}, "from 0 to 9", "extra.bonus.home.try"),
        ({"cards": {"away": {"red": 100}}}, "from 0 to 99", "extra.cards.away.red"),
        ({"cards": {"away": {7: 1}}}, "7 is not a name", "extra.cards.away"),
        ({"silver_goal": "yes"}, "true or false", "extra.silver_goal"),
    ],
)
def test_impossible(extra, words, path):
    refused(extra, words, path)


def test_details_of_one_game_have_4096_characters_at_most():
    check_extra({"note": "x" * 4080}, 1, 0, "extra")
    refused({"note": "x" * 4100}, "at most 4,096 characters", "extra")
    refused({"note": "x" * 90}, "at most 90 characters", "extra", most=90)


def test_unknown_keys_are_left_out_and_the_first_eight_are_named_in_short():
    many = {f"word {number}": 1 for number in range(9)} | {"tries": {"home": 1, "middle": 2}}
    kept, unknown = known_extra(many, SPORTS["rugby_union"], Rules())
    assert kept == {"tries": {"home": 1}}
    assert unknown == [f"word {number}" for number in range(8)]
    assert known_extra({"x" * 41: 1}, SPORTS["football"], Rules())[1] == ["x" * 40]
    assert known_extra([1], SPORTS["football"], Rules()) == ({}, [])


def test_a_card_is_known_to_the_sport_or_weighed_by_the_rules():
    cards = {"cards": {"home": {"yellow": 1, "blue": 1}, "away": "none"}}
    assert known_extra(cards, SPORTS["football"], rules_for("football"))[1] == ["cards.home.blue"]
    assert known_extra(cards, SPORTS["football"], Rules(fair_play_points={"blue": -2})) == (cards, [])


def test_a_game_has_24_periods_at_most_of_9999_points():
    assert len(read_periods([[1, 0]] * 24, (24, 0), "periods")) == 24
    assert read_periods([], (3, 2), "periods") == []
    assert read_periods([[9999, 0]], (9999, 0), "periods") == [(9999, 0)]
    for periods, words, path in (
        ([[1, 0]] * 25, "has 25 periods; no game has more than 24", "periods"),
        ([[1, 0], [1]], "what both sides scored", "periods[1]"),
        ([[10000, 0]], "from 0 to 9999", "periods[0]"),
        ([[1, 0], [0, 1]], "these make 1-1, but the score is 24-0", "periods"),
    ):
        with pytest.raises(ValidationError, match=words) as caught:
            read_periods(periods, (24, 0), "periods")
        assert caught.value.path == path


def test_the_event_s_own_number_of_periods_comes_first():
    assert usual_periods(SPORTS["basketball"], Rules()) == 4
    assert usual_periods(SPORTS["basketball"], Rules(sets=SetRules(periods=2))) == 2
    assert usual_periods(SPORTS["basketball"], Rules(sets=SetRules(best_of=3))) == 4
    assert usual_periods(SPORTS["football"], Rules()) is None


@pytest.mark.parametrize(
    ("sport", "periods", "flags", "words", "path"),
    [
        ("basketball", "20-18 20-20 15-15 10-12", {}, "", ""),
        ("basketball", "20-18 20-20 15-15 10-12 5-5 7-3", {}, "", ""),
        ("basketball", "20-18 20-20 15-15 10-11 5-5", {}, "it stood 65-64 after 4 quarters", "[4]"),
        ("basketball", "20-18 20-20 15-15 10-12 5-4 7-3", {}, "it stood 70-69 before the last overtime", "[5]"),
        ("handball", "14-13 12-13 3-3 4-2", {}, "", ""),
        ("handball", "14-13 13-13 3-3", {}, "it stood 27-26 after 2 halves", "[2]"),
        ("ice_hockey", "1-0 0-1 1-1 1-0", {"overtime": True}, "", ""),
        ("ice_hockey", "1-0 0-1 1-1 0-0 0-1", {"shootout": True}, "", ""),
        ("ice_hockey", "1-0 0-1 1-1 1-0", {}, "a game of more than 3 periods ended in overtime or a shoot-out", "[3]"),
        ("football", "1-0 1-0 1-0", {}, "", ""),  # it has no periods of its own
    ],
)
def test_more_periods_are_played_only_after_a_level_score(sport, periods, flags, words, path):
    told = [(int(home), int(away)) for home, away in (one.split("-") for one in periods.split())]
    if not words:
        check_periods(told, SPORTS[sport], Rules(), flags, "periods")
        return
    with pytest.raises(ValidationError, match=words) as caught:
        check_periods(told, SPORTS[sport], Rules(), flags, "periods")
    assert caught.value.path == f"periods{path}"
