"""Games of sets: what a walkover's sets are, what counts while a set is played, how many sets a game can have."""

import pytest

from timely.domain.errors import ValidationError
from timely.domain.rulebooks import rules_for
from timely.domain.rules.rules import Rules
from timely.domain.rules.set_rules import SetRules
from timely.domain.scores.sets import (
    are_all_played,
    check_number_of_sets,
    check_sets,
    check_tie_breaks,
    given_sets,
    read_sets,
    read_tie_breaks,
    score_of_sets,
    set_rules,
)
from timely.domain.sports import SPORTS

VOLLEYBALL, TENNIS, FOOTBALL = (SPORTS[key] for key in ("volleyball", "tennis", "football"))
ALL_THREE = Rules(by_sets={"3-0": 3, "2-1": 2, "1-2": 1, "0-3": 0}, scoring="sets")


@pytest.mark.parametrize(
    ("score", "own", "expected"),
    [
        ((3, 0), None, [(25, 0)] * 3),
        ((0, 3), None, [(0, 25)] * 3),
        ((2, 0), SetRules(to=21, best_of=3), [(21, 0)] * 2),
        ((0, 1), SetRules(to=21, last_to=11, best_of=1), [(0, 11)]),  # the only set is the deciding one
        ((1, 0), SetRules(to=21, best_of=1), [(21, 0)]),
    ],
)
def test_every_set_of_a_walkover_is_won_to_nothing(score, own, expected):
    rules = Rules(scoring="sets", sets=own)
    assert given_sets(score, VOLLEYBALL, rules) == expected


def test_a_walkover_has_no_sets_where_nobody_counts_them():
    assert given_sets((3, 0), VOLLEYBALL, Rules()) == []
    assert given_sets((3, 0), FOOTBALL, Rules(scoring="sets")) == []


@pytest.mark.parametrize(
    ("sets", "running", "expected"),
    [
        ([], False, (0, 0)),
        ([[25, 20], [20, 25]], False, (1, 1)),
        ([[25, 20], [20, 25], [12, 9]], True, (1, 1)),  # the third is under way
        ([[25, 20], [20, 25], [25, 9]], True, (2, 1)),  # it has just been won
        ([[12, 9], [25, 20]], True, (2, 0)),  # only the last can be under way
        ([[25, 20], [25, 25]], False, (1, 0)),
        ([[0, 0]], True, (0, 0)),
        ([[25, 0], [25, 0], [0, 25], [0, 25], [15, 3]], True, (3, 2)),  # the fifth goes to 15
        ([[15, 3]], True, (0, 0)),
    ],
)
def test_a_set_under_way_is_nobody_s_yet(sets, running, expected):
    assert score_of_sets(sets, set_rules(VOLLEYBALL, rules_for("volleyball")), running=running) == expected


def test_unless_it_is_said_to_be_running_every_set_counts():
    assert score_of_sets([[25, 20], [12, 9]], set_rules(VOLLEYBALL, rules_for("volleyball"))) == (2, 0)


def test_sets_can_be_at_most_fifteen():
    assert len(read_sets([[25, 0]] * 15, (15, 0), "sets", running=False)) == 15
    with pytest.raises(ValidationError, match="has 16 sets"):
        read_sets([[25, 0]] * 16, (16, 0), "sets", running=False)


def test_points_of_a_set_end_at_199():
    assert read_sets([[199, 197]], (1, 0), "sets", running=False) == [(199, 197)]
    with pytest.raises(ValidationError, match="from 0 to 199"):
        read_sets([[200, 198]], (1, 0), "sets", running=False)


def test_only_the_last_set_may_be_level_and_only_during_the_game():
    assert read_sets([[25, 20], [7, 7]], (1, 0), "sets", running=True) == [(25, 20), (7, 7)]
    for sets, running in (([[25, 20], [7, 7]], False), ([[7, 7], [25, 20]], True)):
        with pytest.raises(ValidationError, match="7-7 has no winner"):
            read_sets(sets, (1, 0), "sets", running=running)


@pytest.mark.parametrize(
    ("score", "running", "words"),
    [
        ((3, 0), False, ""),
        ((2, 1), False, ""),
        ((3, 0), True, ""),
        ((2, 0), True, ""),
        ((2, 2), True, "2-2 cannot be: 3 sets are played here"),
    ],
)
def test_where_all_sets_are_played_no_more_can_be_reached(score, running, words):
    assert are_all_played(ALL_THREE)
    check = (*score, VOLLEYBALL, ALL_THREE, "")
    if not words:
        check_number_of_sets(*check, running=running)
        return
    with pytest.raises(ValidationError, match=words) as caught:
        check_number_of_sets(*check, running=running)
    assert caught.value.path == "home_score"


def test_whether_all_are_played_is_seen_by_the_scores_that_are_listed():
    assert not are_all_played(Rules())
    assert not are_all_played(Rules(by_sets={"3-0": 3, "3-1": 3, "3-2": 2}))
    assert not are_all_played(Rules(by_sets={"2-0": 3, "0-2": 0}))  # one way to end
    assert are_all_played(Rules(by_sets={"4-0": 2, "3-1": 2, "2-2": 1}))


