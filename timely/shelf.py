"""Whole answers for everybody, ready to be sent again while nothing has been written to the database.

A page is drawn once per version and not once per visitor (`timely/conditional.py`); what stands here is not even asked
for in Flask. It stands around Flask and inside everything else, so hosts and sockets are checked before it.
"""

import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask
from werkzeug.http import parse_etags

from timely import figures, requests_seen
from timely.clock import quarter_now
from timely.extensions import db
from timely.kept import Kept
from timely.writes import Writes

# What is in no database, such as the address of this laptop, is asked for anew so often.
FRESH_SECONDS = 1.0
MOST_BYTES = 24 * 1024 * 1024
# The view says that its answer is the same for everybody who asks with the same words (`timely/conditional.py`).
FOR_EVERYBODY = "timely.for_everybody"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Ready:
    """What was answered to one request: the page itself, or that it has not changed, or both as they were asked for."""

    stamp: Hashable
    until: float
    tag: str
    page: Answer | None = None
    unchanged: Answer | None = None

    def to(self, if_none_match: str | None) -> Answer | None:
        return self.unchanged if if_none_match and parse_etags(if_none_match).contains_weak(self.tag) else self.page


def init_app(app: Flask) -> None:
    with app.app_context():
        writes = app.extensions["timely.writes"] = Writes(db.engine)
    app.wsgi_app = Shelf(app.wsgi_app, writes)  # type: ignore[method-assign]


class Shelf:
    """Answers what it has ready, and hands everything else on."""

    def __init__(self, inner: Application, writes: Writes) -> None:
        self.inner, self.writes = inner, writes
        self.ready: Kept[Ready] = Kept(MOST_BYTES)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began, key = time.perf_counter(), key_of(environ)
        # Read before the page is made: what is written in between makes the answer old, never wrong.
        stamp = self.writes.stamp() if key else None
        if key is None or stamp is None:
            return self.inner(environ, start_response)
        stamp = (stamp, quarter_now())
        ready = self.ready.get(key)
        if ready and ready.stamp == stamp and time.monotonic() < ready.until:
            answer = ready.to(environ.get("HTTP_IF_NONE_MATCH"))
            if answer:
                figures.READY.inc()
                start_response(answer.status, answer.headers.copy())
                requests_seen.saw_ready(environ, int(answer.status[:3]), time.perf_counter() - began)
                return [answer.body]
        return self._ask(environ, start_response, key, stamp)

    def _ask(
        self, environ: dict[str, Any], start_response: Callable[..., Any], key: Hashable, stamp: Hashable
    ) -> Iterable[bytes]:
        said: list[tuple[str, Headers]] = []

        def note(status: str, headers: Headers, *more: Any) -> Any:
            said.append((status, headers))
            return start_response(status, headers.copy(), *more)

        body = self.inner(environ, note)
        tag = environ.get(FOR_EVERYBODY)
        if tag is None or not said or any(name.lower() == "set-cookie" for name, _ in said[-1][1]):
            return body
        try:
            whole = b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        self._keep(key, stamp, tag, Answer(*said[-1], whole))
        return [whole]

    def _keep(self, key: Hashable, stamp: Hashable, tag: str, answer: Answer) -> None:
        old = self.ready.get(key)
        if old is None or old.stamp != stamp or old.tag != tag:
            old = Ready(stamp, 0.0, tag)
        ready = replace(old, until=time.monotonic() + FRESH_SECONDS)
        if answer.status.startswith("200"):
            ready = replace(ready, page=answer)
        elif answer.status.startswith("304"):
            ready = replace(ready, unchanged=answer)
        else:
            return
        self.ready.put(key, ready, len(ready.page.body) + 2_000 if ready.page else 2_000)


def key_of(environ: dict[str, Any]) -> Hashable | None:
    """All that an answer may depend on beside the database; None for a request that is of one person alone.

    Whoever has a cookie or a token may be anybody, and a word in the address (`key`) opens what is private.
    """
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_COOKIE" in environ or "HTTP_AUTHORIZATION" in environ:
        return None
    query = environ.get("QUERY_STRING", "")
    if "key=" in query:
        return None
    return (
        environ.get("wsgi.url_scheme"),
        environ.get("HTTP_HOST"),
        environ.get("SCRIPT_NAME"),
        environ.get("PATH_INFO"),
        query,
        environ.get("HTTP_ACCEPT_ENCODING"),
        environ.get("HTTP_ORIGIN"),
    )
