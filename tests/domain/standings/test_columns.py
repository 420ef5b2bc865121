"""Which figures a table shows, and which of them stay on a phone."""

import pytest

from timely.domain.rulebooks import RULEBOOKS, rules_for
from timely.domain.rules.rules import Rules
from timely.domain.rules.set_rules import SetRules
from timely.domain.sports import SPORTS
from timely.domain.standings.columns import columns, own_figures


def keys(sport, rules=None, **given):
    return " ".join(column.key for column in columns(SPORTS[sport], rules or rules_for(sport), **given))


@pytest.mark.parametrize(
    ("sport", "expected"),
    [
        ("football", "p w d l gf ga gd form pts"),
        ("handball", "p w d l gf ga gd form pts"),
        ("basketball", "p w l gf ga gd form pts"),
        ("rugby_union", "p w d l gf ga gd tf bp form pts"),
        ("ice_hockey", "p w otw otl l gf ga gd form pts"),
        ("volleyball", "p w l sw sl set_ratio pw pl point_ratio form pts"),
        ("badminton", "p w l sw sl set_ratio pw pl point_ratio form pts"),
        ("generic", "p w d l gf ga gd form pts"),
    ],
)
def test_columns_of_a_sport(sport, expected):
    assert keys(sport) == expected


def test_the_rules_matter_as_much_as_the_sport():
    plain = Rules()
    assert keys("ice_hockey", plain) == "p w d l gf ga gd form pts"
    assert keys("ice_hockey", Rules(overtime_loss=1)) == "p w d otl l gf ga gd form pts"
    assert keys("rugby_union", plain) == "p w d l gf ga gd bp form pts"
    assert keys("badminton", plain) == "p w d l gf ga gd form pts"  # a team match of several games


def test_a_draw_that_the_rules_do_not_foresee_is_shown():
    assert keys("ice_hockey", any_drawn=True) == "p w otw d otl l gf ga gd form pts"


def test_heads_are_the_sport_s_own():
    rugby = {column.key: column for column in columns(SPORTS["rugby_union"], rules_for("rugby_union"))}
    football = {column.key: column for column in columns(SPORTS["football"], rules_for("football"))}
    assert (str(rugby["gf"].head), str(rugby["gd"].title)) == ("PF", "Points difference")
    assert (str(football["gf"].head), str(football["gd"].title)) == ("GF", "Goal difference")


@pytest.mark.parametrize("sport", SPORTS)
@pytest.mark.parametrize("book", RULEBOOKS)
def test_every_table_keeps_three_figures_on_a_phone(sport, book):
    shown = columns(SPORTS[sport], RULEBOOKS[book].rules)
    narrow = [column.key for column in shown if column.narrow]
    assert narrow in (["p", "gd", "pts"], ["p", "set_ratio", "pts"])
    assert shown[-1].key == "pts"
    assert len({str(column.head) for column in shown}) == len(shown)


COMMON = "sw sl set_ratio set_ratio_text pw pl point_ratio point_ratio_text"


@pytest.mark.parametrize(
    ("sport", "rules", "expected"),
    [
        ("football", Rules(), ""),
        ("ice_hockey", Rules(overtime_win=2), "otw otl"),
        ("ice_hockey", Rules(overtime_loss=1), "otw otl"),
        ("rugby_union", Rules(), "bp bpt bpl"),
        ("football", Rules(losing_margin=7), "bp bpt bpl"),
        ("football", Rules(try_threshold=4), "tf ta bp bpt bpl"),
        ("football", Rules(tiebreakers=("points", "tries_for")), "tf ta"),
        ("football", Rules(tiebreakers=("points", "try_difference")), "tf ta"),
        ("football", Rules(tiebreakers=("points", "fair_play")), "fp"),
        ("football", Rules(tiebreakers_while_running=("fair_play",)), "fp"),
        ("volleyball", Rules(scoring="sets"), COMMON),
        ("volleyball", Rules(), ""),
    ],
)
def test_a_row_has_the_figures_that_its_rules_use(sport, rules, expected):
    assert " ".join(own_figures(SPORTS[sport], rules)) == expected


def test_points_are_halves_only_of_single_games_of_chess():
    chess = SPORTS["chess"]
    assert own_figures(chess, Rules())[-4:] == ("gf_text", "ga_text", "gd_text", "pts_text")
    assert own_figures(chess, Rules(sets=SetRules(best_of=1)))[-1] == "pts_text"
    assert own_figures(chess, Rules(sets=SetRules(best_of=4)))[-1] == "gd_text"
