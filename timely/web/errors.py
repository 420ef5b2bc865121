"""Error responses: a page that says what to do next, or JSON for the API."""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from flask import (
    Flask,
    Response,
    flash,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin, current_user, logout_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.orm.exc import ObjectDeletedError
from werkzeug.exceptions import HTTPException

from timely.access import is_signed_in
from timely.database.errors import NotSaved, Trouble, trouble_of
from timely.database.transactions import Conflict
from timely.domain.translation import Text, gettext, lazy_gettext
from timely.extensions import db, login_manager
from timely.metrics import DATABASE_TROUBLE
from timely.web import unsaved_form
from timely.web.response_cache import SHARED_TAG
from timely.web.resubmission import may_be_resubmitted, resubmission_page

log = logging.getLogger(__name__)

TEXTS = {
    400: (
        lazy_gettext("Timely did not understand this"),
        lazy_gettext("Go back, check what was typed, and try again."),
    ),
    401: (lazy_gettext("Please sign in"), lazy_gettext("This page is for the people who run the event.")),
    403: (
        lazy_gettext("Not for this account"),
        lazy_gettext("This account has no right to do this here. Ask the organiser for it."),
    ),
    404: (
        lazy_gettext("There is nothing here"),
        lazy_gettext("The address may be mistyped, or the event is not public."),
    ),
    405: (lazy_gettext("Not in this way"), lazy_gettext("This address does not take that kind of request.")),
    409: (
        lazy_gettext("Somebody was quicker"),
        lazy_gettext("The same record was saved in the meantime. Go back, look at it, and save again."),
    ),
    413: (
        lazy_gettext("That is too large"),
        lazy_gettext(
            "Timely takes at most %(most)s at once here. Nothing was saved; send less, or choose a smaller file."
        ),
    ),
    415: (lazy_gettext("A kind of data Timely does not read"), lazy_gettext("Send it as application/json.")),
    429: (
        lazy_gettext("Too many requests"),
        lazy_gettext("Nothing was saved. Wait a moment, then go back and try again."),
    ),
    500: (
        lazy_gettext("Something went wrong"),
        lazy_gettext("Timely has written down what happened. What was saved before is safe; try again."),
    ),
    503: (lazy_gettext("Timely cannot answer this now"), lazy_gettext("Try again in a moment.")),
}
CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid",
    429: "too_many_requests",
    500: "failed",
    503: "busy",
}
# Cache tag shared by all 404 pages of unknown paths. Random, so that no If-None-Match can match it.
NOT_FOUND_TAG = f"not found {secrets.token_hex(8)}"
# Sign-in forms with an invalid CSRF token: an empty form is shown again.
RESTARTED_FORMS = ("auth.login", "setup.first")
# A page that could not be read reloads itself after this many seconds.
RELOAD_SECONDS = 10


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(NotSaved, lambda error: trouble_response(error.trouble, is_save=True))
    app.register_error_handler(DBAPIError, _database_error)
    app.register_error_handler(NoConnectionLeft, _database_error)
    app.register_error_handler(Conflict, lambda error: error_response(409))
    # Deleted by another request between our read and our write.
    app.register_error_handler(ObjectDeletedError, lambda error: error_response(404))
    app.register_error_handler(Exception, _failure)
    login_manager.unauthorized_handler(_sign_in_first)


def is_api() -> bool:
    """Whether the client is a program, which gets JSON and not a page."""
    return request.path.startswith("/api/") or request.path == "/healthz"


def json_error(
    status: int, code: str, message: Text, fields: Mapping[str, Text] | None = None, **more: Any
) -> Response:
    """The API's error format. *more* is added both inside `error` and beside it."""
    faults = {name: str(fault) for name, fault in (fields or {}).items()}
    response = jsonify({"error": {"code": code, "message": str(message), "fields": faults, **more}, **more})
    response.status_code = status
    return response


def error_response(status: int, message: str = "") -> ResponseReturnValue:
    """An error page, or JSON for the API, with the status."""
    title, text = TEXTS.get(status, TEXTS[500 if status >= 500 else 400])
    if status == 413:
        text = lazy_gettext(text.message, most=_most_text(request.max_content_length or 0))
    if is_api():
        return json_error(status, CODES.get(status, "failed"), message or f"{title}. {text}")
    page = render_template(
        "errors/failure.html" if status == 500 else "errors/error.html",
        code=status,
        title=title,
        message=message or text,
        next_href=url_for("home.index"),
        next_text=gettext("To the events"),
    )
    return page, status


