"""Values of tie-breakers, the teams of a step, and the ways to break a tie, as a reader knows them."""

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from timely.domain.rules.tiebreaker import NO_VALUE
from timely.domain.rules.tiebreakers import TIEBREAKERS, by_hand
from timely.domain.standings.explanation import CHANGE_THE_ORDER, WAIT
from timely.domain.standings.outcome import Team
from timely.domain.translation import gettext, lazy_gettext, ngettext, pgettext
from timely.presenters.list_text import list_text
from timely.presenters.number_text import MINUS, decimals, ordinal_text

MOST_LEVEL = 6  # further ones can be read in the table beside it

WAYS_OUT = {
    WAIT: lazy_gettext("Wait: games are still to be played."),
    CHANGE_THE_ORDER: lazy_gettext("Change the rules: add a criterion, such as a play-off or a lot."),
}


def way_out(way: str) -> str:
    """Sentence about a choice of the organiser, one of `Explanation.ways_out`."""
    return str(WAYS_OUT[way]) if way in WAYS_OUT else gettext(by_hand()[way].remedy)


def value_text(criterion: str, value: Any) -> str:
    """The value as a reader knows it: "+3", "1.333", "12½", "2nd"."""
    if value is None:
        return pgettext("value of a team", "not listed")
    number = TIEBREAKERS[criterion].number
    if number.place:
        return ordinal_text(-value)
    if value == math.inf:
        return pgettext("ratio", "none against")
    if value == NO_VALUE:
        return pgettext("ratio", "no value")
    text = decimals(value, cut=number.cut) if number.decimals or _is_broken(value) else str(int(value))
    if number.half and 2 * value == int(2 * value):
        text = f"{int(value)}½" if _is_broken(value) else text
    if not any(digit in text for digit in "123456789½"):
        return text  # a net run rate of less than half a thousandth has no sign
    if value < 0:
        return f"{MINUS}{text.lstrip('-')}"
    return f"+{text}" if number.signed and value > 0 else text


def _is_broken(value: Any) -> bool:
    return isinstance(value, Fraction | float) and value != int(value)


def some_of(teams: Sequence[Team], name: Callable[[Team], str]) -> str:
    """The names as a list; if there are too many to read, the first and how many more."""
    if len(teams) <= MOST_LEVEL:
        return list_text([name(one) for one in teams])
    named = [name(one) for one in teams[: MOST_LEVEL - 1]]
    return list_text([*named, more_text(len(teams) - len(named))])


def more_text(number: int) -> str:
    """ "3 more", the last of a list of teams."""
    return ngettext("%(num)s more", "%(num)s more", number)
