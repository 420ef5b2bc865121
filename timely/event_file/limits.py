"""Limits of an event file: how much of everything one event may have, checked before any work on it."""

from collections.abc import Sized
from typing import Any

from timely.domain.errors import ValidationError

# A season of 380 games with every card is 100 kB; what is a hundred times larger is not an event.
MOST_BYTES = 8 * 1024 * 1024
# Counted in the text, before it is read: an object, and a value, each take memory of their own.
MOST_OBJECTS = 300_000
MOST_VALUES = 1_000_000

MOST_TEAMS = 500
MOST_MATCHES = 5000
MOST_KNOCKOUT = 1000  # matches of one division; 128 sides that play for every place, in two legs, have 896
MOST_GROUPS = 250  # of all divisions together
MOST_PLACES = 2 * MOST_TEAMS  # of all groups together: a team may play in a preliminary and in a main round
MOST_PITCHES = 200  # with those that only matches name
MOST_SLOTS = 500
MOST_DEDUCTIONS = 1000
MOST_ANNOUNCEMENTS = 1000
MOST_FAIR_PLAY = 9999
MOST_NAMED = 200  # of the keys that mean nothing here


class Ignored(set[str]):
    """The keys that mean nothing here, as paths; no more of them than somebody reads."""

    def add(self, path: str) -> None:
        if len(self) < MOST_NAMED:
            super().add(path)

    def update(self, *more: Any) -> None:
        for paths in more:
            for path in paths:
                self.add(path)


def require_few(items: Sized, most: int, path: str) -> None:
    """Raises Fault for a longer list."""
    if len(items) > most:
        raise ValidationError(path, f"has {len(items):,} entries, at most {most:,}")


def require_readable(raw: bytes) -> None:
    """Raises Fault for a file that would take more memory than an event has."""
    if len(raw) > MOST_BYTES:
        size, most = len(raw) // 1024 // 1024, MOST_BYTES // 1024 // 1024
        raise ValidationError("the file", f"is {size} MB; an event file has at most {most} MB")
    if raw.count(b"{") + raw.count(b"[") > MOST_OBJECTS or raw.count(b",") > MOST_VALUES:
        raise ValidationError(
            "the file", f"has more than {MOST_OBJECTS:,} lists and objects, or {MOST_VALUES:,} values"
        )


class Total:
    """Counts what stands in several lists, and refuses what is too much in all."""

    def __init__(self, most: int, noun: str) -> None:
        self.most, self.noun, self.count = most, noun, 0

    def add(self, items: Sized, path: str) -> None:
        self.count += len(items)
        if self.count > self.most:
            raise ValidationError(path, f"makes {self.count:,} {self.noun} in all, at most {self.most:,}")
