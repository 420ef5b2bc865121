"""Formats as data: the organiser's choice of a league, groups or a knockout."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.formats.round_robin import MOST_TIMES
from timely.domain.knockout.source import MOST_GROUPS
from timely.domain.knockout.tree import MOST_SIDES
from timely.domain.translation import LazyText, lazy_gettext
from timely.domain.validation import a_mapping, inside, one_of, whole_number, yes_or_no

KINDS = ("league", "groups", "knockout")
# How a knockout tie is decided; stored with the knockout stage.
TIE_OPTIONS = ("away_goals", "extra_time", "penalties")
# seeded: the teams are listed from the strongest down. listed: in their order, group after group or down the page.
# pots: pot 1 is the first team of each group, pot 2 the next, and each pot is drawn. lots: all are drawn.
DRAWS = ("seeded", "listed", "pots", "lots")
SEEDINGS = ("groups", "overall")  # a knockout after groups: A1 - B2, or 1st - 8th of the comparison across them
LARGEST_DRAW_NUMBER = 10**9
LIMITS = {
    "times": (1, MOST_TIMES),
    "groups": (1, MOST_GROUPS),
    "draw_number": (0, LARGEST_DRAW_NUMBER),
    "qualifiers": (0, MOST_SIDES),
    "best_next": (0, MOST_GROUPS),
    "legs": (1, 2),
    "final_legs": (1, 2),
}
CHOICES = {"draw": DRAWS, "seeding": SEEDINGS}


@dataclass(frozen=True)
class Format:
    """The choices of a format. A league or groups are followed by a knockout if they have qualifiers."""

    kind: str = "league"
    times: int = 1  # how often two teams of a league or group meet
    groups: int = 1
    draw: str = "seeded"
    draw_number: int = 0  # the same number draws the same again
    qualifiers: int = 0  # of each group
    best_next: int = 0  # how many more qualify as the best of the next place, such as the best thirds
    seeding: str = "groups"
    third_place: bool = False
    all_places: bool = False  # the losers play on, until all teams have a place of their own
    legs: int = 1  # of each knockout tie
    final_legs: int = 1  # of the final and the games for the places after it

    @property
    def has_table(self) -> bool:
        return self.kind != "knockout"

    @property
    def has_knockout(self) -> bool:
        return self.kind == "knockout" or self.qualifiers > 0

    def as_dict(self) -> dict[str, Any]:
        """The format as in an event file, without defaults; `read_format` is the inverse."""
        said = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "kind"}
        plain = {one.name: one.default for one in fields(self)}
        return {"kind": self.kind} | {name: value for name, value in said.items() if value != plain[name]}


def read_format(data: object, path: str = "format") -> Format:
    """The format in parsed JSON. Raises ValidationError for the first error; unknown keys are ignored."""
    given = a_mapping(data, path)
    found: dict[str, Any] = {"kind": one_of(given.get("kind"), inside(path, "kind"), KINDS)}
    for name in (one.name for one in fields(Format)):
        if name == "kind" or given.get(name) is None:
            continue
        where = inside(path, name)
        if name in LIMITS:
            found[name] = whole_number(given[name], where, *LIMITS[name])
        elif name in CHOICES:
            found[name] = one_of(given[name], where, CHOICES[name])
        else:
            found[name] = yes_or_no(given[name], where)
    return check_format(Format(**found), path)


def check_format(chosen: Format, path: str = "format") -> Format:
    """The format, if its choices are compatible. Raises ValidationError."""
    for wrong, name, message in _contradictions(chosen):
        if wrong:
            raise ValidationError(inside(path, name), message)
    return chosen


def unknown_format_keys(data: object, path: str = "format") -> list[str]:
    """The paths of the keys that `read_format` ignores."""
    known = {one.name for one in fields(Format)}
    return [inside(path, str(key)) for key in data if key not in known] if isinstance(data, Mapping) else []


def _contradictions(chosen: Format) -> tuple[tuple[bool, str, LazyText], ...]:
    knockout_only = chosen.kind == "knockout"
    sides = chosen.groups * chosen.qualifiers + chosen.best_next
    return (
        (chosen.kind != "groups" and chosen.groups > 1, "groups", lazy_gettext("only groups have more than one table")),
        (
            knockout_only and chosen.times > 1,
            "times",
            lazy_gettext("teams of a knockout meet in ties: choose the legs"),
        ),
        (knockout_only and chosen.qualifiers > 0, "qualifiers", lazy_gettext("a knockout starts with all teams")),
        (knockout_only and chosen.draw == "pots", "draw", lazy_gettext("pots are for groups")),
        (
            chosen.best_next > 0 and not chosen.qualifiers,
            "best_next",
            lazy_gettext("needs qualifiers of each group first"),
        ),
        (
            chosen.best_next >= chosen.groups and chosen.best_next > 0,
            "best_next",
            lazy_gettext("fewer than there are groups: otherwise let one more of each group through"),
        ),
        (
            chosen.qualifiers > 0 and not 2 <= sides <= MOST_SIDES,
            "qualifiers",
            lazy_gettext("%(sides)s would go on to the knockout; it needs 2 to %(most)s", sides=sides, most=MOST_SIDES),
        ),
    )
