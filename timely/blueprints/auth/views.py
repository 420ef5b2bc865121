"""`/login/` and `/logout/`."""

import re
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from timely import visits
from timely.blueprints.auth.forms import LoginForm
from timely.live.hub import Hub
from timely.queries.people import has_administrator, user_named
from timely.services.passwords import is_password_of
from timely.services.wrong_tries import WrongTries

bp = Blueprint("auth", __name__)

wrong_tries = WrongTries()


@bp.route("/login/", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    onward = local_path(request.args.get("next", "")) or url_for("admin.index")
    if current_user.is_authenticated:
        return redirect(onward)
    if not has_administrator():
        return redirect(url_for("setup.first"))
    form = LoginForm()
    status = 200
    if form.validate_on_submit():
        status = sign_in(form)
        if status == 200:
            return redirect(onward)
    elif form.is_submitted():
        status = 422
    return render_template("auth/login.html", form=form), status


@bp.post("/logout/")
def logout() -> ResponseReturnValue:
    hub: Hub = current_app.extensions["timely.hub"]
    hub.dismiss_visit(visits.end())
    logout_user()
    session.clear()
    flash("You are signed out.")
    return redirect(url_for("front.index"))


def sign_in(form: LoginForm) -> int:
    """The status to answer with; 200 means that the visitor is signed in."""
    name = form.name.data or ""
    key = (name.casefold(), request.remote_addr)
    seconds = wrong_tries.seconds_to_wait(key)
    if seconds:
        form.form_errors.append(f"Too many tries. Wait {seconds} seconds and try again.")
        return 429
    user = user_named(name)
    if not is_password_of(user, form.password.data or "") or user is None:
        # Which of the two was wrong is nobody's business.
        form.form_errors.append("Name and password do not go together. Capitals count in the password only.")
        return 422
    wrong_tries.forget(key)
    session.clear()
    login_user(user)
    visits.begin()
    session.permanent = bool(form.stay.data)
    return 200


def local_path(asked: str) -> str:
    """*asked* if it leads to a page of this site, else ""."""
    # Browsers drop control characters and take a backslash for a slash: "/\evil.example" is another site.
    if not asked.startswith("/") or asked.startswith("//") or re.search(r"[\x00-\x20\\\x7f]", asked):
        return ""
    parts = urlsplit(asked)
    return "" if parts.scheme or parts.netloc else asked
