"""Recognises requests with a valid session or token before they reach the app."""

from typing import Any

from flask import Flask, Response, g, request

from timely.models import User
from timely.web.lru_cache import LruCache

# WSGI environment key, set once the app has responded.
IS_AUTHENTICATED = "timely.is_authenticated"
MAX_BYTES = 1_000_000


class AuthenticatedRequests:
    """Per app. A token counts once it was accepted; a session cookie by its signature, until found to have ended."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._cookie = f"{app.config['SESSION_COOKIE_NAME']}="
        self._tokens: LruCache[bool] = LruCache(MAX_BYTES)
        self._ended: LruCache[bool] = LruCache(MAX_BYTES)
        app.after_request(self._record)

    def is_authenticated(self, environ: dict[str, Any]) -> bool:
        header = environ.get("HTTP_AUTHORIZATION")
        if header:
            return bool(self._tokens.get(header))
        cookie = environ.get("HTTP_COOKIE", "")
        if self._cookie not in cookie or self._ended.get(cookie):
            return False
        with self._app.app_context():
            session = self._app.session_interface.open_session(self._app, self._app.request_class(environ))
            return session is not None and "_user_id" in session

    def _record(self, response: Response) -> Response:
        # The user as already loaded: loading it here would read the session and make every page vary by cookie. No
        # attribute of the user is read: a response that waited, such as a stream, has released its database connection.
        has_token = isinstance(g.get("api_caller"), User)
        user = g.get("_login_user")  # None if nothing asked for the user
        if has_token or isinstance(user, User):
            request.environ[IS_AUTHENTICATED] = True
        elif user is not None and "Cookie" in request.headers:
            self._ended.put(request.headers["Cookie"], True, len(request.headers["Cookie"]))
        if has_token:
            header = request.headers.get("Authorization", "")
            self._tokens.put(header, True, len(header))
        return response
