"""Checks name and password, and begins a session."""

from dataclasses import dataclass

from flask import request, session
from flask_login import login_user

from timely import metrics
from timely.blueprints.auth.devices import is_known
from timely.blueprints.too_soon import too_soon_text
from timely.domain.translation import gettext
from timely.limits.client_address import rate_limit_key
from timely.limits.login_attempts import LoginAttempts
from timely.models import User
from timely.queries.people import plain_name, user_named
from timely.services import sessions
from timely.services.passwords import TooManyAtOnce, is_password_of
from timely.web import login_sessions

tries = LoginAttempts()
BUSY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class SignIn:
    """The user, or the reason why there is none; `seconds` to wait before the next try, 0 for no wait."""

    user: User | None = None
    fault: str = ""
    seconds: int = 0


def check(name: str, password: str) -> SignIn:
    """The user with this name and password, within the limits on log-in attempts."""
    user = user_named(name)
    about = plain_name(name), rate_limit_key(request.remote_addr), is_known(user)
    seconds = tries.seconds_to_wait(*about)
    if seconds:
        metrics.count_login_attempt("too_soon", request.remote_addr)
        return SignIn(None, too_soon_text(seconds), seconds)
    try:
        is_right = is_password_of(user, password)
    except TooManyAtOnce:
        tries.record_success(*about)
        return SignIn(
            None, gettext("Many people are signing in at this moment. Try again in a few seconds."), BUSY_SECONDS
        )
    if not is_right:
        metrics.count_login_attempt("wrong", request.remote_addr)
        # Do not reveal which of the two was wrong.
        return SignIn(None, gettext("Name and password do not go together. Capitals count in the password only."))
    tries.record_success(*about)
    metrics.count_login_attempt("right", request.remote_addr)
    return SignIn(user)


def begin(user: User, *, stay: bool = False) -> None:
    """Begins a new session in this browser; nothing of an old one is kept."""
    token = sessions.begin(user)
    session.clear()
    login_user(user)
    login_sessions.begin(token)
    session.permanent = stay
