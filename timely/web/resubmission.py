"""Forms that came without a valid session: shown again on a page that asks to sign in and to resubmit.

Nothing is done before that second submit. It carries the token of the new page and, from a user who is signed out,
the name and password typed there.
"""

import re
from urllib.parse import urlsplit

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.access import is_signed_in
from timely.web import unsaved_form

# Larger forms would make a stranger's request too expensive; none of ours comes near.
MAX_FIELDS = 2_000
MAX_CHARACTERS = 200_000
# Forms that need no session: they start again on a fresh page.
WITHOUT_SESSION = ("auth", "setup")
# Cookies of the script that keeps unsent forms (static/js/page/unsent_forms.js): the form under way, and the one
# that was answered.
SENT_COOKIE, RECEIVED_COOKIE = "timely_sent", "timely_received"
# Refused, or in conflict with another save: the response shows the form again.
SHOWN_AGAIN = (409, 422)


def init_app(app: Flask) -> None:
    app.after_request(confirm_receipt)


def may_be_resubmitted() -> bool:
    """Whether the form came from a page of this server, and is small enough to be shown again."""
    if request.method != "POST" or request.blueprint in (None, *WITHOUT_SESSION) or not _is_same_origin():
        return False
    sizes = [len(name) + len(value) for name, value in request.form.items(multi=True)]
    return len(sizes) <= MAX_FIELDS and sum(sizes) <= MAX_CHARACTERS


def resubmission_page(fault: str = "", *, status: int = 401, seconds: int = 0) -> ResponseReturnValue:
    """The page with what was typed and a button to send it again; a signed-out user types name and password there."""
    page = render_template(
        "auth/carried.html",
        fault=fault,
        is_signed_in=is_signed_in(current_user),
        name=request.form.get("sign_in_name", ""),
        lines=unsaved_form.filled_in(),
        again=unsaved_form.fields_to_resend(),
        secrets=unsaved_form.passwords(),
        files=unsaved_form.file_names(),
        action=request.full_path.rstrip("?"),
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    if seconds:
        response.headers["Retry-After"] = str(seconds)
    return response


def confirm_receipt(response: Response) -> Response:
    """Sets a cookie that names the answered form, so that the page's script does not restore its draft."""
    form_id = request.cookies.get(SENT_COOKIE, "")
    is_answered = response.status_code < 400 or response.status_code in SHOWN_AGAIN
    if request.method == "POST" and is_answered and re.fullmatch(r"[0-9]{8,30}", form_id, re.ASCII):
        response.delete_cookie(SENT_COOKIE)
        response.set_cookie(RECEIVED_COOKIE, form_id, samesite="Lax", secure=request.is_secure)
    return response


def _is_same_origin() -> bool:
    """Whether Origin or Referer names this server; without either header, no."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc == request.host
