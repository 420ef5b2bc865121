"""Rules as an event file has them: read, refused, written again."""

import pytest

from timely.domain.errors import ValidationError
from timely.domain.rulebooks import RULEBOOKS, rules_for
from timely.domain.rules.rules import MOST_KNOWN, Rules, read_rules, rules_of, unknown_keys
from timely.domain.rules.withdrawals import Withdrawal

WHOLE = {
    "points": {
        "win": 4,
        "draw": 2,
        "loss": 0,
        "overtime_win": 3,
        "overtime_loss": 1,
        "walkover_win": 5,
        "forfeit": -1,
        "by_sets": {"3-2": 2, "2-3": 1},
        "bonus": {"try_threshold": 4, "losing_margin": 7},
    },
    "scoring": "sets",
    "fair_play_points": {"yellow": -1, "red": -4},
    "tiebreakers": ["wins", "points", "head_to_head_points"],
    "tiebreakers_while_running": ["wins", "points"],
    "head_to_head_restart": "immediate",
    "walkover": [3, 0],
    "withdrawal": {"annul_below": 75, "then": "keep"},
    "overs": 20,
}


def test_everything_is_read_and_written_again():
    rules = read_rules(WHOLE)
    assert rules == Rules(
        win=4,
        draw=2,
        loss=0,
        overtime_win=3,
        overtime_loss=1,
        walkover_win=5,
        forfeit=-1,
        by_sets={"3-2": 2, "2-3": 1},
        try_threshold=4,
        losing_margin=7,
        scoring="sets",
        fair_play_points={"yellow": -1, "red": -4},
        tiebreakers=("wins", "points", "head_to_head_points"),
        tiebreakers_while_running=("wins", "points"),
        head_to_head_restart="immediate",
        walkover=(3, 0),
        withdrawal=Withdrawal("keep", annul_below=75),
        overs=20,
    )
    assert rules.as_dict() == WHOLE


def test_the_order_while_running_goes_with_the_criteria():
    handball = rules_for("handball")
    assert handball.order(complete=False) == ("points", "goal_difference", "goals_for")
    assert handball.order() == handball.tiebreakers
    own = read_rules({"tiebreakers": ["points", "wins"]}, base=handball)
    assert own.order(complete=False) == own.order() == ("points", "wins")
    assert read_rules({"tiebreakers_while_running": ["wins"]}).all_tiebreakers == {
        "points",
        "goal_difference",
        "goals_for",
        "wins",
    }


def test_a_walkover_of_its_own_points_takes_nothing_from_the_base():
    basketball = rules_for("basketball")
    assert basketball.forfeit == 0
    assert read_rules({"points": {"win": 2, "loss": 1}}, base=basketball).forfeit is None
    assert read_rules({"walkover": [2, 0]}, base=basketball).walkover == (2, 0)


@pytest.mark.parametrize("key", RULEBOOKS)
def test_every_rulebook_can_be_written_and_read(key):
    rules = RULEBOOKS[key].rules
    assert read_rules(rules.as_dict()) == rules


def test_what_is_left_out_is_as_in_the_base():
    volleyball = rules_for("volleyball")
    assert read_rules({}, base=volleyball) == volleyball
    assert read_rules({"points": None, "tiebreakers": None}, base=volleyball) == volleyball
    assert read_rules({}) == Rules()


def test_points_of_its_own_take_nothing_from_the_base():
    ice_hockey = rules_for("ice_hockey")
    rules = read_rules({"points": {"win": 2}}, base=ice_hockey)
    assert (rules.win, rules.draw, rules.loss) == (2, 1, 0)
    assert rules.overtime_win is None
    assert rules.overtime_loss is None
    assert rules.tiebreakers == ice_hockey.tiebreakers
    assert read_rules({"points": {"win": 2}}, base=rules_for("volleyball")).scoring == "goals"


def test_criteria_of_its_own_begin_without_a_restart():
    rules = read_rules({"tiebreakers": ["points", "head_to_head_points"]}, base=rules_for("ice_hockey"))
    assert rules.head_to_head_restart == "never"
    assert rules.overtime_win == 2


def test_points_by_sets_are_earned_in_a_game_of_sets():
    assert read_rules({"points": {"by_sets": {"2-0": 2}}}).scoring == "sets"
    assert read_rules({"points": {"by_sets": {"2-0": 2}}, "scoring": "goals"}).scoring == "goals"


