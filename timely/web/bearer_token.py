"""Authenticates API requests by bearer token."""

from flask import Response, g, request
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from timely.domain.translation import gettext
from timely.extensions import db
from timely.models import Token, User
from timely.models.token import digest_of
from timely.web.errors import json_error

USER_OF_TOKEN = (
    select(User)
    .join(Token, Token.user_id == User.id)
    .where(Token.digest == bindparam("digest"))
    .options(joinedload(User.rights))
)


def caller() -> User | None:
    """The token's user; None without a token, or if it is unknown or its user is deactivated."""
    if "api_caller" not in g:
        g.api_caller = _find(request.headers.get("Authorization", ""))
    user: User | None = g.api_caller
    return user


def _find(header: str) -> User | None:
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return None
    found = db.session.scalars(USER_OF_TOKEN, {"digest": digest_of(token.strip())}).unique().one_or_none()
    return found if found and found.active else None


def require_token() -> Response | None:
    """A 401 response if the request has no valid token, else None."""
    if caller() is None:
        missing = gettext("Send a token: Authorization: Bearer TOKEN. `python3 start.py create-token NAME` makes one.")
        response = json_error(401, "unauthorized", missing)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    return None
