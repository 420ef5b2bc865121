"""`/setup/`: creates the first account; afterwards it only redirects to the sign-in page."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user

from timely import demo, metrics
from timely.blueprints.setup.forms import SetupForm
from timely.blueprints.too_soon import too_soon_text
from timely.domain.translation import gettext
from timely.limits.attempts import Attempts
from timely.limits.client_address import rate_limit_key
from timely.queries.people import has_administrator
from timely.services import sessions
from timely.services.errors import RuleBroken
from timely.services.setup import is_setup_code, make_first_administrator
from timely.web import login_sessions
from timely.web.local_request import is_from_localhost

bp = Blueprint("setup", __name__, url_prefix="/setup")

wrong_tries = Attempts(free=5)
# A limit over all addresses, for attackers that have many. At the server's own computer no code is required.
all_wrong_tries = Attempts(free=100)


@bp.route("/", methods=["GET", "POST"])
def first() -> ResponseReturnValue:
    if has_administrator():
        return redirect(url_for("auth.login"))
    form = SetupForm()
    if is_from_localhost(request):
        del form.code
    status = 200
    if form.validate_on_submit():
        status = check_code(form)
        if status == 200:
            try:
                return set_up(form)
            except RuleBroken as broken:
                if broken.code == "set_up":
                    flash(broken.message, "warning")
                    return redirect(url_for("auth.login"))
                form.add_error(broken)
                status = 422
    elif form.is_submitted():
        status = 422
    return render_template("setup/first.html", form=form), status


def check_code(form: SetupForm) -> int:
    """200 if the request is local or the code is right; else 422, or 429 after too many tries."""
    if "code" not in form:
        return 200
    address = rate_limit_key(request.remote_addr)
    seconds = wrong_tries.seconds_to_wait(address) or all_wrong_tries.seconds_to_wait("code")
    if seconds:
        metrics.count_login_attempt("too_soon", request.remote_addr)
        form.code.errors = [too_soon_text(seconds)]
        return 429
    if not is_setup_code(current_app._get_current_object(), form.code.data or ""):  # type: ignore[attr-defined]
        metrics.count_login_attempt("wrong", request.remote_addr)
        form.code.errors = [gettext("That is not the code. It stands in the terminal in which Timely was started.")]
        return 422
    wrong_tries.clear(address)
    all_wrong_tries.uncount("code")
    return 200


def set_up(form: SetupForm) -> ResponseReturnValue:
    """Creates the account and signs in. Raises RuleBroken."""
    user = make_first_administrator(form.name.data or "", form.password.data or "")
    token = sessions.begin(user)
    session.clear()
    login_user(user)
    login_sessions.begin(token)
    if form.example.data:
        demo.make_example_event(user)
    flash(gettext("Welcome, %(name)s. This is where each day begins.", name=user.name), "success")
    return redirect(url_for("admin.index"))