@pytest.mark.parametrize(
    ("data", "path", "words"),
    [
        ([], "rules", "needs an object"),
        ({"points": 3}, "rules.points", "needs an object"),
        ({"points": {}}, "rules.points.win", "is missing"),
        ({"points": {"win": "3"}}, "rules.points.win", 'not "3"'),
        ({"points": {"win": True}}, "rules.points.win", "not true"),
        ({"points": {"win": 3.0}}, "rules.points.win", "not 3.0"),
        ({"points": {"win": 3, "draw": 10**30}}, "rules.points.draw", "outside"),
        ({"points": {"win": 3, "overtime_loss": [1]}}, "rules.points.overtime_loss", "not a list"),
        ({"points": {"by_sets": {}}}, "rules.points.by_sets", "is empty"),
        ({"points": {"by_sets": {"3:0": 3}}}, "rules.points.by_sets", "not a score in sets"),
        ({"points": {"by_sets": {"2-2": 1}}}, "rules.points.by_sets", "no winner"),
        ({"points": {"by_sets": {"03-0": 1}}}, "rules.points.by_sets", 'write "3-0"'),
        ({"points": {"by_sets": {"3-0": None}}}, "rules.points.by_sets.3-0", "not null"),
        ({"points": {"win": 4, "bonus": 1}}, "rules.points.bonus", "needs an object"),
        (
            {"points": {"win": 4, "bonus": {"try_threshold": 0}}},
            "rules.points.bonus.try_threshold",
            "outside",
        ),
        ({"walkover": [0, 3]}, "rules.walkover", "no winner"),
        ({"walkover": [3]}, "rules.walkover", "both sides"),
        ({"walkover": [100, 0]}, "rules.walkover", "outside"),
        ({"withdrawal": "burn"}, "rules.withdrawal", "annul, keep, award"),
        ({"overs": 0}, "rules.overs", "outside"),
        ({"points": {"win": 2, "forfeit": "none"}}, "rules.points.forfeit", 'not "none"'),
        ({"tiebreakers_while_running": []}, "rules.tiebreakers_while_running", "is empty"),
        ({"tiebreakers_while_running": ["group_position"]}, "rules.tiebreakers_while_running[0]", "different groups"),
        ({"scoring": "runs"}, "rules.scoring", "goals, sets"),
        ({"tiebreakers": "points"}, "rules.tiebreakers", "needs a list"),
        ({"tiebreakers": ["points", "head_to_head"]}, "rules.tiebreakers[1]", "not a criterion"),
        ({"head_to_head_restart": "always"}, "rules.head_to_head_restart", "never, after_block, immediate"),
        ({"head_to_head_restart": True}, "rules.head_to_head_restart", "not true"),
        ({"fair_play_points": ["yellow"]}, "rules.fair_play_points", "needs an object"),
        ({"fair_play_points": {"yellow": "-1"}}, "rules.fair_play_points.yellow", "whole number"),
    ],
)
def test_faults(data, path, words):
    with pytest.raises(ValidationError, match=words) as caught:
        read_rules(data)
    assert caught.value.path == path
    assert str(caught.value) == f"{path}: {caught.value.message}"


def test_a_fault_shows_little_of_a_huge_value():
    with pytest.raises(ValidationError) as caught:
        read_rules({"scoring": "x" * 50_000_000})
    assert len(caught.value.message) < 200


def test_unknown_keys_are_named_by_their_path():
    data = {
        "regulation": "as in 1904",
        "points": {"win": 3, "goal": 1, "bonus": {"losing_margin": 7, "drop_goals": 2}},
        "tiebreakers": ["points"],
    }
    assert list(unknown_keys(data)) == ["rules.regulation", "rules.points.goal", "rules.points.bonus.drop_goals"]
    assert unknown_keys(data)["rules.points.bonus.drop_goals"] == ("try_threshold", "losing_margin")
    assert list(unknown_keys({"withdrawal": {"annul_below": 50, "than": "keep"}})) == ["rules.withdrawal.than"]
    assert read_rules(data).losing_margin == 7
    assert unknown_keys(WHOLE) == {}
    assert unknown_keys("nonsense") == {}


def test_the_rules_of_saved_events_are_read_once():
    data = {"points": {"win": 2}}
    first = rules_of(data)
    assert first == read_rules(data)
    assert rules_of({**data}) is first
    data["points"]["win"] = True  # equal to 1, and no number of points
    for _ in range(2):
        with pytest.raises(ValidationError):
            rules_of(data)
    for unknown in range(MOST_KNOWN):
        rules_of({"unknown": unknown})
    assert rules_of({"points": {"win": 2}}) is not first  # forgotten, for only so many are kept
