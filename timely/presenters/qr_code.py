"""QR codes for pages and posters."""

import io
from functools import lru_cache

import segno
from markupsafe import Markup

from timely.domain.translation import gettext


def qr_svg(text: str) -> Markup:
    """The code as an SVG element in the text colour of its surroundings."""
    return _qr_svg(text, gettext("QR code"))


@lru_cache(100)
def _qr_svg(text: str, title: str) -> Markup:
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        nl=False,
        border=2,
        scale=4,
        omitsize=True,
        title=title,
    )
    # Safe: segno's output consists of numbers and the title, which it escapes, and does not contain the text.
    return Markup(out.getvalue().decode())
