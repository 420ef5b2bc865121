"""Passwords: hashed and checked off the event loop, which a hash would block for a tenth of a second."""

import secrets
import threading
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar

from werkzeug.security import check_password_hash, generate_password_hash

from timely.domain.translation import gettext, lazy_gettext
from timely.extensions import db
from timely.models import User
from timely.services.errors import RuleBroken
from timely.services.slow_work import run_slow
from timely.services.weak_passwords import is_weak

T = TypeVar("T")

SHORTEST = 8
LONGEST = 200
# A character may be sent with a few combining marks that normalise into it. Composing takes time quadratic in their
# number.
MOST_SENT = 4 * LONGEST
METHOD = "scrypt"
WEAK = lazy_gettext(
    "That is among the first that anybody would try: a common word, a row of keys, or a name that the hall knows. "
    "Take three words that have nothing to do with each other."
)
# Each hash takes 32 MB while it runs, and two keep both cores of a small laptop busy.
AT_ONCE = 2
LONGEST_QUEUE_SECONDS = 10.0

_places = threading.BoundedSemaphore(AT_ONCE)


class TooManyAtOnce(RuleBroken):
    """More passwords are waiting to be hashed than this computer can do in time."""


def hash_of(password: str, names: Iterable[str] = ()) -> str:
    """The hash that is stored for a password.

    Raises RuleBroken for one that is too short, too long to be typed, or easily guessed by somebody who knows the
    *names*.
    """
    if len(password) > MOST_SENT:
        raise RuleBroken(_too_long_text(), field="password")
    password = _plain(password)
    if len(password) < SHORTEST:
        raise RuleBroken(
            gettext("Take at least %(number)s characters; three words are easy to remember.", number=SHORTEST),
            field="password",
        )
    if len(password) > LONGEST:
        raise RuleBroken(_too_long_text(), field="password")
    if is_weak(password, names):
        raise RuleBroken(str(WEAK), field="password")
    return _in_turn(generate_password_hash, password, METHOD)


def is_password_of(user: User | None, password: str) -> bool:
    """Whether the user may sign in with it. Takes as long for an unknown user, so that timing reveals nothing."""
    kept = user.password_hash if user else _dummy_hash()
    db.session.rollback()  # waiting for a place must not hold a database connection that others need
    plain = _plain(password[:MOST_SENT])
    is_right = _in_turn(check_password_hash, kept, plain[:LONGEST])
    return is_right and user is not None and user.active and len(password) <= MOST_SENT and len(plain) <= LONGEST


def _plain(password: str) -> str:
    # A Mac and a phone may encode the same é in two ways.
    return unicodedata.normalize("NFC", password)


def _too_long_text() -> str:
    return gettext("Take at most %(number)s characters.", number=LONGEST)


def _in_turn(work: Callable[..., T], *args: str) -> T:
    if not _places.acquire(timeout=LONGEST_QUEUE_SECONDS):
        raise TooManyAtOnce(gettext("Many people are signing in at this moment. Try again in a few seconds."))
    try:
        return run_slow(work, *args)
    finally:
        _places.release()


@cache
def _dummy_hash() -> str:
    return _in_turn(generate_password_hash, secrets.token_hex(16), METHOD)
