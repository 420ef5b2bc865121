"""QR codes for pages and posters."""

import io

import segno
from markupsafe import Markup


def qr_svg(text: str) -> Markup:
    """The code as an SVG element that takes the colour of the text around it."""
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
    # What segno writes is made of numbers alone; the text itself is not in it.
    return Markup(out.getvalue().decode())
