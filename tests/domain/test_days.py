"""The first and the last day of an event: what was set comes first, and its games say the rest."""

from datetime import date

import pytest

from timely.domain.days import first_and_last


def day(number: int | None) -> date | None:
    return None if number is None else date(2026, 5, number)


@pytest.mark.parametrize(
    ("starts", "ends", "games", "expected"),
    [
        (None, None, [], (None, None)),
        (None, None, [None, None], (None, None)),
        (None, None, [9, None, 7, 8], (7, 9)),
        (3, 20, [9, 7], (3, 20)),
        (8, None, [9, 7], (8, 9)),  # a game before the day that was set does not move it
        (None, 8, [9, 7], (7, 8)),
        (12, None, [9], (12, 12)),  # never a last day before the first
        (None, 5, [9], (5, 5)),
        (3, None, [], (3, None)),  # one day alone says nothing of the other
        (None, 3, [], (None, 3)),
        (3, None, [None], (3, None)),
    ],
)
def test_first_and_last(starts, ends, games, expected):
    assert first_and_last(day(starts), day(ends), map(day, games)) == tuple(map(day, expected))
