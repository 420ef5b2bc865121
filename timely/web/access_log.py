"""Request timing for the metrics, and an access log line at level INFO."""

import logging
import time
from typing import Any

from flask import Flask, Response, g, request

from timely.logs import FIELDS
from timely.metrics import REQUEST_SECONDS

log = logging.getLogger("timely.requests")

STARTED = "timely.started"
# Requests that stay open as long as the client wants: their duration says nothing about the server.
STREAMS = ("stream.",)

_timers: dict[tuple[str, int], Any] = {}


def init_app(app: Flask) -> None:
    """Must be registered first, so that the measured time includes all other before- and after-request work."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    request.environ[STARTED] = time.perf_counter()


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - request.environ.get(STARTED, time.perf_counter())
    endpoint = request.endpoint or ""
    if not endpoint.startswith(STREAMS):
        _count(_kind(endpoint), response.status_code, seconds)
    if log.isEnabledFor(logging.INFO):
        _write_line(response, seconds)
    return response


def log_cached_response(environ: dict[str, Any], status: int, seconds: float) -> None:
    """Counts and logs a response that did not reach Flask (`timely/web/response_cache.py`)."""
    path = environ.get("PATH_INFO", "")
    _count("api" if path.startswith("/api/") else "page", status, seconds)
    if log.isEnabledFor(logging.INFO):
        fields = {"method": "GET", "path": path, "status": status, "ms": round(seconds * 1000, 1)}
        fields |= {"event": "request", "user": None, "address": environ.get("REMOTE_ADDR")}
        log.info("GET %s %s", path, status, extra={FIELDS: fields})


def _count(kind: str, status: int, seconds: float) -> None:
    key = (kind, status // 100)
    timer = _timers.get(key)
    if timer is None:
        timer = _timers[key] = REQUEST_SECONDS.labels(kind, f"{status // 100}xx")
    timer.observe(seconds)


def _kind(endpoint: str) -> str:
    if endpoint == "static":
        return "static"
    return "api" if endpoint.startswith("api.") else "page"


def _write_line(response: Response, seconds: float) -> None:
    # The user as already loaded: loading it here would read the session and make every page vary by cookie.
    user = g.get("_login_user")
    fields = {
        "event": "request",
        "method": request.method,
        "path": request.path,  # without the query, which may hold a private event's key
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "user": getattr(user, "id", None),
        "address": request.remote_addr,
    }
    log.info("%s %s %s", request.method, request.path, response.status_code, extra={FIELDS: fields})
