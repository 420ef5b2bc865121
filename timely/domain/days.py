"""First and last day of an event: as it was set, else from its games."""

from collections.abc import Iterable
from datetime import date


def first_and_last(
    starts_on: date | None, ends_on: date | None, games_on: Iterable[date | None]
) -> tuple[date | None, date | None]:
    """The first and the last day; None where neither the event nor a game has one."""
    days = [day for day in games_on if day is not None]
    first = starts_on or min([*days, *([ends_on] if ends_on and days else [])], default=None)
    last = ends_on or max([*days, *([starts_on] if starts_on and days else [])], default=None)
    return first, last
