"""Tie-breaker: what it compares, how it is called, how its value is written."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from timely.domain.standings.outcome import Outcome, Team
from timely.domain.standings.standing import Ratio, Standing

Value = Callable[[Standing], Any]  # higher is better
Count = Callable[[Mapping[Team, Standing], Iterable[Outcome]], None]

NO_VALUE = -math.inf  # of a ratio without data: below every other value, 0 included


def last_if_none(quotient: Ratio | None) -> Ratio:
    """The value of a ratio: x ÷ 0 is the highest; 0 ÷ 0 is none, and no data never ranks above data."""
    return NO_VALUE if quotient is None else quotient


def not_listed(line: Standing) -> None:
    """The value of a tie-breaker that no standing has: it is decided by hand."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """Format of a value. A fraction has three decimals in every format."""

    decimals: bool = False  # three decimals even of a whole number
    cut: bool = False  # truncated, as the volleyball federations print them; everything else is rounded
    signed: bool = False  # "+3"
    half: bool = False  # "12½"
    place: bool = False  # a place, which counts below zero: -3 is "3rd"


WHOLE = NumberFormat()
SIGNED = NumberFormat(signed=True)
RATIO = NumberFormat(decimals=True)
CUT_RATIO = NumberFormat(decimals=True, cut=True)
RATE = NumberFormat(decimals=True, signed=True)
HALF = NumberFormat(half=True)
PLACE = NumberFormat(place=True)


@dataclass(frozen=True, slots=True)
class ByHand:
    """The words of a tie-breaker that is decided outside the games, by a list of teams, best first."""

    title: str  # of the form that records it: "The lot"
    choice: str  # among the ways to decide: "By lot"
    action: str  # in the audit log: "record a lot"
    remedy: str  # what the organiser may do about teams that nothing separates


@dataclass(frozen=True, slots=True)
class HeadToHead:
    """The head-to-head form of a tie-breaker: its key, and its titles as those of the tie-breaker."""

    key: str
    title: str
    in_units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tiebreaker:
    """One tie-breaker."""

    key: str
    title: str
    value: Value = not_listed
    number: NumberFormat = WHOLE
    per_game: bool = True  # grows with the number of games, unlike a ratio; groups of unequal size may divide by those
    in_units: Mapping[str, str] = field(default_factory=dict)  # {score unit: title} where that is not the sport's goals
    in_halves: bool = False  # counted in half points in a sport whose score is (chess)
    head_to_head: "HeadToHead | None" = None  # its head-to-head form
    of: str = ""  # only of a head-to-head form: the key of the tie-breaker whose value it takes
    by_hand: ByHand | None = None
    across_groups_alone: bool = False  # compares only teams of different groups
    count: Count | None = None  # sets its value on the lines, if the tally has none; only for rules that use it
    column: str = ""  # the key of a column of its own, which tables have if their rules use it
    head: str = ""  # of that column

    def forms(self) -> tuple["Tiebreaker", ...]:
        """Itself, and its head-to-head form: the same value, in a table of the games among the level teams."""
        if not self.head_to_head:
            return (self,)
        form = replace(
            self,
            key=self.head_to_head.key,
            title=self.head_to_head.title,
            in_units=self.head_to_head.in_units,
            head_to_head=None,
            of=self.key,
            column="",
        )
        return self, form

    def title_in(self, score_unit: str) -> str:
        """The title in the words of a sport with this score unit."""
        return self.in_units.get(score_unit, self.title)

    def value_per_game(self, line: Standing) -> Any:
        """The value divided by the games played, if it grows with them; else the plain value."""
        value = self.value(line)
        if not self.per_game:
            return value
        return Fraction(value, line.played) if line.played else Fraction(0)
