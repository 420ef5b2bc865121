"""Visits: one browser's stay, from signing in to signing out, and the cookie that stands for it."""

import time
from collections import OrderedDict
from typing import Any

from flask import Flask, has_request_context, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import SignatureExpired, URLSafeTimedSerializer

MOST_REMEMBERED = 10_000
MOST_BEGUN = 100
# Their answers may come long after they were asked for, and the visit may be over by then.
WITHOUT_COOKIE = ("stream", "api")

_over: OrderedDict[str, None] = OrderedDict()
# What the database is still to be told, by and by: each commit empties the caches of pages.
_seen: set[str] = set()
_ended: set[str] = set()
_begun: OrderedDict[str, tuple[int, str]] = OrderedDict()


def init_app(app: Flask) -> None:
    app.session_interface = Sessions()


def begin(token: str) -> None:
    """This browser's cookie stands for the session with the *token* (services/sessions.py)."""
    session["visit"] = token


def this_visit() -> str:
    """The visit that this request belongs to; "" where nobody has signed in."""
    visit: str = session.get("visit", "")
    return visit


def end() -> str:
    """The visit that is over with this. What its browser had sent before is nobody's from now on."""
    visit = this_visit()
    if visit:
        remember_end(visit)
    return visit


def remember_end(visit: str) -> None:
    """It is over, wherever it was ended: of several workers only one is asked to sign somebody out."""
    _over[visit] = None
    while len(_over) > MOST_REMEMBERED:
        _over.popitem(last=False)


def is_over(visit: str) -> bool:
    """Whether it was ended, as far as known here. The cookie is gone with it; this is for what was on its way."""
    return visit in _over


def saw(visit: str) -> None:
    """The session was used, and the database does not know it yet."""
    _seen.add(visit)


def save_end_later(visit: str) -> None:
    _ended.add(visit)


def save_begin_later(visit: str, user_id: int, stamp: str) -> None:
    """The session stands in this process alone until the database can keep it: the disk is full, perhaps."""
    _begun[visit] = (user_id, stamp)
    while len(_begun) > MOST_BEGUN:
        _begun.popitem(last=False)


def begun_here(visit: str) -> tuple[int, str] | None:
    """(user id, stamp) of a session that the database does not have yet; None for no such."""
    return None if is_over(visit) else _begun.get(visit)


def begun_unsaved() -> dict[str, tuple[int, str]]:
    return dict(_begun)


def begin_saved(visit: str) -> None:
    _begun.pop(visit, None)


def unsaved() -> tuple[set[str], set[str]]:
    """The sessions that were used, and those that were ended, since the database was told."""
    return set(_seen), set(_ended)


def saved(seen: set[str], ended: set[str]) -> None:
    _seen.difference_update(seen)
    _ended.difference_update(ended)


class ClockTolerantSerializer(URLSafeTimedSerializer):
    """The signature of cookies. One of an hour to come is as good as any other: the server's clock was set back."""

    def loads(  # type: ignore[override]  # as in its parent, whose own parent knows no age
        self, s: str | bytes, max_age: int | None = None, *more: Any, **named: Any
    ) -> Any:
        try:
            return super().loads(s, max_age, *more, **named)
        except SignatureExpired as expired:
            if expired.date_signed is None or expired.date_signed.timestamp() <= time.time():
                raise
            return super().loads(s, None, *more, **named)


class Sessions(SecureCookieSessionInterface):
    """Flask's own, but an answer that waited cannot bring back the cookie of a visit that is over."""

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        is_late = is_over(session.get("visit", "")) or (has_request_context() and request.blueprint in WITHOUT_COOKIE)
        return not is_late and super().should_set_cookie(app, session)

    def get_cookie_secure(self, app: Flask) -> bool:
        """By HTTPS the cookie never travels without; a hall's laptop has nothing but HTTP."""
        return has_request_context() and request.is_secure

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if not app.secret_key:
            return None
        options = {"key_derivation": self.key_derivation, "digest_method": self.digest_method}
        return ClockTolerantSerializer(
            app.secret_key, salt=self.salt, serializer=self.serializer, signer_kwargs=options
        )
