"""Login sessions and their cookie; an answer that was under way cannot bring back the cookie of one that has ended."""

import time
from typing import Any

from flask import Flask, has_request_context, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import SignatureExpired, URLSafeTimedSerializer

from timely.database.session_memory import is_over, remember_end, this_visit

# Their answers may come long after they were asked for, and the visit may be over by then.
WITHOUT_COOKIE = ("stream", "api")


def init_app(app: Flask) -> None:
    app.session_interface = Sessions()


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
