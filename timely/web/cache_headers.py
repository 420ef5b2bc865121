"""Cache headers: static files with a fingerprint for a year, pages revalidated, a person's pages not stored."""

from flask import Flask, Response, g, request

from timely.models import User
from timely.web.query_arguments import arguments
from timely.web.response_cache import SHARED_TAG

# Flask sets these for files; for scripts and styles the ETag suffices.
FILE_HEADERS = ("Content-Disposition", "Last-Modified", "Accept-Ranges")
# For files with a fingerprint in their address.
IMMUTABLE = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    app.after_request(_set_headers)


def _is_personal() -> bool:
    """Whether the page must not be stored: on a shared laptop neither Back nor the disk may show it after sign-out."""
    # The user as already loaded: none is loaded here, and a response that waited has released its connection.
    is_signed_in = isinstance(g.get("_login_user"), User)
    return is_signed_in or request.blueprint in ("auth", "setup") or request.path.startswith("/admin/")


def _set_headers(response: Response) -> Response:
    headers = response.headers
    if request.endpoint == "static":
        has_fingerprint = "v" in request.args
        arguments().set_meaning("v", has_fingerprint)
        headers["Cache-Control"] = IMMUTABLE if has_fingerprint else "no-cache"
        tag, _ = response.get_etag()
        if tag:
            request.environ[SHARED_TAG] = tag
        for name in FILE_HEADERS:
            headers.remove(name)
    elif "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store" if _is_personal() else "no-cache"
    return response
