"""Login sessions and their cookie; an answer that was under way cannot bring back the cookie of one that has ended."""

import time
from datetime import timedelta
from typing import Any

from flask import Flask, has_request_context, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import AnonymousUserMixin
from itsdangerous import SignatureExpired, URLSafeTimedSerializer

from timely.clock import now
from timely.database import session_memory
from timely.database.session_memory import is_over, remember_end, this_visit
from timely.extensions import login_manager
from timely.models import User
from timely.queries.sessions import user_of
from timely.web import cors

# A session that was last seen so long ago is written down anew.
SEEN_AGAIN = timedelta(days=1)
# Their answers may come long after they were asked for, and the visit may be over by then.
WITHOUT_COOKIE = ("stream", "api")


def init_app(app: Flask) -> None:
    app.session_interface = Sessions()
    login_manager.user_loader(_load_user)
    login_manager.anonymous_user = AnonymousUserMixin


def _load_user(text: str) -> User | None:
    """The user of a session that stands in the database, unless a page of another site uses it."""
    if cors.is_guest():
        return None
    visit = session_memory.this_visit()
    found = user_of(visit)
    if found is None or session_memory.is_over(visit):  # asked last: reading may have let a sign-out in between
        return None
    user, seen_at = found
    if user.get_id() != text:
        return None
    if now() - seen_at > SEEN_AGAIN:
        session_memory.saw(visit)
    return user


def begin(token: str) -> None:
    """This browser's cookie stands for the session with the *token* (services/sessions.py)."""
    session["visit"] = token


def end() -> str:
    """The visit that is over with this. What its browser had sent before is nobody's from now on."""
    visit = this_visit()
    if visit:
        remember_end(visit)
    return visit


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
