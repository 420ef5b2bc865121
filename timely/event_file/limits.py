"""Limits of an event file: how much of everything one event may have, checked before it is processed."""

from collections.abc import Sized
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.number_text import thousands
from timely.domain.translation import lazy_gettext

# A season of 380 games with every card is 100 kB; a file almost a hundred times larger is not an event.
MOST_BYTES = 8 * 1024 * 1024
# Counted in the text, before it is parsed: each object and each value takes memory of its own.
MOST_OBJECTS = 300_000
MOST_VALUES = 1_000_000

MOST_TEAMS = 500
MOST_MATCHES = 5000
MOST_KNOCKOUT = 1000  # matches of one division; 128 sides that play for every place, in two legs, have 896
MOST_GROUPS = 250  # of all divisions together
MOST_PLACES = 2 * MOST_TEAMS  # of all groups together: a team may play in a preliminary and in a main round
MOST_PITCHES = 200  # including those that only matches name
MOST_SLOTS = 500
MOST_DEDUCTIONS = 1000
MOST_ANNOUNCEMENTS = 1000
MOST_FAIR_PLAY = 9999
MOST_NAMED = 200  # unknown keys that are listed

THE_FILE = lazy_gettext("the file")  # where an error is of no single key


class Ignored(set[str]):
    """The paths of unknown keys; only the first ones are kept, since nobody reads more."""

    def add(self, path: str) -> None:
        if len(self) < MOST_NAMED:
            super().add(path)

    def update(self, *more: Any) -> None:
        for paths in more:
            for path in paths:
                self.add(path)


def require_readable(raw: bytes) -> None:
    """Raises ValidationError for a file that would take more memory than an event needs."""
    if len(raw) > MOST_BYTES:
        size, most = len(raw) // 1024 // 1024, MOST_BYTES // 1024 // 1024
        raise ValidationError(
            THE_FILE, lazy_gettext("is %(size)s MB; an event file has at most %(most)s MB", size=size, most=most)
        )
    if raw.count(b"{") + raw.count(b"[") > MOST_OBJECTS or raw.count(b",") > MOST_VALUES:
        raise ValidationError(
            THE_FILE,
            lazy_gettext(
                "has more than %(objects)s lists and objects, or %(values)s values",
                objects=thousands(MOST_OBJECTS),
                values=thousands(MOST_VALUES),
            ),
        )


class Total:
    """Counts the entries of several lists together, and refuses more than *most*."""

    def __init__(self, most: int, message: str) -> None:
        self.most, self.message, self.count = most, message, 0

    def add(self, items: Sized, path: str) -> None:
        self.count += len(items)
        if self.count > self.most:
            raise ValidationError(
                path, lazy_gettext(self.message, count=thousands(self.count), most=thousands(self.most))
            )
