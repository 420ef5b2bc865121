"""Menu of languages for the foot of a page, the same page in each of them, and the other language of a display."""

from typing import Any
from urllib.parse import urlencode

from flask import Flask, request

from timely.domain.translation import current_language
from timely.languages.available import languages
from timely.web.language_choice import ARGUMENT, chosen, chosen_code
from timely.web.query_arguments import ALL, arguments_read


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(language_code=language_code, language_choices=language_choices)


def language_code() -> str:
    return current_language().code


def language_choices() -> list[dict[str, Any]]:
    """[{`code`, `name`, `href`, `is_current`}]."""
    current, address = language_code(), _address_in("")
    return [
        {"code": code, "name": name, "href": address + code, "is_current": code == current}
        for code, name in languages().choices()
    ]


def other_language_address() -> str:
    """The address of this display when it is the turn of the other of its two languages; "" if it has but one."""
    if chosen(request.environ).other is None:
        return ""
    one, other = chosen_code(request.environ).split(",")
    return _address_in(f"{other},{one}")


def _address_in(codes: str) -> str:
    """The address of this page in the language. It keeps what the arguments that were read mean to the page.

    Others, and what was really sent, would keep it from being shared by all for whom the page is the same.
    """
    read = {name: meaning for name, meaning in arguments_read(request).items() if name not in (ALL, ARGUMENT)}
    sent = [(name, value) for name in sorted(read) for value in _values(read[name])]
    return "?" + urlencode([*sent, (ARGUMENT, codes)], safe=",")


def _values(meaning: Any) -> list[str]:
    """A tuple has the values as they were sent; anything else is what the view has made of them."""
    if isinstance(meaning, tuple):
        return list(meaning)
    return [] if meaning in (None, "", False) else [str(meaning)]
