"""A page request as parsed before it reaches the app, and its cache key."""

import time
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask
from werkzeug.datastructures import Accept, MultiDict
from werkzeug.http import parse_accept_header

from timely.limits.client_address import rate_limit_key
from timely.web.cors import SETTING, is_allowed
from timely.web.language_choice import chosen_code
from timely.web.lru_cache import LruCache
from timely.web.query_arguments import ALL, arguments_in
from timely.web.route_lookup import Route, Routes
from timely.web.trusted_hosts import canonical

LONGEST_ENCODINGS = 200
MAX_BYTES = 1_000_000
# Requests that stay open as long as the client wants.
STREAMS = "stream."
API_PATHS = ("/api/", "/healthz")


@dataclass(frozen=True)
class CacheableRequest:
    """`environ` is what the app is given, with the Host and Accept-Encoding headers normalised."""

    environ: dict[str, Any]
    route: Route | None  # None if answered by a redirect, or not at all
    address_key: str  # the address whose budget is charged
    is_anonymous: bool  # nothing in it identifies a user
    is_head: bool
    began: float = field(default_factory=time.perf_counter)

    @property
    def pattern(self) -> str:
        return self.route.pattern if self.route else "redirects"

    @property
    def if_none_match(self) -> str | None:
        return self.environ.get("HTTP_IF_NONE_MATCH")

    @property
    def is_stream(self) -> bool:
        return self.route is not None and self.route.endpoint.startswith(STREAMS)

    @property
    def is_api(self) -> bool:
        return bool(self.environ.get("PATH_INFO", "").startswith(API_PATHS))


class RequestReader:
    """Parses requests, and remembers per route which arguments its view read: the response depends on no others."""

    def __init__(self, app: Flask) -> None:
        self._routes = Routes(app)
        self._cookie = f"{app.config['SESSION_COOKIE_NAME']}="
        self._origins: tuple[str, ...] = app.config.get(SETTING, ())
        # The names of the arguments; None for a route whose responses are for one visitor each.
        self._names: LruCache[tuple[frozenset[str] | None]] = LruCache(MAX_BYTES)

    def read(self, given: dict[str, Any]) -> CacheableRequest:
        route, is_head = self._routes.find(given), given["REQUEST_METHOD"] == "HEAD"
        is_anonymous = route is not None and not (
            self._cookie in given.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in given or "HTTP_RANGE" in given
        )
        environ = {**given, "HTTP_ACCEPT_ENCODING": encoding(given.get("HTTP_ACCEPT_ENCODING", "")[:LONGEST_ENCODINGS])}
        if "HTTP_HOST" in given:
            environ["HTTP_HOST"] = canonical(given["HTTP_HOST"], given.get("wsgi.url_scheme", "http"))
        if is_anonymous:
            environ["REQUEST_METHOD"] = "GET"  # the body of a HEAD response is dropped by the caller
        return CacheableRequest(environ, route, rate_limit_key(given.get("REMOTE_ADDR")), is_anonymous, is_head)

    def key(self, request: CacheableRequest) -> Hashable:
        """Everything besides the database that the response may depend on."""
        environ, route = request.environ, request.route
        names = self._known(route)
        return (
            environ.get("wsgi.url_scheme"),
            environ.get("HTTP_HOST"),
            environ.get("SCRIPT_NAME"),
            route and route[:2],
            sent_values(environ.get("QUERY_STRING", ""), names) if names else (),
            environ["HTTP_ACCEPT_ENCODING"],
            chosen_code(environ),
            self._origin(request),
        )

    def record(self, request: CacheableRequest, *, is_shared: bool) -> None:
        """Records whether the response is shared by all who send the same arguments, or for one visitor only."""
        names = frozenset(arguments_in(request.environ))
        is_shared = is_shared and ALL not in names
        size = 400 + len(str(request.route)) + 60 * len(names)
        self._names.put(request.route, (names if is_shared else None,), size)

    def is_shared(self, request: CacheableRequest) -> bool:
        """Whether the response is the same for everybody, as far as known; True for a route that was never rendered."""
        found = self._names.get(request.route)
        return found is None or found[0] is not None

    def _known(self, route: Route | None) -> frozenset[str]:
        found = self._names.get(route)
        return (found[0] if found else None) or frozenset()

    def _origin(self, request: CacheableRequest) -> str | None:
        origin: str | None = request.environ.get("HTTP_ORIGIN") if request.is_api and self._origins else None
        return origin if origin and is_allowed(origin, self._origins) else None


def sent_values(query: str, names: frozenset[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The values that were sent under *names*, decoded as the app decodes them."""
    found = MultiDict(parse_qsl(query, keep_blank_values=True, errors="werkzeug.url_quote"))
    return tuple((name, tuple(found.getlist(name))) for name in sorted(names) if name in found)


@lru_cache(maxsize=256)
def encoding(header: str) -> str:
    """The supported content coding if the client accepts it, else ""."""
    return "gzip" if parse_accept_header(header, Accept)["gzip"] > 0 else ""
