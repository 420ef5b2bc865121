"""Human-readable sizes, durations and counts."""

from collections.abc import Callable, Iterable

from timely.domain.translation import gettext, ngettext
from timely.presenters.number_text import grouped, with_decimal_symbol

_SIZES: tuple[tuple[float, Callable[[str], str]], ...] = (
    (1e9, lambda number: gettext("%(number)s GB", number=number)),
    (1e6, lambda number: gettext("%(number)s MB", number=number)),
    (1e3, lambda number: gettext("%(number)s kB", number=number)),
)
_SPANS: tuple[tuple[int, Callable[[int], str]], ...] = (
    (86_400, lambda count: ngettext("%(count)s day", "%(count)s days", count, count=grouped(count))),
    (3600, lambda count: ngettext("%(count)s hour", "%(count)s hours", count, count=grouped(count))),
    (60, lambda count: ngettext("%(count)s minute", "%(count)s minutes", count, count=grouped(count))),
)


def count(number: int, noun: str) -> str:
    """`1 spectator`, `12 spectators`, `1,437 spectators`: English, for the terminal."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def room(size: float) -> str:
    """`180 MB`, `1.4 GB`: at least two digits, in decimal units as disks are sold."""
    for unit, text in _SIZES:
        if size >= unit:
            number = size / unit
            return text(with_decimal_symbol(f"{number:.1f}" if number < 10 else f"{number:.0f}"))
    size = max(0, round(size))
    return ngettext("%(count)s byte", "%(count)s bytes", size, count=size)


def span(length: float | None) -> str:
    """`58 minutes`, `3 hours`, `2 days`, `40 seconds`."""
    length = length or 0.0
    for unit, text in _SPANS:
        if length >= 1.95 * unit or (unit == 60 and length >= 60):
            return text(round(length / unit))
    number = round(length)
    return ngettext("%(count)s second", "%(count)s seconds", number, count=grouped(number))


def seconds(length: float) -> str:
    """`12 ms`, `2.3 s`."""
    if length < 1:
        return gettext("%(number)s ms", number=f"{length * 1000:.0f}")
    return gettext("%(number)s s", number=with_decimal_symbol(f"{length:.1f}"))


def median(numbers: Iterable[float]) -> float | None:
    ordered = sorted(numbers)
    return ordered[len(ordered) // 2] if ordered else None
