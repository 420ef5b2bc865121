"""`/login/` and `/logout/`."""

from flask import (
    Blueprint,
    current_app,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user
from flask_wtf.csrf import generate_csrf

from timely.blueprints.auth import sign_in_with_form, signing_in
from timely.blueprints.auth.devices import remember
from timely.blueprints.auth.forms import LoginForm
from timely.domain.translation import gettext
from timely.live.hub import Hub
from timely.queries.people import has_administrator
from timely.services import sessions
from timely.web import login_sessions
from timely.web.redirect_targets import local_path

bp = Blueprint("auth", __name__)
bp.before_app_request(sign_in_with_form.sign_in)
bp.after_app_request(sign_in_with_form.remember_device)


@bp.route("/login/", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    onward = local_path(request.args.get("next", "")) or url_for("admin.index")
    if current_user.is_authenticated:
        return redirect(onward)
    if not has_administrator():
        return redirect(url_for("setup.first"))
    form = LoginForm()
    if not form.validate_on_submit():
        return render_template("auth/login.html", form=form), 422 if form.is_submitted() else 200
    found = signing_in.check(form.name.data or "", form.password.data or "")
    if found.user is None:
        form.form_errors.append(found.fault)
        headers = {"Retry-After": str(found.seconds)} if found.seconds else {}
        return render_template("auth/login.html", form=form), 429 if found.seconds else 422, headers
    signing_in.begin(found.user, stay=bool(form.stay.data))
    answer = make_response(redirect(onward))
    remember(answer, found.user)
    return answer


@bp.get("/login/state/")
def state() -> ResponseReturnValue:
    """The user who is signed in now, and a valid CSRF token, for pages that were rendered earlier."""
    is_somebody = current_user.is_authenticated
    answer = jsonify(user_id=current_user.id if is_somebody else None, token=generate_csrf() if is_somebody else "")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/logout/")
def logout() -> ResponseReturnValue:
    hub: Hub = current_app.extensions["timely.hub"]
    token = login_sessions.end()
    hub.disconnect_session(token)
    sessions.end(token)
    logout_user()
    session.clear()
    flash(gettext("You are signed out."))
    return redirect(url_for("home.index"))
