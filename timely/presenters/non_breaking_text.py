"""Keeps scores and times from wrapping: browsers may break a line after a dash.

`timely/static/js/page/patch.js` does the same for live texts. Copied or read aloud, the text is unchanged.
"""

import re
from functools import lru_cache

from markupsafe import Markup, escape

# "102–98", "½–½", "09:00–12:00". Any other character ends it, so the longest is narrower than any screen.
_FIGURE = "(?:[0-9][0-9:.]{0,5})?[0-9½¼¾]"
_WHOLE = re.compile(f"{_FIGURE}(?:[-–]{_FIGURE}){{1,2}}", re.ASCII)

SHORT = 40  # characters of a text that is kept


def whole(text: object) -> Markup:
    """*text* as HTML, with each score in a non-wrapping span. Markup is returned as it is."""
    if hasattr(text, "__html__"):
        return escape(text)
    said = str(text)
    if "-" not in said and "–" not in said:
        return escape(said)
    return _kept(said) if len(said) <= SHORT else _whole(said)


def _whole(said: str) -> Markup:
    parts = []
    end = 0
    for found in _WHOLE.finditer(said):
        parts += [escape(said[end : found.start()]), Markup('<span class="whole">{}</span>').format(found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(said[end:])]) if parts else escape(said)


_kept = lru_cache(1_000)(_whole)  # a page of games has few scores, many times each
