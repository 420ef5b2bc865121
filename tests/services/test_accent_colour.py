"""Accent colours that can be told from the ground."""

import pytest

from timely.services.accent_colour import DARK, contrast, is_readable, nearest, require_readable, rgb_of
from timely.services.errors import RuleBroken
from timely.web import sheet_bundle


@pytest.mark.parametrize("colour", ["", "#08734a", "#d62828", "#1d3557", "#ffd500", "#7f7f7f"])
def test_a_clubs_colours_are_taken(colour):
    require_readable(colour)


@pytest.mark.parametrize(("colour", "ground"), [("#ffffff", "white"), ("#ffff00", "white"), ("#101010", "dark")])
def test_what_is_nearly_the_ground_is_refused_with_one_that_would_do(colour, ground):
    with pytest.raises(RuleBroken, match=ground) as broken:
        require_readable(colour)
    offered = broken.value.message.rstrip(".").split()[-1]
    assert is_readable(rgb_of(offered))
    assert offered == nearest(rgb_of(colour))


def test_contrast_is_that_of_wcag():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)
    assert contrast((10, 10, 10), (0, 0, 0)) == pytest.approx(1.0607, abs=0.0001)  # darker than the power law reaches


def test_the_dark_ground_is_the_display_s():
    display = sheet_bundle.text("css/display.css")
    assert f"--surface:#{bytes(DARK).hex()};" in display


@pytest.mark.parametrize("colour", ["#ffff00", "#ffffff", "#fff8f8", "#000000", "#0d1310", "#00000f"])
def test_what_is_offered_is_the_first_shade_that_will_do(colour):
    """On the way to black from a light colour, to white from a dark one, in fortieths."""
    light = colour.startswith("#ff")
    shades = [
        tuple(round(part + ((0 if light else 255) - part) * step / 40) for part in rgb_of(colour)) for step in range(41)
    ]
    assert rgb_of(nearest(rgb_of(colour))) == next(shade for shade in shades if is_readable(shade))
