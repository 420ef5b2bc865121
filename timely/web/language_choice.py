"""Choice of a request's language: by its address, a cookie, the account, the browser, the event, the installation.

The first and second and the browser's are known before Flask is asked, and the response cache keys its pages by what
they come to. The account's is found with the person, and the event's where the event is (`use_event_language`).
An API read, a stream and a display are not a person's: there the browser and the cookie do not count. The address of
a display may name two languages, which it shows in turn: `?lang=de,fr`, and `?lang=fr,de` when it is the other's.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

from flask import Flask, Response, g, request
from flask_login import current_user
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import dump_cookie, parse_accept_header

from timely import access
from timely.domain.translation import Language, current_language, set_language
from timely.languages.available import EXTENSION, Languages, languages
from timely.models.read_only import EventView
from timely.services import people

COOKIE = "timely_language"
ARGUMENT = "lang"
CHOICE = "timely.language"
YEAR = 365 * 24 * 3600
LONGEST_HEADER = 300
DISPLAYS = "/display/"
# Of the address of a display so many names are read, and the first two that are known count.
MOST_NAMES = 20
# In their own order of preference: what a program or a screen asks for, and not the browser that it runs in.
NOT_A_PERSON = ("/api/", "/ws/", "/socket.io/", "/healthz", "/metrics", DISPLAYS)
# A page in another site's frame: its visitor's browser counts, but nothing is kept for other pages.
KEEPS_NOTHING = ("/embed/",)
IN_COOKIE = re.compile(rf"(?:^|;\s*){COOKIE}=([A-Za-z0-9-]{{1,35}})")

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Choice:
    """`language` is None where account, event or installation decide. `by` is "address", "cookie", "browser" or "".

    `other` is the language that a display shows in turn with it.
    """

    language: Language | None
    by: str
    other: Language | None = None


def wrap(app: Flask) -> None:
    app.wsgi_app = LanguageChoice(app.wsgi_app, app.extensions[EXTENSION])  # type: ignore[method-assign]


def add_hooks(app: Flask) -> None:
    app.before_request(_use_account_language)
    app.after_request(_set_headers)


class LanguageChoice:
    """Middleware that sets the language for all that answers inside of it, and keeps what an address chose."""

    def __init__(self, inner: Application, known: Languages) -> None:
        self.inner, self.known = inner, known

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        choice = environ[CHOICE] = choose(environ, self.known)
        set_language(choice.language or self.known.default)
        path = environ.get("PATH_INFO", "")
        if choice.by != "address" or choice.language is None or path.startswith((*NOT_A_PERSON, *KEEPS_NOTHING)):
            return self.inner(environ, start_response)
        cookie = dump_cookie(COOKIE, choice.language.code, max_age=YEAR, path="/", samesite="Lax")

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [*headers, ("Set-Cookie", cookie)], *more)

        return self.inner(environ, start)


def choose(environ: dict[str, Any], known: Languages) -> Choice:
    """The language of the request as far as the request says it; what it names and is not known does not count."""
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if f"{ARGUMENT}=" in query:
        asked = parse_qs(query, max_num_fields=1_000).get(ARGUMENT, [""]) if query.count("&") < 1_000 else [""]
        names = ",".join(asked[:MOST_NAMES]).split(",")[:MOST_NAMES] if path.startswith(DISPLAYS) else asked[-1:]
        found = list(dict.fromkeys(language for name in names if (language := known.find(name)) is not None))
        if found:
            return Choice(found[0], "address", found[1] if len(found) > 1 else None)
    if path.startswith(NOT_A_PERSON):
        return Choice(None, "")
    cookie = IN_COOKIE.search(environ.get("HTTP_COOKIE", ""))
    if cookie and (language := known.find(cookie[1])) is not None:
        return Choice(language, "cookie")
    code = accepted(environ.get("HTTP_ACCEPT_LANGUAGE", "")[:LONGEST_HEADER], tuple(known.by_code))
    return Choice(known.by_code[code], "browser") if code else Choice(None, "")


@lru_cache(maxsize=1_024)
def accepted(header: str, codes: tuple[str, ...]) -> str:
    """The code that the Accept-Language header prefers; "" if it names none of them."""
    found = parse_accept_header(header, LanguageAccept)
    # Werkzeug would let "de-AT, fr" come to fr, since de stands in neither; a reader of de-AT reads de.
    for value, quality in found:
        code = value.replace("_", "-").lower().partition("-")[0]
        if quality > 0 and (code in codes or value.lower() in codes):
            return value.lower() if value.lower() in codes else code
    return ""


def chosen(environ: dict[str, Any]) -> Choice:
    found: Choice = environ.get(CHOICE) or Choice(None, "")
    return found


def chosen_code(environ: dict[str, Any]) -> str:
    """The code of the language that the request says; "" if it leaves that to the account, event or installation.

    Of a display in two languages those of both, the one that is shown first: "de,fr".
    """
    choice = chosen(environ)
    return ",".join(language.code for language in (choice.language, choice.other) if language)


def use_event_language(event: EventView) -> None:
    """Makes the event's language the request's, if neither the request nor the account has said one."""
    if chosen(request.environ).language is None and "account_language" not in g:
        set_language(languages().get(event.language))


def _use_account_language() -> None:
    choice = chosen(request.environ)
    if choice.by == "cookie" or request.path.startswith(NOT_A_PERSON) or not access.is_signed_in(current_user):
        return
    if choice.by == "address":
        if choice.language and choice.language.code != current_user.language:
            people.choose_language(current_user, choice.language.code)
        return
    language = languages().find(current_user.language)
    if language is not None:
        g.account_language = language
        set_language(language)


def _set_headers(response: Response) -> Response:
    if response.mimetype in ("text/html", "application/json", "text/plain"):
        response.headers.setdefault("Content-Language", current_language().code)
    return response
