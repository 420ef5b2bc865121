"""Columns of a table: which values a sport shows, in which order, under which heads."""

from dataclasses import dataclass

from timely.domain.rules.rules import Rules
from timely.domain.rules.tiebreaker import Tiebreaker
from timely.domain.rules.tiebreakers import with_columns
from timely.domain.scores.score import are_draws_possible
from timely.domain.scores.sets import set_rules
from timely.domain.sports import Sport
from timely.domain.translation import Text, lazy_gettext, lazy_pgettext


@dataclass(frozen=True)
class Column:
    key: str  # of the row in messages and the API
    head: Text
    title: Text  # the head in words
    narrow: bool = False  # shown on a phone


# Beside these, a tie-breaker may have a column of its own.
HEADS: dict[str, tuple[Text, Text]] = {
    "p": (lazy_pgettext("Played", "P"), lazy_pgettext("column of a table", "Played")),
    "w": (lazy_pgettext("Won", "W"), lazy_pgettext("column of a table", "Won")),
    "otw": (lazy_pgettext("Won in overtime", "OTW"), lazy_pgettext("column of a table", "Won in overtime")),
    "d": (lazy_pgettext("Drawn", "D"), lazy_pgettext("column of a table", "Drawn")),
    "otl": (lazy_pgettext("Lost in overtime", "OTL"), lazy_pgettext("column of a table", "Lost in overtime")),
    "l": (lazy_pgettext("Lost", "L"), lazy_pgettext("column of a table", "Lost")),
    "gf": (lazy_pgettext("Goals for", "GF"), lazy_pgettext("column of a table", "Goals for")),
    "ga": (lazy_pgettext("Goals against", "GA"), lazy_pgettext("column of a table", "Goals against")),
    "gd": (lazy_pgettext("Goal difference", "GD"), lazy_pgettext("column of a table", "Goal difference")),
    "tf": (lazy_pgettext("Tries for", "TF"), lazy_pgettext("column of a table", "Tries for")),
    "bp": (lazy_pgettext("Bonus points", "BP"), lazy_pgettext("column of a table", "Bonus points")),
    "sw": (lazy_pgettext("Sets won", "SW"), lazy_pgettext("column of a table", "Sets won")),
    "sl": (lazy_pgettext("Sets lost", "SL"), lazy_pgettext("column of a table", "Sets lost")),
    "set_ratio": (lazy_pgettext("Set ratio", "SR"), lazy_pgettext("column of a table", "Set ratio")),
    "pw": (lazy_pgettext("Points won in the sets", "PW"), lazy_pgettext("column of a table", "Points won in the sets")),
    "pl": (
        lazy_pgettext("Points lost in the sets", "PL"),
        lazy_pgettext("column of a table", "Points lost in the sets"),
    ),
    "point_ratio": (lazy_pgettext("Point ratio", "PR"), lazy_pgettext("column of a table", "Point ratio")),
    "form": (
        lazy_pgettext("Last five games, the oldest first", "Form"),
        lazy_pgettext("column of a table", "Last five games, the oldest first"),
    ),
    "pts": (lazy_pgettext("Points", "Pts"), lazy_pgettext("column of a table", "Points")),
}


def columns(sport: Sport, rules: Rules, *, any_drawn: bool = False) -> tuple[Column, ...]:
    """The columns after the team's name, points last.

    *any_drawn*: a game was drawn although the rules have no draws (ice hockey without its overtime); the column is
    shown.
    """
    keys = ["p", "w"]
    if rules.overtime_win is not None:
        keys.append("otw")
    # If overtime earns points of its own, it is played until one side has won.
    if any_drawn or (are_draws_possible(sport, rules) and rules.overtime_win is None):
        keys.append("d")
    if rules.overtime_loss is not None:
        keys.append("otl")
    keys.append("l")
    if rules.scoring == "sets":
        keys += ["sw", "sl", "set_ratio", "pw", "pl", "point_ratio"]
    else:
        keys += ["gf", "ga", "gd"]
    asked_for = with_columns(rules.all_tiebreakers)
    keys += asked_for
    if rules.try_threshold is not None or {"try_difference", "tries_for"} & rules.all_tiebreakers:
        keys.append("tf")
    if rules.has_bonus or sport.bonus_points:
        keys.append("bp")
    keys += ["form", "pts"]
    narrow = {"p", "set_ratio" if rules.scoring == "sets" else "gd", "pts"}
    heads = HEADS | {key: _head_of(one) for key, one in asked_for.items()} | dict(sport.heads)
    return tuple(Column(key, *heads[key], narrow=key in narrow) for key in keys)


def _head_of(tiebreaker: Tiebreaker) -> tuple[Text, Text]:
    return lazy_pgettext(tiebreaker.title, tiebreaker.head), lazy_gettext(tiebreaker.title)


def own_figures(sport: Sport, rules: Rules) -> tuple[str, ...]:
    """The keys that a row has beside the common ones, because these rules use them."""
    keys: list[str] = []
    if rules.overtime_win is not None or rules.overtime_loss is not None:
        keys += ["otw", "otl"]
    for key in with_columns(rules.all_tiebreakers):
        keys += [key, f"{key}_text"]
    if rules.try_threshold is not None or {"try_difference", "tries_for"} & rules.all_tiebreakers:
        keys += ["tf", "ta"]
    if rules.has_bonus or sport.bonus_points:
        keys += ["bp", "bpt", "bpl"]
    if rules.scoring == "sets":
        keys += ["sw", "sl", "set_ratio", "set_ratio_text", "pw", "pl", "point_ratio", "point_ratio_text"]
    if "fair_play" in rules.all_tiebreakers:
        keys.append("fp")
    if sport.halves:
        keys += ["gf_text", "ga_text", "gd_text"]
        # The points of a match of several boards are whole: only those of single games are halves.
        if set_rules(sport, rules).best_of in (None, 1):
            keys.append("pts_text")
    return tuple(keys)
