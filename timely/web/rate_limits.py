"""Rate limits: forms per person, and API requests per address. They lie far above normal use."""

from flask import Flask, Response, current_app, g, request, session
from flask_limiter import ApplicationLimit, HeaderNames, Limiter, RequestLimit

from timely import metrics
from timely.domain.translation import gettext
from timely.limits.client_address import rate_limit_key
from timely.limits.moving_windows import SCHEME
from timely.web.bearer_token import caller

READS = ("GET", "HEAD", "OPTIONS")
# Forms of clients that are not signed in: signing in, and the first set-up.
ANONYMOUS_PER_MINUTE = 300
HEADERS = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
# Renamed, because the library would overwrite the Retry-After of a view that refused for its own reason.
LIBRARY_RETRY_AFTER = "X-RateLimit-Retry-After"


def init_app(app: Flask) -> None:
    """Stored in Redis if configured, so that workers count together; in memory while Redis is unavailable."""
    redis_url = app.config["TIMELY_REDIS_URL"]
    app.after_request(_limit_headers)  # registered before the limiter's own, so that it runs after it
    limiter = Limiter(
        lambda: rate_limit_key(request.remote_addr),
        application_limits=[
            ApplicationLimit(
                lambda: f"{current_app.config['TIMELY_WRITES_PER_MINUTE']}/minute",
                key_function=user_key,
                exempt_when=lambda: is_read() or not user_key(),
                error_message=_too_many_text,
                scope="writes",
            ),
            ApplicationLimit(
                f"{ANONYMOUS_PER_MINUTE}/minute",
                key_function=lambda: f"stranger {rate_limit_key(request.remote_addr)}",
                exempt_when=lambda: is_read() or bool(user_key()),
                error_message=_too_many_text,
                scope="strangers",
            ),
            ApplicationLimit(
                lambda: f"{current_app.config['TIMELY_READS_PER_MINUTE']}/minute",
                key_function=lambda: f"reader {rate_limit_key(request.remote_addr)}",
                exempt_when=lambda: not is_read(),
                error_message=_too_many_text,
                scope="reads",
            ),
        ],
        on_breach=_record_breach,
        strategy="moving-window",
        storage_uri=redis_url or f"{SCHEME}://",
        storage_options={"socket_connect_timeout": 1, "socket_timeout": 1} if redis_url else {},
        in_memory_fallback_enabled=bool(redis_url),
        swallow_errors=True,
        headers_enabled=True,
        header_name_mapping={HeaderNames.RETRY_AFTER: LIBRARY_RETRY_AFTER},
        retry_after="delta-seconds",
        key_prefix="timely",
    )
    limiter.init_app(app)
    limiter.request_filter(is_unlimited)


def is_read() -> bool:
    return request.method in READS


def is_unlimited() -> bool:
    """Whether no limit applies: pages are read by a whole audience, and cost next to nothing."""
    return is_read() and not request.path.startswith("/api/")


def user_key() -> str:
    """Key of the user that a write is counted for: of the token, or of the session cookie; "" if not signed in."""
    if request.path.startswith("/api/"):
        user = caller()
        return f"user {user.id}" if user else ""
    user_id: str = session.get("_user_id", "")  # signed by us, so no database query is needed
    return f"user {user_id.partition('.')[0]}" if user_id else ""


def _too_many_text() -> str:
    return gettext("So many requests at once are more than anybody makes by hand. Wait a moment and try again.")


def _record_breach(limit: RequestLimit) -> None:
    g.is_over_limit = True
    metrics.count_refusal("requests", rate_limit_key(request.remote_addr))


def _limit_headers(response: Response) -> Response:
    """Keeps rate limit headers on writes only: a response that is cached for everybody must not carry them."""
    wait = response.headers.pop(LIBRARY_RETRY_AFTER, None)
    if "is_over_limit" in g:
        response.headers["Retry-After"] = wait or "60"
    elif is_read():
        for name in HEADERS:
            response.headers.pop(name, None)
    return response
