"""Numbers as a person says them."""

import pytest

from timely.presenters.units import count, median, room, seconds, span


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (3_400, "3.4 kB"),
        (180_300_000, "180 MB"),
        (1_400_000_000, "1.4 GB"),
        (51e9, "51 GB"),
    ],
)
def test_room(size, text):
    assert room(size) == text


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (None, "0 seconds"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (3480, "58 minutes"),
        (5400, "90 minutes"),
        (7200, "2 hours"),
        (86_400, "24 hours"),
        (200_000, "2 days"),
    ],
)
def test_span(length, text):
    assert span(length) == text


def test_the_rest():
    assert (count(1, "spectator"), count(12, "spectator")) == ("1 spectator", "12 spectators")
    assert (seconds(0.0123), seconds(2.34)) == ("12 ms", "2.3 s")
    assert (median([3, 1, 2]), median([])) == (2, None)
