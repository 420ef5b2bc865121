"""Cache headers: static files with a fingerprint for a year, pages revalidated, a person's pages not stored."""

from flask import Flask, Response, g, request

from timely.models import User
from timely.web.query_arguments import arguments
from timely.web.response_cache import FOR_EVERYBODY

# Flask sets these for files; for scripts and styles the ETag suffices.
OF_FILES = ("Content-Disposition", "Last-Modified", "Accept-Ranges")
# For files with a fingerprint in their address.
KEPT = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    app.after_request(_set_headers)


def _is_of_one_person() -> bool:
    """Whether the page must not be stored: on a shared laptop neither Back nor the disk may show it after sign-out."""
    # The user as already loaded: none is loaded here, and a response that waited has released its connection.
    is_somebodys = isinstance(g.get("_login_user"), User)
    return is_somebodys or request.blueprint in ("auth", "setup") or request.path.startswith("/admin/")


def _set_headers(response: Response) -> Response:
    headers = response.headers
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
