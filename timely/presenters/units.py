"""Human-readable sizes, durations and counts."""

from collections.abc import Iterable

_SIZES = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))
_SPANS = ((86_400, "day"), (3600, "hour"), (60, "minute"))


def count(number: int, noun: str) -> str:
    """`1 spectator`, `12 spectators`, `1,437 spectators`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def room(size: float) -> str:
    """`180 MB`, `1.4 GB`: at least two digits, in decimal units as disks are sold."""
    for unit, name in _SIZES:
        if size >= unit:
            number = size / unit
            return f"{number:.1f} {name}" if number < 10 else f"{number:.0f} {name}"
    return f"{max(0, size):.0f} bytes"


def span(length: float | None) -> str:
    """`58 minutes`, `3 hours`, `2 days`, `40 seconds`."""
    length = length or 0.0
    for unit, name in _SPANS:
        if length >= 1.95 * unit or (unit == 60 and length >= 60):
            return count(round(length / unit), name)
    return count(round(length), "second")


def seconds(length: float) -> str:
    """`12 ms`, `2.3 s`."""
    return f"{length * 1000:.0f} ms" if length < 1 else f"{length:.1f} s"


def median(numbers: Iterable[float]) -> float | None:
    ordered = sorted(numbers)
    return ordered[len(ordered) // 2] if ordered else None
