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
MOST_FIELDS = 2_000
MOST_CHARACTERS = 200_000
# Forms that need no session: they start again on a fresh page.
OPEN_TO_ALL = ("auth", "setup")
# Cookies of the script that keeps unsent forms (static/js/page/unsent_forms.js): the form under way, and the one
# that was answered.
SENT, RECEIVED = "timely_sent", "timely_received"
# Refused, or in conflict with another save: the response shows the form again.
ANSWERED = (409, 422)


def init_app(app: Flask) -> None:
    app.after_request(receipt)


def may_be_carried() -> bool:
    """Whether the form came from a page of this server, and is small enough to be shown again."""
    if request.method != "POST" or request.blueprint in (None, *OPEN_TO_ALL) or not _is_from_here():
        return False
    sizes = [len(name) + len(value) for name, value in request.form.items(multi=True)]
    return len(sizes) <= MOST_FIELDS and sum(sizes) <= MOST_CHARACTERS


def carried_page(fault: str = "", *, status: int = 401, seconds: int = 0) -> ResponseReturnValue:
    """The page with what was typed and a button to send it again; a signed-out user types name and password there."""
    page = render_template(
        "auth/carried.html",
        fault=fault,
        is_signed_in=is_signed_in(current_user),
        name=request.form.get("sign_in_name", ""),
        lines=unsaved_form.typed(),
        again=unsaved_form.again(),
        secrets=unsaved_form.secrets(),
        files=unsaved_form.left_out(),
        action=request.full_path.rstrip("?"),
    )
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    if seconds:
        answer.headers["Retry-After"] = str(seconds)
    return answer


def receipt(answer: Response) -> Response:
    """Tells the page's script which form was answered, so that it does not restore its draft."""
    mark = request.cookies.get(SENT, "")
    is_answered = answer.status_code < 400 or answer.status_code in ANSWERED
    if request.method == "POST" and is_answered and re.fullmatch(r"[0-9]{8,30}", mark, re.ASCII):
        answer.delete_cookie(SENT)
        answer.set_cookie(RECEIVED, mark, samesite="Lax", secure=request.is_secure)
    return answer


def _is_from_here() -> bool:
    """Whether Origin or Referer names this server; without either header, no."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        parts = urlsplit(said)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc == request.host
