"""Security headers, static file caching, the user loader, and what all templates share."""

import hashlib
import re
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, g, request, url_for
from flask_login import AnonymousUserMixin
from werkzeug.routing import IntegerConverter

from launch.say import START
from timely import access
from timely.clock import now
from timely.extensions import login_manager
from timely.models import User
from timely.models.ids import LARGEST_ID
from timely.presenters.no_break import whole
from timely.queries.sessions import user_of
from timely.web import cors, login_sessions, script_bundle
from timely.web.header_notifications import header_notices, with_notices
from timely.web.query_arguments import arguments
from timely.web.response_cache import FOR_EVERYBODY

# Scripts and styles come from this server only, and sockets connect back to it.
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' {sockets}; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors {frames}"
)
# Used within a page, whose own policy applies; opened directly they show as text.
PARTS_OF_PAGES = ("text/css", "text/javascript")
PARTS_POLICY = "default-src 'none'; frame-ancestors 'none'"
# What a policy can name: not IPv6 addresses.
NAMED_HOST = re.compile(r"[a-z0-9_.-]+(:[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
# Features that Timely never uses, denied to anything injected. Browsers ignore names that they do not know.
UNUSED = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
# Flask sets these for files; for scripts and styles the ETag suffices.
OF_FILES = ("Content-Disposition", "Last-Modified", "Accept-Ranges")
# For files with a fingerprint in their address.
KEPT = "public, max-age=31536000, immutable"
# The last-seen time of a session is saved again once it is older than this.
SEEN_AGAIN = timedelta(days=1)


class RecordId(IntegerConverter):
    """Integer in a path; one that no record can have does not match, so it is a 404."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **{"max": LARGEST_ID, **options})


def content_policy(frame_ancestors: str = "'self'") -> str:
    """The Content-Security-Policy: what the page may load, and which sites may frame it."""
    return CONTENT_POLICY.format(sockets=_sockets(), frames=frame_ancestors)


def _sockets() -> str:
    # Older versions of Safari and Firefox do not let 'self' match the same host with a WebSocket scheme.
    host = request.host
    return f"ws://{host} wss://{host}" if NAMED_HOST.fullmatch(host) else "ws: wss:"


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RecordId
    login_manager.user_loader(_load_user)
    login_manager.anonymous_user = AnonymousUserMixin
    app.after_request(_set_headers)
    static_folder = Path(app.static_folder or "")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["whole"] = whole

    @app.context_processor
    def words() -> dict[str, Any]:
        return {
            "static": lambda name: url_for("static", filename=name, v=_fingerprint(static_folder / name)),
            "live_script": lambda: url_for("embed.own_script", v=script_bundle.fingerprint(script_bundle.OF_PAGES)),
            "icon": _icon,
            "start": START,
            "may": access,
            "header_notices": header_notices,
            "with_notices": with_notices,
        }


def _load_user(text: str) -> User | None:
    """The user of a session that the database has; None on a socket opened by another site (`cors.is_guest`)."""
    if cors.is_guest():
        return None
    visit = login_sessions.this_visit()
    found = user_of(visit)
    if found is None or login_sessions.is_over(visit):  # last, because a sign-out may happen during the read
        return None
    user, seen_at = found
    if user.get_id() != text:
        return None
    if now() - seen_at > SEEN_AGAIN:
        login_sessions.saw(visit)
    return user


@cache
def _icon() -> str:
    """Inlined: it is smaller than the headers of a response of its own."""
    return f"data:image/svg+xml,{quote(Path(script_bundle.STATIC, 'icon.svg').read_text('utf-8').strip())}"


@cache
def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else ""


def _is_of_one_person() -> bool:
    """Whether the page must not be stored: on a shared laptop neither Back nor the disk may show it after sign-out."""
    # The user as already loaded: none is loaded here, and a response that waited has released its connection.
    is_somebodys = isinstance(g.get("_login_user"), User)
    return is_somebodys or request.blueprint in ("auth", "setup") or request.path.startswith("/admin/")


def _set_headers(response: Response) -> Response:
    headers = response.headers
    if response.mimetype in PARTS_OF_PAGES:
        headers["Content-Security-Policy"] = PARTS_POLICY
    else:
        if "Content-Security-Policy" not in headers:
            headers["Content-Security-Policy"] = content_policy()
            headers["X-Frame-Options"] = "SAMEORIGIN"  # for browsers without frame-ancestors
        headers.setdefault("Permissions-Policy", UNUSED)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    if request.endpoint == "static":
        has_fingerprint = "v" in request.args
        arguments().means("v", has_fingerprint)
        headers["Cache-Control"] = KEPT if has_fingerprint else "no-cache"
        tag, _ = response.get_etag()
        if tag:
            request.environ[FOR_EVERYBODY] = tag
        for name in OF_FILES:
            headers.remove(name)
    elif "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store" if _is_of_one_person() else "no-cache"
    return response