@pytest.mark.parametrize(
    ("score", "best_of", "running", "words"),
    [
        ((2, 1), 3, False, ""),
        ((1, 0), 1, False, ""),
        ((3, 1), 3, False, "the winner has 2 sets"),
        ((1, 0), 3, False, "the winner has 2 sets"),
        ((2, 2), 3, False, "the winner has 2 sets"),
        ((1, 0), 3, True, ""),
        ((2, 1), 3, True, ""),
        ((3, 0), 3, True, "best of 3: 2 sets win it"),
        ((2, 2), 3, True, "best of 3: 2 sets win it"),
        ((3, 0), None, False, ""),  # tennis is the best of one, three or five
        ((2, 0), None, False, ""),
        ((4, 0), None, False, "the winner has 1 or 2 or 3 sets"),
        ((3, 2), None, True, ""),
        ((3, 3), None, True, "best of 5"),
    ],
)
def test_how_a_game_of_so_many_sets_can_stand_and_end(score, best_of, running, words):
    rules = Rules(scoring="sets", sets=SetRules(best_of=best_of))
    if not words:
        check_number_of_sets(*score, TENNIS, rules, "", running=running)
        return
    with pytest.raises(ValidationError, match=words):
        check_number_of_sets(*score, TENNIS, rules, "", running=running)


def test_unless_it_is_said_to_be_running_a_score_has_to_be_final():
    with pytest.raises(ValidationError, match="the winner has 2 sets"):
        check_number_of_sets(1, 0, TENNIS, Rules(scoring="sets", sets=SetRules(best_of=3)), "")


def test_a_sport_without_usual_numbers_takes_any():
    check_number_of_sets(17, 3, FOOTBALL, Rules(), "")


@pytest.mark.parametrize("sets", [[(6, 4), (4, 6), (10, 8)], [(6, 4), (4, 6), (6, 4)], [(6, 4), (4, 6), (7, 6)]])
def test_the_deciding_set_may_be_a_tie_break_of_its_own(sets):
    check_sets(sets, (2, 1), TENNIS, Rules(scoring="sets"), "sets", running=False)


def test_no_other_set_may():
    with pytest.raises(
        ValidationError, match="10-8 cannot be here: this set goes to 6, two clear, 7 at most"
    ) as caught:
        check_sets([(10, 8), (6, 4)], (2, 0), TENNIS, Rules(scoring="sets"), "sets", running=False)
    assert caught.value.path == "sets[0]"


def test_nothing_is_played_after_the_set_that_won():
    sets = [(25, 20), (25, 20), (25, 20), (20, 25)]
    with pytest.raises(ValidationError, match="the game was over before this set, at 3-0") as caught:
        check_sets(sets, (3, 1), VOLLEYBALL, rules_for("volleyball"), "sets", running=False)
    assert caught.value.path == "sets[3]"
    check_sets([(25, 20), (25, 20), (20, 25)], (2, 1), VOLLEYBALL, ALL_THREE, "sets", running=False)


def test_during_a_game_nothing_is_played_after_the_set_that_won_either():
    best_of_three = Rules(scoring="sets", sets=SetRules(to=25, best_of=3))
    sets = [(25, 20), (25, 20), (1, 0)]
    with pytest.raises(ValidationError, match="the game was over before this set, at 2-0"):
        check_sets(sets, (2, 0), VOLLEYBALL, best_of_three, "sets", running=True)
    check_sets(sets, (2, 0), VOLLEYBALL, Rules(scoring="sets"), "sets", running=True)  # it may be the best of five


@pytest.mark.parametrize(
    ("sets", "tie_breaks", "words"),
    [
        ([(7, 6)], [[7, 4]], ""),
        ([(6, 7)], [[9, 11]], ""),
        ([(7, 6), (6, 2)], [None, None], ""),
        ([(7, 6), (6, 2)], [[7, 0]], ""),
        ([(6, 4)], [[7, 4]], "no tie-break in a set of 6-4"),
        ([(7, 5)], [[7, 4]], "no tie-break in a set of 7-5"),
        ([(7, 6)], [[7, 6]], "7-6 is not a tie-break to 7, two clear that makes 7-6"),
        ([(7, 6)], [[4, 7]], "4-7 is not a tie-break"),
        ([(7, 6)], [[8, 4]], "8-4 is not a tie-break"),
        ([(7, 6)], [[7, 4], None], "has 2 entries for 1 sets"),
        ([(7, 6)], [[7]], "needs the points of both sides"),
        ([(7, 6)], [[7, -1]], "outside"),
    ],
)
def test_a_tie_break_makes_its_set(sets, tie_breaks, words):
    if not words:
        check_tie_breaks(tie_breaks, sets, TENNIS, Rules(), "tie_breaks")
        return
    with pytest.raises(ValidationError, match=words):
        check_tie_breaks(tie_breaks, sets, TENNIS, Rules(), "tie_breaks")


def test_tie_breaks_are_read_one_for_each_set():
    assert read_tie_breaks([None, [7, 4]], [(6, 4), (7, 6)], "") == [None, (7, 4)]
    assert read_tie_breaks([], [(6, 4)], "") == []
