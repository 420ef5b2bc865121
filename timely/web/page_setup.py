"""What every page has: the headers of a careful server, static files that may be kept, words for templates."""

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
from timely.database import session_memory
from timely.extensions import login_manager
from timely.models import User
from timely.models.ids import LARGEST_ID
from timely.presenters.no_break import whole
from timely.queries.sessions import user_of
from timely.web import cors, script_bundle
from timely.web.header_notifications import header_notices, with_notices
from timely.web.query_arguments import arguments
from timely.web.response_cache import FOR_EVERYBODY

# Scripts and styles come from this server alone; sockets go back to it.
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' {sockets}; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors {frames}"
)
# They are used on a page, whose policy counts; opened by themselves they show as text.
PARTS_OF_PAGES = ("text/css", "text/javascript")
PARTS_POLICY = "default-src 'none'; frame-ancestors 'none'"
# What a policy can name; it knows no IPv6 addresses.
NAMED_HOST = re.compile(r"[a-z0-9_.-]+(:[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
# A browser that does not know it passes it over; what Timely never asks for, nothing put into its pages may.
UNUSED = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
# What Flask says of a file, and no browser needs of a script or a style: its ETag says as much.
OF_FILES = ("Content-Disposition", "Last-Modified", "Accept-Ranges")
# For what has its own fingerprint in its address.
KEPT = "public, max-age=31536000, immutable"
# A session that was last seen so long ago is written down anew.
SEEN_AGAIN = timedelta(days=1)


class RecordId(IntegerConverter):
    """A number in an address; one that no record can have is an address that does not exist."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **{"max": LARGEST_ID, **options})


def content_policy(frame_ancestors: str = "'self'") -> str:
    """What the browser may load for a page, and which sites may put the page in a frame."""
    return CONTENT_POLICY.format(sockets=_sockets(), frames=frame_ancestors)


def _sockets() -> str:
    # To older Safaris and Firefoxes 'self' is not the same address by another scheme.
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
    """The user of a session that stands in the database, unless a page of another site uses it."""
    if cors.is_guest():
        return None
    visit = session_memory.this_visit()
    found = user_of(visit)
    if found is None or session_memory.is_over(visit):  # asked last: reading may have let a sign-out in between
        return None
    user, seen_at = found
    if user.get_id() != text:
        return None
    if now() - seen_at > SEEN_AGAIN:
        session_memory.saw(visit)
    return user


@cache
def _icon() -> str:
    """Within the page: it is smaller than the head of an answer of its own."""
    return f"data:image/svg+xml,{quote(Path(script_bundle.STATIC, 'icon.svg').read_text('utf-8').strip())}"


@cache
def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else ""


def _is_of_one_person() -> bool:
    """Whether the page is kept nowhere: on a shared laptop neither Back nor the disk shows it after signing out."""
    # As the page was drawn: nobody is looked up for this, and an answer that waited has let go of the database.
    is_somebodys = isinstance(g.get("_login_user"), User)
    return is_somebodys or request.blueprint in ("auth", "setup") or request.path.startswith("/admin/")


def _set_headers(response: Response) -> Response:
    headers = response.headers
    if response.mimetype in PARTS_OF_PAGES:
        headers["Content-Security-Policy"] = PARTS_POLICY
    else:
        if "Content-Security-Policy" not in headers:
            headers["Content-Security-Policy"] = content_policy()
            headers["X-Frame-Options"] = "SAMEORIGIN"  # for those who know no frame-ancestors
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
