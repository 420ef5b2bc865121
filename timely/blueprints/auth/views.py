"""`/login/` and `/logout/`."""

import re
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from timely import figures, visits
from timely.blueprints.auth.devices import is_known, remember
from timely.blueprints.auth.forms import LoginForm
from timely.guards.addresses import neighbourhood
from timely.health.words import count
from timely.live.hub import Hub
from timely.models import User
from timely.queries.people import has_administrator, plain_name, user_named
from timely.services.passwords import TooManyAtOnce, is_password_of
from timely.services.sign_in_tries import SignInTries

bp = Blueprint("auth", __name__)

tries = SignInTries()
BUSY_SECONDS = 5


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
    user = who_signs_in(form)
    if user is None:
        headers = {"Retry-After": str(form.seconds)} if form.seconds else {}
        return render_template("auth/login.html", form=form), 429 if form.seconds else 422, headers
    session.clear()
    login_user(user)
    visits.begin()
    session.permanent = bool(form.stay.data)
    answer = make_response(redirect(onward))
    remember(answer, user)
    return answer


@bp.post("/logout/")
def logout() -> ResponseReturnValue:
    hub: Hub = current_app.extensions["timely.hub"]
    hub.dismiss_visit(visits.end())
    logout_user()
    session.clear()
    flash("You are signed out.")
    return redirect(url_for("front.index"))


def who_signs_in(form: LoginForm) -> User | None:
    """The user whose name and password these are; None after saying in the form why not."""
    user = user_named(form.name.data or "")
    about = plain_name(form.name.data or ""), neighbourhood(request.remote_addr), is_known(user)
    form.seconds = tries.seconds_to_wait(*about)
    if form.seconds:
        figures.tried_to_sign_in("too_soon", request.remote_addr)
        form.form_errors.append(f"Too many tries. Wait {count(form.seconds, 'second')} and try again.")
        return None
    try:
        is_right = is_password_of(user, form.password.data or "")
    except TooManyAtOnce:
        tries.was_right(*about)
        form.seconds = BUSY_SECONDS
        form.form_errors.append("Many people are signing in at this moment. Try again in a few seconds.")
        return None
    if not is_right:
        figures.tried_to_sign_in("wrong", request.remote_addr)
        # Which of the two was wrong is nobody's business.
        form.form_errors.append("Name and password do not go together. Capitals count in the password only.")
        return None
    tries.was_right(*about)
    figures.tried_to_sign_in("right", request.remote_addr)
    return user


def local_path(asked: str) -> str:
    """*asked* if it leads to a page of this site, else ""."""
    # Browsers drop control characters and take a backslash for a slash: "/\evil.example" is another site.
    if not asked.startswith("/") or asked.startswith("//") or re.search(r"[\x00-\x20\\\x7f]", asked):
        return ""
    parts = urlsplit(asked)
    return "" if parts.scheme or parts.netloc else asked
