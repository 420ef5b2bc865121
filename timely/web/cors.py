"""CORS and frame origins: which other sites may read, follow and frame public data (TIMELY_EMBED_ORIGINS)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

SETTING = "TIMELY_EMBED_ORIGINS"
READS = ("GET", "HEAD", "OPTIONS")
PREFLIGHT_SECONDS = "600"


def init_app(app: Flask) -> None:
    app.after_request(_allow_reading)


def embed_origins() -> tuple[str, ...]:
    origins: tuple[str, ...] = current_app.config.get(SETTING, ())
    return origins


def is_allowed(origin: str, origins: tuple[str, ...]) -> bool:
    """Whether the organiser has listed the origin."""
    return "*" in origins or origin.lower() in origins


def frame_ancestors() -> str:
    """The sources for the content policy's `frame-ancestors` on embedded pages."""
    return " ".join(["'self'", *embed_origins()])


def rule_for_sockets(app: Flask) -> Callable[..., bool] | None:
    """The origin check for Socket.IO; None for its default, same origin only."""
    origins: tuple[str, ...] = app.config.get(SETTING, ())
    if not origins:
        return None

    def may_connect(origin: str | None, environ: dict[str, Any]) -> bool:
        return origin is not None and (is_allowed(origin, origins) or is_same_origin(origin, environ))

    return may_connect


def is_same_origin(origin: str, environ: dict[str, Any]) -> bool:
    """Whether the page came from the host that the request is for; behind a proxy, from the forwarded host."""
    forwarded_host = environ.get("HTTP_X_FORWARDED_HOST", "").split(",")[0].strip()
    return urlsplit(origin).netloc in {environ.get("HTTP_HOST"), forwarded_host} - {None, ""}


def is_cross_site_socket() -> bool:
    """Whether it is a socket opened by a listed site: browsers send our cookie with it, but it must be ignored."""
    origin = request.headers.get("Origin")
    is_socket = request.path.startswith(("/ws/", "/socket.io/"))
    return is_socket and origin is not None and bool(embed_origins()) and not is_same_origin(origin, request.environ)


def _allow_reading(response: Response) -> Response:
    """Lets listed origins read public data. Without credentials, and without writes."""
    if not (request.path.startswith("/api/") or request.path == "/healthz"):
        return response
    origins = embed_origins()
    if not origins:
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin and request.method in READS and is_allowed(origin, origins):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "ETag"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
            response.headers["Access-Control-Allow-Headers"] = "If-None-Match, Last-Event-ID"
            response.headers["Access-Control-Max-Age"] = PREFLIGHT_SECONDS
    return response
