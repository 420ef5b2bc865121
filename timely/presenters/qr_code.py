"""QR codes for pages and posters."""

import io
from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(100)
def qr_svg(text: str) -> Markup:
    """The code as an SVG element in the text colour of its surroundings."""
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
        title="QR code",
    )
    # Safe: segno's output consists of numbers, and does not contain the text.
    return Markup(out.getvalue().decode())
