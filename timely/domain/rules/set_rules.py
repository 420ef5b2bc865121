"""Rules of sets: when a set is over and how many there are; the `sets` of an event's rules."""

from dataclasses import dataclass
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.translation import lazy_gettext
from timely.domain.validation import a_mapping, inside, whole_number

MOST_POINTS = 199  # the longest sets ever played ended far below
MOST_BEST_OF = 99
MOST_PERIODS = 12

# The keys of `sets`, each with its lowest and highest number.
LIMITS = {
    "to": (1, MOST_POINTS),
    "clear": (1, 9),
    "cap": (1, MOST_POINTS),
    "last_to": (1, MOST_POINTS),
    "last_cap": (1, MOST_POINTS),
    "best_of": (1, MOST_BEST_OF),
    "tie_break": (1, MOST_POINTS),
    "match_tie_break": (1, MOST_POINTS),
    "periods": (1, MOST_PERIODS),
}
KEYS = tuple(LIMITS)


@dataclass(frozen=True)
class SetRules:
    """The rules of sets. Without `to` the sport's own rules hold for the points of a set."""

    to: int | None = None  # points (in tennis games) that win a set
    clear: int = 2  # ahead by so many
    cap: int | None = None  # this many points win however close: badminton's 30, tennis' 7
    last_to: int | None = None  # the deciding set; None: like the others
    last_cap: int | None = None
    best_of: int | None = None  # sets or legs; in chess the boards of a match, which are all played
    tie_break: int | None = None  # points of the tie-break that ends a set at its cap
    match_tie_break: int | None = None  # points of a tie-break that may replace the deciding set
    periods: int | None = None  # quarters, thirds or halves of a game

    def as_data(self) -> dict[str, int]:
        """The rules as in an event file; `read_set_rules` is the inverse."""
        return {key: getattr(self, key) for key in KEYS if getattr(self, key) != getattr(SetRules, key)}


def read_set_rules(data: object, path: str) -> SetRules:
    """The `sets` of an event's rules. Raises ValidationError."""
    given = a_mapping(data, path)
    found: dict[str, Any] = {
        key: whole_number(given[key], inside(path, key), *limits)
        for key, limits in LIMITS.items()
        if given.get(key) is not None
    }
    for key in ("cap", "last_to", "last_cap", "tie_break", "match_tie_break"):
        if key in found and "to" not in found:
            raise ValidationError(
                inside(path, "to"),
                lazy_gettext('is missing beside "%(key)s": say to how many points a set goes', key=key),
            )
    for cap, to in (("cap", "to"), ("last_cap", "last_to")):
        if cap in found and found[cap] < found.get(to, found["to"]):
            raise ValidationError(
                inside(path, cap),
                lazy_gettext(
                    "%(cap)s is below the %(to)s that win a set", cap=found[cap], to=found.get(to, found["to"])
                ),
            )
    if "tie_break" in found and "cap" not in found:
        raise ValidationError(
            inside(path, "cap"),
            lazy_gettext('is missing beside "tie_break": how many games has who wins the tie-break?'),
        )
    return SetRules(**found)