def _most_text(most: int) -> str:
    if most >= 1024 * 1024:
        return gettext("%(number)s MB", number=most // 1024 // 1024)
    return gettext("%(number)s kB", number=most // 1024)


def trouble_response(trouble: Trouble, *, is_save: bool) -> ResponseReturnValue:
    """The response to a database error. What was typed into a form is kept on the page."""
    text = trouble.save_text if is_save else trouble.read_text
    if "_login_user" not in g:
        g._login_user = AnonymousUserMixin()  # a user who has not been loaded yet is not loaded for this page
    if is_api():
        response: Response = json_error(trouble.status, trouble.key, f"{trouble.title_text}. {text}")
    elif request.method == "POST":
        response = make_response(_not_saved_page(trouble), trouble.status)
    else:
        response = make_response(_bare_page(trouble.title_text, text), trouble.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _not_saved_page(trouble: Trouble) -> str:
    return render_template(
        "errors/not_saved.html",
        title=trouble.title_text,
        message=trouble.save_text,
        lines=unsaved_form.filled_in(),
        again=unsaved_form.fields_to_resend(),
        secrets=unsaved_form.passwords(),
        files=unsaved_form.file_names(),
        action=request.full_path.rstrip("?"),
    )


def _bare_page(title: str, message: str) -> str:
    """A page that needs no database and reloads itself, also on a projector without a user."""
    return render_template("errors/failure.html", title=title, message=message, again_seconds=RELOAD_SECONDS)


def _database_error(error: DBAPIError | NoConnectionLeft) -> ResponseReturnValue:
    trouble = trouble_of(error)
    if trouble is None:
        return _failure(error)
    DATABASE_TROUBLE.labels(trouble.key).inc()  # errors of a save (NotSaved) are counted where they are raised
    log.warning("%s %s: %s (%s)", request.method, request.path, trouble.title, error)
    _roll_back()
    return trouble_response(trouble, is_save=request.method not in ("GET", "HEAD", "OPTIONS"))


def _roll_back() -> None:
    """Rolls back the failed request's transaction; the rollback may fail in the same way."""
    try:
        db.session.rollback()
    except SQLAlchemyError:
        db.session.remove()


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400 or error.response is not None:
        return error
    if status == 403 and may_be_resubmitted():
        if not is_signed_in(current_user):
            return resubmission_page()
        if "signed_in_on_the_spot" in g:
            name = current_user.name
            logout_user()
            session.clear()
            fault = gettext("%(name)s has no right to do this here. Sign in as somebody who has.", name=name)
            return resubmission_page(fault, status=403)
    if status == 404 and request.url_rule is None:
        request.environ[SHARED_TAG] = NOT_FOUND_TAG  # all unknown paths share one rendered page
    # A description of ours says more than the title; the library's default only repeats the status.
    has_own_text = is_api() and error.description and error.description != type(error).description
    return error_response(status, str(error.description) if has_own_text else "")


def _csrf_error(error: CSRFError) -> ResponseReturnValue:
    """The form's token is missing, or of another session: the form is kept, for the user to send again."""
    if may_be_resubmitted():
        return resubmission_page(status=400 if is_signed_in(current_user) else 401)
    if request.endpoint in RESTARTED_FORMS:
        flash(gettext("That page had been open for too long. Please type it once more."), "warning")
        return redirect(url_for(request.endpoint))
    if request.endpoint == "auth.logout":
        if is_signed_in(current_user):
            flash(gettext("You are still signed in. Press Sign out once more."), "warning")
        return redirect(url_for("home.index"))
    return error_response(
        400, gettext("The form was too old, or came from another page. Go back, load it anew, and save again.")
    )


def _failure(error: Exception) -> ResponseReturnValue:
    log.exception("%s %s failed", request.method, request.path)
    _roll_back()
    return error_response(500)


def _sign_in_first() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return error_response(403)
    if request.method == "GET":
        return redirect(url_for("auth.login", next=request.full_path.rstrip("?")))
    return resubmission_page() if may_be_resubmitted() else error_response(401)
