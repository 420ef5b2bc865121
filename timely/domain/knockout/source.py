"""Sources: where a side of a knockout tie comes from while its team is not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.translation import lazy_gettext
from timely.domain.validation import a_list, a_mapping, inside, shown, whole_number

LONGEST_LABEL = 80  # as long as a fixture stores it
LONGEST_NAME = 40  # of a group or a tie
MOST_GROUPS = 64
LOWEST_PLACE = 128


def ordinal(number: int) -> str:
    """The number as 1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a group; with several groups one of the best teams of that place, from one of these groups.

    With *best* it is one rank in the comparison of that place, such as the fifth best of the thirds.
    """

    groups: tuple[str, ...]
    position: int
    best: int | None = None

    @property
    def is_best_of(self) -> bool:
        return len(self.groups) > 1 and self.best is None

    @property
    def label(self) -> str:
        if self.best is not None:
            return f"{ordinal(self.best)} best {ordinal(self.position)}"
        if self.is_best_of:
            label = f"Best {ordinal(self.position)} of {'/'.join(self.groups)}"
            return (
                label if len(label) <= LONGEST_LABEL else f"Best {ordinal(self.position)} of {len(self.groups)} groups"
            )
        group = self.groups[0]
        if not group:
            return f"{ordinal(self.position)} of the table"
        return f"{group}{self.position}" if len(group) <= 2 else f"{ordinal(self.position)} of {group}"

    def as_dict(self) -> dict[str, Any]:
        if self.best is not None:
            return {"groups": list(self.groups), "position": self.position, "best": self.best}
        if self.is_best_of:
            return {"groups": list(self.groups), "position": self.position}
        return {"group": self.groups[0], "position": self.position}


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in the comparison across all groups."""

    rank: int

    @property
    def label(self) -> str:
        return f"{ordinal(self.rank)} overall"

    def as_dict(self) -> dict[str, Any]:
        return {"rank": self.rank}


@dataclass(frozen=True, slots=True)
class WinnerOf:
    code: str

    @property
    def label(self) -> str:
        return f"Winner {self.code}"

    def as_dict(self) -> dict[str, Any]:
        return {"winner_of": self.code}


@dataclass(frozen=True, slots=True)
class LoserOf:
    code: str

    @property
    def label(self) -> str:
        return f"Loser {self.code}"

    def as_dict(self) -> dict[str, Any]:
        return {"loser_of": self.code}


Source = Place | Rank | WinnerOf | LoserOf
SOURCES = (Place, Rank, WinnerOf, LoserOf)  # for isinstance: any other side is a team


def read_source(data: object, path: str = "source") -> Source:
    """The source in parsed JSON. Raises ValidationError."""
    given = a_mapping(data, path)
    kinds = [key for key in ("group", "groups", "rank", "winner_of", "loser_of") if key in given]
    if len(kinds) != 1:
        raise ValidationError(path, lazy_gettext("needs exactly one of group, groups, rank, winner_of and loser_of"))
    kind, where = kinds[0], inside(path, kinds[0])
    if kind == "rank":
        return Rank(whole_number(given["rank"], where, 1, LOWEST_PLACE))
    if kind == "winner_of":
        return WinnerOf(_name(given["winner_of"], where))
    if kind == "loser_of":
        return LoserOf(_name(given["loser_of"], where))
    best = given.get("best")
    if best is not None and kind != "groups":
        raise ValidationError(
            inside(path, "best"), lazy_gettext("needs groups: it is a place in the comparison of theirs")
        )
    number = whole_number(best, inside(path, "best"), 1, LOWEST_PLACE) if best is not None else None
    return Place(_groups(given, path), _position(given, path), number)


def _position(given: Mapping[str, Any], path: str) -> int:
    return whole_number(given.get("position"), inside(path, "position"), 1, LOWEST_PLACE)


def _groups(given: Mapping[str, Any], path: str) -> tuple[str, ...]:
    if "group" in given:
        return (_name(given["group"], inside(path, "group"), may_be_empty=True),)
    where = inside(path, "groups")
    listed = a_list(given["groups"], where)
    names = tuple(_name(name, f"{where}[{number}]") for number, name in enumerate(listed))
    if not 1 <= len(names) <= MOST_GROUPS:
        raise ValidationError(
            where, lazy_gettext("needs one to %(most)s groups, not %(count)s", most=MOST_GROUPS, count=len(names))
        )
    if len(set(names)) < len(names):
        raise ValidationError(where, lazy_gettext("lists a group twice"))
    return names


def _name(value: object, path: str, *, may_be_empty: bool = False) -> str:
    # The single table of a league has no name.
    if not isinstance(value, str) or len(value) > LONGEST_NAME or not (value.strip() or may_be_empty):
        raise ValidationError(
            path,
            lazy_gettext(
                "needs a name of at most %(most)s characters, not %(value)s", most=LONGEST_NAME, value=shown(value)
            ),
        )
    return value
