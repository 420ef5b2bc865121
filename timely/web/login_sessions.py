"""Login sessions: their cookie, its signature, the user who belongs to it."""

import time
from datetime import timedelta
from typing import Any

from flask import Flask, has_request_context, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import AnonymousUserMixin
from itsdangerous import SignatureExpired, URLSafeTimedSerializer

from timely.clock import now
from timely.database import session_memory
from timely.database.session_memory import current_token, has_ended, record_end
from timely.extensions import login_manager
from timely.models import User
from timely.queries.sessions import user_of
from timely.web import cors

# The last-seen time of a session is saved again once it is older than this.
SAVE_SEEN_AFTER = timedelta(days=1)
# Their responses may arrive long after the request, when the session may have ended.
LATE_BLUEPRINTS = ("stream", "api")


def init_app(app: Flask) -> None:
    app.session_interface = Sessions()
    login_manager.user_loader(_load_user)
    login_manager.anonymous_user = AnonymousUserMixin


def _load_user(text: str) -> User | None:
    """The user of a session that the database has; None on a socket that another site has opened."""
    if cors.is_cross_site_socket():
        return None
    token = session_memory.current_token()
    found = user_of(token)
    if found is None or session_memory.has_ended(token):  # asked last: reading may have let a sign-out in between
        return None
    user, seen_at = found
    if user.get_id() != text:
        return None
    if now() - seen_at > SAVE_SEEN_AFTER:
        session_memory.record_use(token)
    return user


def begin(token: str) -> None:
    """Ties this browser's cookie to the session with the *token* (services/sessions.py)."""
    session["visit"] = token


def end() -> str:
    """The token of this request's session, which ends here: requests still under way lose it too."""
    token = current_token()
    if token:
        record_end(token)
    return token


class ClockTolerantSerializer(URLSafeTimedSerializer):
    """Signs cookies. One from the future is valid whatever its age: the server's clock was set back."""

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
    """Flask's session interface; a late response cannot restore the cookie of an ended session."""

    def __init__(self) -> None:
        self._serializers: dict[str | bytes, URLSafeTimedSerializer] = {}

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        is_late = has_ended(session.get("visit", "")) or (
            has_request_context() and request.blueprint in LATE_BLUEPRINTS
        )
        return not is_late and super().should_set_cookie(app, session)

    def get_cookie_secure(self, app: Flask) -> bool:
        """Secure on HTTPS only: a laptop at the venue has nothing but HTTP."""
        return has_request_context() and request.is_secure

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """One for each key: every request asks for it, with a cookie or without."""
        key = app.secret_key
        if key and key not in self._serializers:
            options = {"key_derivation": self.key_derivation, "digest_method": self.digest_method}
            self._serializers = {
                key: ClockTolerantSerializer(key, salt=self.salt, serializer=self.serializer, signer_kwargs=options)
            }
        return self._serializers[key] if key else None
