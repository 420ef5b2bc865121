"""Translation in templates: `_("…")`, `ngettext`, `pgettext` and `{% trans %}`, with values that are escaped.

A literal % is written %% in the message of a template, since {% trans %} writes it so by itself.
"""

from functools import lru_cache
from typing import Any

from flask import Flask
from markupsafe import Markup

from timely.domain import translation


def init_app(app: Flask) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]
    # Jinja's own functions format every message, and look for autoescaping in each.
    app.jinja_env.globals.update(_=gettext, gettext=gettext, ngettext=ngettext, pgettext=pgettext, npgettext=npgettext)


def gettext(message: str, /, **values: Any) -> Markup:
    return _filled(translation.gettext(message), values)


def pgettext(context: str, message: str, /, **values: Any) -> Markup:
    return _filled(translation.pgettext(context, message), values)


def ngettext(singular: str, plural: str, number: int, /, **values: Any) -> Markup:
    text = translation.current_language().translations.ngettext(singular, plural, number)
    return _filled(text, {"num": number, **values})


def npgettext(context: str, singular: str, plural: str, number: int, /, **values: Any) -> Markup:
    text = translation.current_language().translations.npgettext(context, singular, plural, number)
    return _filled(text, {"num": number, **values})


def _filled(text: str, values: dict[str, Any]) -> Markup:
    return Markup(text) % values if values else _plain(text)


@lru_cache(16_384)
def _plain(text: str) -> Markup:
    """Kept, for the rows of a list say the same few words: there are far fewer translations than this."""
    return Markup(text.replace("%%", "%"))
