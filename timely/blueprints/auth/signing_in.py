"""Sign-in: the check of name and password, and the session that begins with it."""

from dataclasses import dataclass

from flask import request, session
from flask_login import login_user

from timely import metrics
from timely.blueprints.auth.devices import is_known
from timely.limits.client_address import rate_limit_key
from timely.limits.login_attempts import SignInTries
from timely.models import User
from timely.presenters.units import count
from timely.queries.people import plain_name, user_named
from timely.services import sessions
from timely.services.passwords import TooManyAtOnce, is_password_of
from timely.web import login_sessions

tries = SignInTries()
BUSY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class SignIn:
    """The user, or why there is none; `seconds` is how long to wait before the next try, where that is asked for."""

    user: User | None = None
    fault: str = ""
    seconds: int = 0


def check(name: str, password: str) -> SignIn:
    """Whose name and password these are."""
    user = user_named(name)
    about = plain_name(name), rate_limit_key(request.remote_addr), is_known(user)
    seconds = tries.seconds_to_wait(*about)
    if seconds:
        metrics.tried_to_sign_in("too_soon", request.remote_addr)
        return SignIn(None, f"Too many tries. Wait {count(seconds, 'second')} and try again.", seconds)
    try:
        is_right = is_password_of(user, password)
    except TooManyAtOnce:
        tries.was_right(*about)
        return SignIn(None, "Many people are signing in at this moment. Try again in a few seconds.", BUSY_SECONDS)
    if not is_right:
        metrics.tried_to_sign_in("wrong", request.remote_addr)
        # Which of the two was wrong is nobody's business.
        return SignIn(None, "Name and password do not go together. Capitals count in the password only.")
    tries.was_right(*about)
    metrics.tried_to_sign_in("right", request.remote_addr)
    return SignIn(user)


def begin(user: User, *, stay: bool = False) -> None:
    """A new session in this browser; nothing of the old one is carried over."""
    token = sessions.begin(user)
    session.clear()
    login_user(user)
    login_sessions.begin(token)
    session.permanent = stay
