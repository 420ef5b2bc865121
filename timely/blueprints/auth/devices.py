"""Known devices: a cookie that outlives the session, eases the limits on log-in attempts, and grants nothing."""

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from timely.models import User
from timely.web.local_request import is_from_localhost

COOKIE = "timely_device"
PATHS = ("/login/", "/admin/")  # where passwords are asked for
KEPT_SECONDS = 400 * 24 * 3600  # the longest that browsers keep a cookie


def is_known(user: User | None) -> bool:
    """Whether this browser has signed in as the user before, or runs on the server's own computer."""
    if is_from_localhost(request):
        return True
    try:
        return user is not None and _seal().loads(request.cookies.get(COOKIE, "")) == user.id
    except BadSignature:
        return False


def remember(answer: Response, user: User) -> None:
    for path in PATHS:
        answer.set_cookie(
            COOKIE,
            str(_seal().dumps(user.id)),
            max_age=KEPT_SECONDS,
            path=path,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="timely device")
