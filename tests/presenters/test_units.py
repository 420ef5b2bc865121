"""Numbers as a person says them."""

from fractions import Fraction
from gettext import NullTranslations

import pytest

from timely.domain.translation import Language, in_language
from timely.presenters.number_text import grouped, ratio_text
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


def test_numbers_have_the_signs_of_the_language():
    with in_language(Language("de", NullTranslations())):
        assert (room(1_400_000_000), seconds(2.34), grouped(14_370)) == ("1,4 GB", "2,3 s", "14.370")
        assert ratio_text(Fraction(4, 3)) == "1,333"
    assert (grouped(14_370), ratio_text(Fraction(4, 3))) == ("14,370", "1.333")
