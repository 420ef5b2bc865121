"""Security headers: content policy, framing and types, of Flask's responses and of all others."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, request

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# Scripts and styles come from this server only, and sockets connect back to it.
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' {sockets}; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors {frames}"
)
# Used within a page, whose own policy applies; opened directly they show as text.
SUBRESOURCES = ("text/css", "text/javascript")
SUBRESOURCE_POLICY = "default-src 'none'; frame-ancestors 'none'"
# What a policy can name: not IPv6 addresses.
NAMED_HOST = re.compile(r"[a-z0-9_.-]+(:[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
# Features that Timely never uses, denied to anything injected. Browsers ignore names that they do not know.
UNUSED = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
# For responses that set none themselves: such a response loads and runs nothing, and is in no frame.
DEFAULTS = (
    ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)
POLICY_HEADER = "content-security-policy"


def init_app(app: Flask) -> None:
    """Sets the headers of Flask's answers; those of Socket.IO and of refusals are set by `SecurityHeaders`."""
    app.after_request(_set_headers)


def wrap(app: Flask) -> None:
    app.wsgi_app = SecurityHeaders(app.wsgi_app)  # type: ignore[method-assign]


def content_policy(frame_ancestors: str = "'self'") -> str:
    """The Content-Security-Policy: what the page may load, and which sites may frame it."""
    return CONTENT_POLICY.format(sockets=_sockets(), frames=frame_ancestors)


def _sockets() -> str:
    # Older versions of Safari and Firefox do not let 'self' match the same host with a WebSocket scheme.
    host = request.host
    return f"ws://{host} wss://{host}" if NAMED_HOST.fullmatch(host) else "ws: wss:"


def _set_headers(response: Response) -> Response:
    headers = response.headers
    if response.mimetype in SUBRESOURCES:
        headers["Content-Security-Policy"] = SUBRESOURCE_POLICY
    else:
        if "Content-Security-Policy" not in headers:
            headers["Content-Security-Policy"] = content_policy()
            headers["X-Frame-Options"] = "SAMEORIGIN"  # for browsers without frame-ancestors
        headers.setdefault("Permissions-Policy", UNUSED)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    return response


class SecurityHeaders:
    """Adds the headers that a response lacks. Flask's responses have them all (`_set_headers`)."""

    def __init__(self, inner: Application) -> None:
        self.inner = inner

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            given = {name.lower() for name, _ in headers}
            if POLICY_HEADER not in given:
                headers = [*headers, *((name, value) for name, value in DEFAULTS if name.lower() not in given)]
            return start_response(status, headers, *more)

        return self.inner(environ, start)
