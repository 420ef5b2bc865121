"""Scores and hours within a sentence, kept whole: after a dash, browsers would go on in the next line.

`timely/static/js/patch.js` does the same to texts that come live. What is copied or read aloud is the text as it was.
"""

import re

from markupsafe import Markup, escape

# "102–98", "½–½", "09:00–12:00". A sign that is no figure ends it, so that the longest is narrower than any screen.
_FIGURE = "(?:[0-9][0-9:.]{0,5})?[0-9½¼¾]"
_WHOLE = re.compile(f"{_FIGURE}(?:[-–]{_FIGURE}){{1,2}}", re.ASCII)


def whole(text: object) -> Markup:
    """*text* for a page, with each score in it in a piece that no line ends in. What is HTML already stays as it is."""
    if hasattr(text, "__html__"):
        return escape(text)
    said = str(text)
    parts = []
    end = 0
    for found in _WHOLE.finditer(said):
        parts += [escape(said[end : found.start()]), Markup('<span class="whole">{}</span>').format(found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(said[end:])]) if parts else escape(said)
