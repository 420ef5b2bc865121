"""Cache headers of pages: revalidated, and a person's pages not stored. Those of files: static_files.py."""

from flask import Flask, Response, g, request

from timely.models import User


def init_app(app: Flask) -> None:
    app.after_request(_set_headers)


def _is_personal() -> bool:
    """Whether the page must not be stored: on a shared laptop neither Back nor the disk may show it after sign-out."""
    # The user as already loaded: none is loaded here, and a response that waited has released its connection.
    is_signed_in = isinstance(g.get("_login_user"), User)
    return is_signed_in or request.blueprint in ("auth", "setup") or request.path.startswith("/admin/")


def _set_headers(response: Response) -> Response:
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if _is_personal() else "no-cache"
    return response
