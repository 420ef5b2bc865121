"""First set-up: creates one administrator, for somebody who sits at the laptop or has read its terminal."""

import hmac
import secrets

from flask import Flask

from timely.database.transactions import writing
from timely.domain.translation import lazy_gettext
from timely.models import User
from timely.queries.people import has_administrator
from timely.services.errors import RuleBroken
from timely.services.passwords import hash_of
from timely.services.people import LONGEST_NAME, add_user

# Without characters that are mistaken for others when read from across a table.
LETTERS = "ACDEFGHJKMNPQRTVWXY34679"
LENGTH = 6
CODE = "timely.setup_code"


def setup_code(app: Flask) -> str | None:
    """The code that the terminal shows, made once per run; None once Timely has been set up."""
    with app.app_context():
        if has_administrator():
            return None
    code: str = app.extensions.setdefault(CODE, "".join(secrets.choice(LETTERS) for _ in range(LENGTH)))
    return code


def is_setup_code(app: Flask, typed: str) -> bool:
    """Whether *typed* is the code. Case, blanks and hyphens do not matter."""
    code = setup_code(app)
    plain = "".join(typed.split()).replace("-", "").upper()
    return code is not None and hmac.compare_digest(plain.encode(), code.encode())


def make_first_administrator(name: str, password: str) -> User:
    """The administrator. Raises RuleBroken, with the code "set_up" if somebody else was faster."""
    kept = hash_of(password, [name[:LONGEST_NAME]])  # before the transaction: it takes a while
    with writing():
        if has_administrator():
            raise RuleBroken(lazy_gettext("Timely has been set up already. Sign in."), code="set_up")
        return add_user(name, kept, "administrator", by=None)
