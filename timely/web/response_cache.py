"""Response cache: WSGI middleware that keeps whole responses to clients without a session; any commit invalidates it.

A hit does not reach Flask; `timely/web/etags.py`, inside of it, saves the rendering. It wraps Flask directly, inside
all other middleware, so that hosts and connections are checked first.

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
from timely.limits.address_queue import AddressQueue
from timely.limits.busy_response import busy
from timely.limits.cpu_budget import Budgets, Meter
from timely.limits.opening_queue import respond_in_turn
from timely.web import access_log
from timely.web.authenticated_requests import IS_AUTHENTICATED, AuthenticatedRequests
from timely.web.cacheable_request import CacheableRequest, RequestReader
from timely.web.lru_cache import LruCache
from timely.web.single_flight import SingleFlight

# Some content is not in the database, such as this laptop's address: responses are rendered again after this time.
FRESH_SECONDS = 1.0
# Greatest age of a page for an address over its budget: what has been hidden must not stay visible for long.
STALE_SECONDS = 60.0
MAX_WAIT = 10.0
WEBSOCKETS = "/ws/"  # open for hours, and not pages
# The cost charged for a cached response, the server's own work included: far less than rendering, but not nothing.
# On a busy computer it takes longer, so a multiple of the measured look-up time is charged if that is more.
CACHED_SECONDS = 0.0003
CACHED_TIMES = 3
MAX_BYTES = 24 * 1024 * 1024
# Set by a view whose response is the same for everybody with the same arguments (`timely/web/etags.py`).
SHARED_TAG = "timely.shared_tag"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Start = Callable[..., Any]
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class StoredResponse:
    status: str
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """The cached responses to one request: the page, the 304, or both, as they were requested."""

    stamp: Hashable
    seen_at: float  # when it was last known to be current
    tag: str
    page: StoredResponse | None = None
    unchanged: StoredResponse | None = None

    def to(self, if_none_match: str | None) -> StoredResponse | None:
        return self.unchanged if if_none_match and parse_etags(if_none_match).contains_weak(self.tag) else self.page


def init_app(app: Flask) -> None:
    writes: CommitCounter = app.extensions["timely.database.commit_counter"]
    budgets = Budgets(app.config["TIMELY_DRAWING_PER_ADDRESS"] / 100)
    cache = app.extensions["timely.web.response_cache"] = ResponseCache(app, app.wsgi_app, writes, budgets)
    app.wsgi_app = cache  # type: ignore[method-assign,assignment]


class ResponseCache:
    """Responds from the cache, and passes everything else on."""

    def __init__(self, app: Flask, inner: Application, writes: CommitCounter, budgets: Budgets) -> None:
        self.inner, self.writes = inner, writes
        self.reader, self.authenticated = RequestReader(app), AuthenticatedRequests(app)
        self.budgets, self.meter, self.turns = budgets, Meter(), AddressQueue()
        self.responses: LruCache[CachedResponse] = LruCache(MAX_BYTES)
        self.flights = SingleFlight()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.inner(environ, start)
        if environ.get("PATH_INFO", "").startswith(WEBSOCKETS):
            return respond_in_turn(self.inner, environ, start)
        request = self.reader.read(environ)
        if request.is_stream:
            return respond_in_turn(self.inner, environ, start)
        # Read before rendering: a write in between makes the entry stale at once, never wrong.
        stamp = self._stamp() if request.is_anonymous else None
        if stamp is None:
            return self._pass_on(request, start)
        until, has_waited = time.monotonic() + MAX_WAIT, False
        while True:
            cached, response = self._find(request, stamp)
            if response:
                return self._send(response, request, start, has_waited=has_waited)
            if not self.budgets.has_left(request.address_key) or time.monotonic() > until:
                return self._send_stale(cached, request, start)
            body = self._render_in_turn(request, start, until, was_rendered=cached is not None)
            if body is not None:
                return body
            stamp, has_waited = self._stamp() or stamp, True

    def _find(self, request: CacheableRequest, stamp: Hashable) -> tuple[CachedResponse | None, StoredResponse | None]:
        """(the latest entry, the response that may be sent now or None)."""
        cached = self.responses.get(self.reader.key(request))
        if cached is None or cached.stamp != stamp:
            return cached, None
        is_fresh = time.monotonic() < cached.seen_at + FRESH_SECONDS or not self.budgets.has_left(request.address_key)
        return cached, cached.to(request.if_none_match) if is_fresh else None

    def _render_in_turn(
        self, request: CacheableRequest, start: Start, until: float, *, was_rendered: bool
    ) -> Iterable[bytes] | None:
        """The page, rendered now; None if another request rendered it while this one waited for its turn.

        A page that was rendered before goes first: it does not wait behind made-up addresses.
        """
        if not self.turns.acquire(request.address_key, until - time.monotonic(), is_first=was_rendered):
            return None
        try:
            stamp, key = self._stamp(), self.reader.key(request)
            if stamp is None or not self.budgets.has_left(request.address_key) or self._find(request, stamp)[1]:
                return None
            if not self.reader.is_shared(request):
                return self._render(request, start, key, stamp)
            if not self.flights.begin(key):
                self.flights.wait(key, until - time.monotonic())
                return None
            try:
                return self._render(request, start, key, stamp)
            finally:
                self.flights.end(key)
        finally:
            self.turns.release(request.address_key)

    def _stamp(self) -> Hashable | None:
        stamp = self.writes.stamp()
        return None if stamp is None else (stamp, quarter_now())

    def _send(
        self, response: StoredResponse, request: CacheableRequest, start: Start, *, has_waited: bool
    ) -> Iterable[bytes]:
        metrics.READY.inc()
        seconds = time.perf_counter() - request.began
        self._charge(request, CACHED_SECONDS if has_waited else max(CACHED_SECONDS, CACHED_TIMES * seconds))
        return self._respond(response, request, start)

    def _send_stale(self, cached: CachedResponse | None, request: CacheableRequest, start: Start) -> Iterable[bytes]:
        """The latest rendered page; if it is too old, a response that asks the client to wait a moment."""
        self._charge(request, CACHED_SECONDS)
        page = cached.page if cached and time.monotonic() < cached.seen_at + STALE_SECONDS else None
        if page is None:
            metrics.count_refusal("drawing", request.address_key)
            page = StoredResponse(*busy(is_api=request.is_api))
        else:
            metrics.RENDERED_LAST.inc()
        return self._respond(page, request, start)

    def _respond(self, response: StoredResponse, request: CacheableRequest, start: Start) -> Iterable[bytes]:
        wait = self.budgets.seconds_to_wait(request.address_key)
        if wait:
            time.sleep(wait)
        start(response.status, response.headers.copy())
        access_log.log_cached_response(request.environ, int(response.status[:3]), time.perf_counter() - request.began)
        return [] if request.is_head else [response.body]

    def _pass_on(self, request: CacheableRequest, start: Start) -> Iterable[bytes]:
        """A response for one visitor only. A visitor over budget who is not signed in gets the shared page instead."""
        if self.authenticated.is_authenticated(request.environ):
            return self.inner(request.environ, start)
        if self.turns.acquire(request.address_key, MAX_WAIT):
            meter_start = self.meter.begin()
            try:
                if self.budgets.has_left(request.address_key):
                    return self.inner(request.environ, start)
            finally:
                self._charge(request, self.meter.end(meter_start))
                self.turns.release(request.address_key)
        return self._send_stale(self.responses.get(self.reader.key(request)), request, start)

    def _render(self, request: CacheableRequest, start: Start, key: Hashable, stamp: Hashable) -> Iterable[bytes]:
        started: list[tuple[str, Headers]] = []

        def record(status: str, headers: Headers, *more: Any) -> Any:
            started.append((status, headers))
            return start(status, headers.copy(), *more)

        meter_start = self.meter.begin()
        try:
            body = self.inner(request.environ, record)
            tag = request.environ.get(SHARED_TAG) if started and is_cacheable(*started[-1]) else None
            complete = None if tag is None else joined(body)
        finally:
            self._charge(request, self.meter.end(meter_start))
        self.reader.record(request, is_shared=tag is not None)
        if tag is None or complete is None:
            if self.responses.get(key):  # the old entry is no longer the same for everybody
                self.responses.put(key, CachedResponse(stamp, 0.0, ""), 2_000)
            return self._without_body(body) if request.is_head else body
        self._store(self.reader.key(request), stamp, tag, StoredResponse(*started[-1], complete))
        return [] if request.is_head else [complete]

    def _charge(self, request: CacheableRequest, seconds: float) -> None:
        if not request.environ.get(IS_AUTHENTICATED):
            self.budgets.spend(request.address_key, seconds)
            metrics.CPU_TIME.record(request.address_key, request.pattern, seconds)

    @staticmethod
    def _without_body(body: Iterable[bytes]) -> Iterable[bytes]:
        close(body)
        return []

    def _store(self, key: Hashable, stamp: Hashable, tag: str, response: StoredResponse) -> None:
        old = self.responses.get(key)
        # The same tag means the same page, whatever else was written.
        cached = old if old and old.tag == tag else CachedResponse(stamp, 0.0, tag)
        cached = replace(cached, stamp=stamp, seen_at=time.monotonic())
        is_unchanged = response.status.startswith("304")
        cached = replace(cached, unchanged=response) if is_unchanged else replace(cached, page=response)
        self.responses.put(key, cached, len(cached.page.body) + 2_000 if cached.page else 2_000)


def is_cacheable(status: str, headers: Headers) -> bool:
    return status.startswith(("200", "304", "404")) and all(name.lower() != "set-cookie" for name, _ in headers)


def joined(body: Iterable[bytes]) -> bytes:
    try:
        return b"".join(body)
    finally:
        close(body)


def close(body: Iterable[bytes]) -> None:
    if hasattr(body, "close"):
        body.close()
