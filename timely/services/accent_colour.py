"""Checks an event's accent colour: it must be recognisable on light pages and on the dark display."""

from timely.domain.translation import gettext_noop, lazy_gettext
from timely.services.errors import RuleBroken

WHITE = (255, 255, 255)
DARK = (20, 29, 25)

# The pages darken or lighten a colour until text in it can be read (static/js/page/head.js). A colour that is nearly
# the background would become plain grey, and no longer be the club's colour.
LEAST_ON_WHITE = 1.4
LEAST_ON_DARK = 1.3
STEPS = 40


def require_readable(colour: str) -> None:
    """Raises RuleBroken, with the nearest readable colour, if *colour* (`#rrggbb` or "") is not readable."""
    if not colour or is_readable(rgb_of(colour)):
        return
    rgb = rgb_of(colour)
    if contrast(rgb, WHITE) < LEAST_ON_WHITE:
        message = gettext_noop("%(colour)s can hardly be seen on white pages. The nearest that can is %(nearest)s.")
    else:
        message = gettext_noop(
            "%(colour)s can hardly be seen on the dark display. The nearest that can is %(nearest)s."
        )
    raise RuleBroken(lazy_gettext(message, colour=colour, nearest=nearest(rgb)), field="accent")


def is_readable(rgb: tuple[int, int, int]) -> bool:
    return contrast(rgb, WHITE) >= LEAST_ON_WHITE and contrast(rgb, DARK) >= LEAST_ON_DARK


def nearest(rgb: tuple[int, int, int]) -> str:
    """The first readable shade on the way to black, or to white, as `#rrggbb`."""
    towards = 0 if contrast(rgb, WHITE) < LEAST_ON_WHITE else 255
    for step in range(STEPS + 1):
        mixed = tuple(round(part + (towards - part) * step / STEPS) for part in rgb)
        if is_readable((mixed[0], mixed[1], mixed[2])):
            return "#{:02x}{:02x}{:02x}".format(*mixed)
    return "#08734a"


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(rgb: tuple[int, int, int]) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [part / 255 for part in rgb]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rgb_of(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
