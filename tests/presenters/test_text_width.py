"""Names are cut to their room, and only where they need to be."""

import pytest

from timely.presenters.text_width import ELLIPSIS, cut, width


@pytest.mark.parametrize("name", ["Ash", "Dogwood United", "東京ベルディ", "نادي الزمالك", ""])
def test_a_name_that_fits_stays_whole(name):
    assert cut(name, 13) == name


@pytest.mark.parametrize(
    ("name", "room", "shown"),
    [
        ("Hawthorn Athletic Football Club", 9.5, "Hawthorn Athl…"),
        ("Hawthorn Athletic Football Club", 6.9, "Hawthorn…"),  # no room is kept before the ellipsis
        ("東京ベルディ一九六九", 6, "東京ベルディ"[:5] + "…"),
        ("WWWWWWWWWW", 5.5, "WWWW…"),
        ("Ash", 0.5, "…"),
    ],
)
def test_a_long_name_is_cut_with_an_ellipsis(name, room, shown):
    assert cut(name, room) == shown


def test_what_is_cut_fits():
    name = "Sankt-Petersburg Ölbäume & Söhne von 1887"
    for tenths in range(10, 200, 7):
        short = cut(name, tenths / 10)
        assert width(short) <= tenths / 10
        assert short.endswith(ELLIPSIS) or short == name


def test_marks_above_a_letter_take_no_room():
    assert width("e\N{COMBINING ACUTE ACCENT}") == width("e")
