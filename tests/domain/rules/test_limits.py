"""The largest and smallest numbers that rules may have: each is accepted, and one more or less is refused."""

import pytest

from timely.domain.errors import ValidationError
from timely.domain.rules.rules import read_rules, require_small


def rules(key, number):
    """The rules with this number at the key, such as `sets.to`; beside it what it needs."""
    needed = {"sets.cap": {"to": 1}, "sets.last_to": {"to": 1}, "sets.last_cap": {"to": 1}}
    needed |= {"sets.match_tie_break": {"to": 6}, "sets.tie_break": {"to": 6, "cap": 7}}
    above, _, name = key.rpartition(".")
    if above == "points.bonus":
        return {"points": {"win": 3, "bonus": {name: number}}}
    if above == "points.by_sets":
        return {"points": {"by_sets": {name: number}}}
    if above == "points":
        return {"points": {"win": 3} | {name: number}}
    return {above: needed.get(key, {}) | {name: number}} if above else {name: number}


@pytest.mark.parametrize(
    ("key", "lowest", "highest"),
    [
        ("points.win", -100, 100),
        ("points.loss", -100, 100),
        ("points.forfeit", -100, 100),
        ("points.by_sets.3-2", -100, 100),
        ("points.bonus.try_threshold", 1, 99),
        ("points.bonus.losing_margin", 1, 99),
        ("fair_play_points.yellow", -100, 100),
        ("overs", 1, 100),
        ("sets.to", 1, 199),
        ("sets.clear", 1, 9),
        ("sets.cap", 1, 199),
        ("sets.last_to", 1, 199),
        ("sets.last_cap", 1, 199),
        ("sets.best_of", 1, 99),
        ("sets.tie_break", 1, 199),
        ("sets.match_tie_break", 1, 199),
        ("sets.periods", 1, 12),
    ],
)
def test_both_bounds_are_allowed_and_nothing_beyond(key, lowest, highest):
    for number in (lowest, highest):
        read_rules(rules(key, number))
    for number in (lowest - 1, highest + 1):
        with pytest.raises(ValidationError, match=f"from {lowest} to {highest}") as caught:
            read_rules(rules(key, number))
        assert caught.value.path == f"rules.{key}"


def test_a_walkover_has_at_most_99_goals_and_a_winner():
    assert read_rules({"walkover": [99, 0]}).walkover == (99, 0)
    assert read_rules({"walkover": [1, 0]}).walkover == (1, 0)
    for score, words in (([100, 0], "outside"), ([1, 1], "no winner"), ([1, -1], "outside"), ([1, 0, 0], "both sides")):
        with pytest.raises(ValidationError, match=words):
            read_rules({"walkover": score})


def test_a_set_cannot_end_at_fewer_points_than_win_it():
    assert read_rules({"sets": {"to": 21, "cap": 21}}).sets.cap == 21
    assert read_rules({"sets": {"to": 21, "last_cap": 21}}).sets.last_cap == 21
    assert read_rules({"sets": {"to": 21, "last_to": 15, "last_cap": 15}}).sets.last_cap == 15
    with pytest.raises(ValidationError, match="20 is below the 21"):
        read_rules({"sets": {"to": 21, "last_cap": 20}})


def test_new_rules_have_twenty_cards_at_most_each_with_a_short_name():
    require_small({"fair_play_points": {f"card {number}": -1 for number in range(20)}})
    with pytest.raises(ValidationError, match="has 21 entries, at most 20") as caught:
        require_small({"fair_play_points": {f"card {number}": -1 for number in range(21)}})
    assert caught.value.path == "rules.fair_play_points"
    require_small({"fair_play_points": {"y" * 40: -1, "r": -4}})
    for name in ("y" * 41, "", "  ", 7):
        with pytest.raises(ValidationError, match="it has 1 to 40 characters"):
            require_small({"fair_play_points": {name: -1}})


def test_new_rules_have_six_thousand_characters_at_most():
    require_small({"note": "x" * 5980})
    with pytest.raises(ValidationError, match="at most 6,000 characters") as caught:
        require_small({"note": "x" * 6000})
    assert caught.value.path == "rules"


@pytest.mark.parametrize("data", [None, [], {}, {"fair_play_points": None}, {"fair_play_points": [1]}])
def test_other_nonsense_is_left_to_whoever_reads_them(data):
    require_small(data)
