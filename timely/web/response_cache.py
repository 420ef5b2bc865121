"""Response cache: WSGI middleware that keeps whole answers to visitors without a session; any commit invalidates it.

It saves Flask's way through a request; `timely/web/etags.py`, inside of it, saves the rendering. It stands around
Flask and inside all other middleware, so that hosts and connections are checked first.

A page that is not cached is rendered once at a time, at the cost of the address that asks. An address that has spent
its budget of processor time gets the page that was rendered last.
"""

import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask
from werkzeug.http import parse_etags

from timely import metrics
from timely.clock import quarter_now
from timely.database.commit_counter import CommitCounter
from timely.extensions import db
from timely.limits.address_queue import AddressQueue
from timely.limits.busy_response import busy
from timely.limits.cpu_budget import Budgets, Meter
from timely.limits.opening_queue import respond_in_turn
from timely.web import access_log
from timely.web.authenticated_requests import BY_A_PERSON, AuthenticatedRequests
from timely.web.cacheable_request import CacheableRequest, RequestReader
from timely.web.lru_cache import LruCache
from timely.web.single_flight import SingleFlight

# Some content is not in the database, such as this laptop's address: responses are rendered again after this time.
FRESH_SECONDS = 1.0
# Greatest age of a page for an address over its budget: what has been hidden must not stay visible for long.
STALE_SECONDS = 60.0
LONGEST_FLIGHT = 10.0
WEBSOCKETS = "/ws/"  # open for hours, and not pages
# The cost charged for a cached response, the server's own work included: far less than rendering, but not nothing.
# On a busy computer it takes longer, so a multiple of the measured look-up time is charged if that is more.
READY_SECONDS = 0.0003
READY_TIMES = 3
MOST_BYTES = 24 * 1024 * 1024
# Set by a view whose response is the same for everybody with the same arguments (`timely/web/etags.py`).
FOR_EVERYBODY = "timely.for_everybody"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Start = Callable[..., Any]
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """The cached responses to one request: the page, the 304, or both, as they were asked for."""

    stamp: Hashable
    seen_at: float  # when it was last known to be current
    tag: str
    page: Answer | None = None
    unchanged: Answer | None = None

    def to(self, if_none_match: str | None) -> Answer | None:
        return self.unchanged if if_none_match and parse_etags(if_none_match).contains_weak(self.tag) else self.page


def init_app(app: Flask) -> None:
    with app.app_context():
        writes = app.extensions["timely.database.commit_counter"] = CommitCounter(db.engine)
    budgets = Budgets(app.config["TIMELY_DRAWING_PER_ADDRESS"] / 100)
    shelf = app.extensions["timely.web.response_cache"] = ResponseCache(app, app.wsgi_app, writes, budgets)
    app.wsgi_app = shelf  # type: ignore[method-assign,assignment]


