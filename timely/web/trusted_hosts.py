"""Host allow-list against DNS rebinding: a foreign name that DNS points here is refused.

Middleware and not Flask's `before_request`, because the Socket.IO handshake never reaches that.
"""

import json
import re
import socket
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from ipaddress import ip_address
from typing import Any

from flask import Flask

from timely.domain.translation import current_language, gettext

ANY = "*"
HOST = re.compile(r"(?P<name>\[[^\[\]@/\s]+\]|[^\[\]:@/\s]+)(:[0-9]{0,5})?", re.ASCII)
USUAL_PORTS = {"http": "80", "https": "443"}
LONGEST_HOST = 262  # the longest DNS name and a port
JSON_PATHS = ("/api/", "/socket.io/")
PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · Timely</title>
<style>
body {{ max-width: 560px; margin: 40px auto; padding: 0 20px; font: 16px/1.45 system-ui, sans-serif; }}
h1, p {{ overflow-wrap: break-word; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{message}</p>
</body>
</html>
"""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def init_app(app: Flask) -> None:
    """Must wrap the app after Socket.IO's middleware; request_guard and proxies go around it."""
    app.wsgi_app = HostCheck(app, app.wsgi_app)  # type: ignore[method-assign]


class HostCheck:
    """Passes on requests to a trusted host; answers all others with 400 and an explanation."""

    def __init__(self, app: Flask, inner: Application) -> None:
        self.app, self.inner = app, inner

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", "")
        # Every browser sends a Host; a client without one cannot be a victim of rebinding.
        if not host or is_trusted(host, self.app.config["TIMELY_HOST"], self.app.config["TIMELY_ALLOWED_HOSTS"]):
            return self.inner(environ, start_response)
        kind, body = _refusal(environ.get("PATH_INFO", ""), host)
        headers = [
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        start_response("400 Bad Request", headers)
        return [body]


def is_trusted(host: str, listens_on: str, allowed: Iterable[str]) -> bool:
    """Whether a `Host` header, such as `laptop.local:8000`, means this server.

    Any IP address is accepted: rebinding takes a name. *listens_on* and *allowed* are settings.
    """
    if ANY in allowed:
        return True
    found = HOST.fullmatch(host) if len(host) <= LONGEST_HOST else None
    if not found:
        return False
    name = found["name"].lower().removesuffix(".")
    if name.startswith("["):
        return _is_address(name[1:-1])
    # A name without a dot, or ending in .local, resolves in the local network only: nobody outside can point it here.
    is_of_this_network = bool(re.search("[a-z]", name)) and ("." not in name or name.endswith(".local"))
    return _is_address(name) or is_of_this_network or name in {listens_on.lower(), *allowed, *own_names()}


def canonical(host: str, scheme: str) -> str:
    """The canonical spelling of a host: `laptop.local:8000` for `Laptop.LOCAL.:8000`."""
    found = HOST.fullmatch(host) if len(host) <= LONGEST_HOST else None
    if not found:
        return host
    name, port = found["name"].lower().removesuffix("."), (found[2] or ":")[1:].lstrip("0")
    return name if port in ("", USUAL_PORTS.get(scheme, "")) else f"{name}:{port}"


def own_names() -> set[str]:
    """This computer's name without its domain, such as `laptop` and `laptop.local`, and the name in full.

    Looked up each time: a laptop that joins another network may get another name.
    """
    full = socket.gethostname().lower().removesuffix(".")
    first = full.partition(".")[0]
    return {full, first, f"{first}.local"} - {"", ".local"}


@lru_cache(maxsize=256)  # asked with each request; the clients at a venue use one or two addresses
def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _refusal(path: str, host: str) -> tuple[str, bytes]:
    shown = host if len(host) <= 80 else f"{host[:79]}…"
    message = gettext(
        "Timely does not answer to the name “%(name)s”. Use the address that its terminal shows, "
        "or add the name to the setting TIMELY_ALLOWED_HOSTS.",
        name=shown,
    )
    if path.startswith(JSON_PATHS):
        error = {"error": {"code": "unknown_host", "message": message, "fields": {}}}
        return "application/json", json.dumps(error).encode()
    title = escape(gettext("Another address, please"))
    page = PAGE.format(lang=current_language().code, title=title, message=escape(message))
    return "text/html; charset=utf-8", page.encode("utf-8", "replace")