class ResponseCache:
    """Answers from the cache, and passes everything else on."""

    def __init__(self, app: Flask, inner: Application, writes: CommitCounter, budgets: Budgets) -> None:
        self.inner, self.writes = inner, writes
        self.reader, self.people = RequestReader(app), AuthenticatedRequests(app)
        self.budgets, self.meter, self.turns = budgets, Meter(), AddressQueue()
        self.ready: LruCache[CachedResponse] = LruCache(MOST_BYTES)
        self.flights = SingleFlight()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.inner(environ, start)
        if environ.get("PATH_INFO", "").startswith(WEBSOCKETS):
            return respond_in_turn(self.inner, environ, start)
        asked = self.reader.read(environ)
        if asked.is_endless:
            return respond_in_turn(self.inner, environ, start)
        # Read before rendering: a write in between makes the entry stale at once, never wrong.
        stamp = self._stamp() if asked.is_anybody else None
        if stamp is None:
            return self._ask_for_one(asked, start)
        until, has_waited = time.monotonic() + LONGEST_FLIGHT, False
        while True:
            ready, answer = self._look(asked, stamp)
            if answer:
                return self._send(answer, asked, start, has_waited=has_waited)
            if not self.budgets.has_left(asked.who) or time.monotonic() > until:
                return self._send_old(ready, asked, start)
            body = self._draw(asked, start, until, was_drawn=ready is not None)
            if body is not None:
                return body
            stamp, has_waited = self._stamp() or stamp, True

    def _look(self, asked: CacheableRequest, stamp: Hashable) -> tuple[CachedResponse | None, Answer | None]:
        """(the latest entry, the response that may be sent now or None)."""
        ready = self.ready.get(self.reader.key(asked))
        if ready is None or ready.stamp != stamp:
            return ready, None
        is_fresh = time.monotonic() < ready.seen_at + FRESH_SECONDS or not self.budgets.has_left(asked.who)
        return ready, ready.to(asked.tags) if is_fresh else None

    def _draw(self, asked: CacheableRequest, start: Start, until: float, *, was_drawn: bool) -> Iterable[bytes] | None:
        """The page, rendered now; None if another request rendered it while this one waited for its turn.

        A page that was rendered before goes first: it does not wait behind made-up addresses.
        """
        if not self.turns.acquire(asked.who, until - time.monotonic(), is_first=was_drawn):
            return None
        try:
            stamp, key = self._stamp(), self.reader.key(asked)
            if stamp is None or not self.budgets.has_left(asked.who) or self._look(asked, stamp)[1]:
                return None
            if not self.reader.is_shared(asked):
                return self._ask(asked, start, key, stamp)
            if not self.flights.begin(key):
                self.flights.wait(key, until - time.monotonic())
                return None
            try:
                return self._ask(asked, start, key, stamp)
            finally:
                self.flights.end(key)
        finally:
            self.turns.release(asked.who)

    def _stamp(self) -> Hashable | None:
        stamp = self.writes.stamp()
        return None if stamp is None else (stamp, quarter_now())

    def _send(self, answer: Answer, asked: CacheableRequest, start: Start, *, has_waited: bool) -> Iterable[bytes]:
        metrics.READY.inc()
        seconds = time.perf_counter() - asked.began
        self._pay(asked, READY_SECONDS if has_waited else max(READY_SECONDS, READY_TIMES * seconds))
        return self._hand_over(answer, asked, start)

    def _send_old(self, ready: CachedResponse | None, asked: CacheableRequest, start: Start) -> Iterable[bytes]:
        """The latest rendered page; if it is too old, a response that asks the client to wait a moment."""
        self._pay(asked, READY_SECONDS)
        page = ready.page if ready and time.monotonic() < ready.seen_at + STALE_SECONDS else None
        if page is None:
            metrics.count_refusal("drawing", asked.who)
            page = Answer(*busy(is_api=asked.is_api))
        else:
            metrics.RENDERED_LAST.inc()
        return self._hand_over(page, asked, start)

    def _hand_over(self, answer: Answer, asked: CacheableRequest, start: Start) -> Iterable[bytes]:
        wait = self.budgets.seconds_to_wait(asked.who)
        if wait:
            time.sleep(wait)
        start(answer.status, answer.headers.copy())
        access_log.log_cached_response(asked.environ, int(answer.status[:3]), time.perf_counter() - asked.began)
        return [] if asked.is_head else [answer.body]

    def _ask_for_one(self, asked: CacheableRequest, start: Start) -> Iterable[bytes]:
        """A response for one visitor only. A visitor over budget who is not signed in gets the shared page instead."""
        if self.people.is_one(asked.environ):
            return self.inner(asked.environ, start)
        if self.turns.acquire(asked.who, LONGEST_FLIGHT):
            mark = self.meter.begin()
            try:
                if self.budgets.has_left(asked.who):
                    return self.inner(asked.environ, start)
            finally:
                self._pay(asked, self.meter.end(mark))
                self.turns.release(asked.who)
        return self._send_old(self.ready.get(self.reader.key(asked)), asked, start)

    def _ask(self, asked: CacheableRequest, start: Start, key: Hashable, stamp: Hashable) -> Iterable[bytes]:
        said: list[tuple[str, Headers]] = []

        def note(status: str, headers: Headers, *more: Any) -> Any:
            said.append((status, headers))
            return start(status, headers.copy(), *more)

        mark = self.meter.begin()
        try:
            body = self.inner(asked.environ, note)
            tag = asked.environ.get(FOR_EVERYBODY) if said and may_be_kept(*said[-1]) else None
            whole = None if tag is None else joined(body)
        finally:
            self._pay(asked, self.meter.end(mark))
        self.reader.note(asked, is_shared=tag is not None)
        if tag is None or whole is None:
            if self.ready.get(key):  # the old entry is no longer the same for everybody
                self.ready.put(key, CachedResponse(stamp, 0.0, ""), 2_000)
            return self._without_body(body) if asked.is_head else body
        self._keep(self.reader.key(asked), stamp, tag, Answer(*said[-1], whole))
        return [] if asked.is_head else [whole]

    def _pay(self, asked: CacheableRequest, seconds: float) -> None:
        if not asked.environ.get(BY_A_PERSON):
            self.budgets.spend(asked.who, seconds)
            metrics.CPU_TIME.record(asked.who, asked.words, seconds)

    @staticmethod
    def _without_body(body: Iterable[bytes]) -> Iterable[bytes]:
        close(body)
        return []

    def _keep(self, key: Hashable, stamp: Hashable, tag: str, answer: Answer) -> None:
        old = self.ready.get(key)
        # The same tag means the same page, whatever else was written.
        ready = old if old and old.tag == tag else CachedResponse(stamp, 0.0, tag)
        ready = replace(ready, stamp=stamp, seen_at=time.monotonic())
        is_unchanged = answer.status.startswith("304")
        ready = replace(ready, unchanged=answer) if is_unchanged else replace(ready, page=answer)
        self.ready.put(key, ready, len(ready.page.body) + 2_000 if ready.page else 2_000)


def may_be_kept(status: str, headers: Headers) -> bool:
    return status.startswith(("200", "304", "404")) and all(name.lower() != "set-cookie" for name, _ in headers)


def joined(body: Iterable[bytes]) -> bytes:
    try:
        return b"".join(body)
    finally:
        close(body)


def close(body: Iterable[bytes]) -> None:
    if hasattr(body, "close"):
        body.close()
