"""How many forms one person may send, and how often one address may ask the API: far more than people do."""

from flask import Flask, Response, current_app, g, request, session
from flask_limiter import ApplicationLimit, HeaderNames, Limiter, RequestLimit

from timely import metrics
from timely.limits.client_address import rate_limit_key
from timely.web.bearer_token import caller
from timely.web.rate_limit_storage import SCHEME

READS = ("GET", "HEAD", "OPTIONS")
# Forms of whoever has not signed in: to sign in, and to set Timely up.
STRANGERS_PER_MINUTE = 300
SENTENCE = "So many requests at once are more than anybody makes by hand. Wait a moment and try again."
HEADERS = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
# The library would write its own over that of a view that has refused for a reason of its own.
ITS_RETRY_AFTER = "X-RateLimit-Retry-After"


def init_app(app: Flask) -> None:
    """Kept in Redis where there is one, so that several workers count together; in memory while it is away."""
    redis_url = app.config["TIMELY_REDIS_URL"]
    app.after_request(_keep_to_oneself)  # before the limiter's own, so that it comes after it
    limiter = Limiter(
        lambda: rate_limit_key(request.remote_addr),
        application_limits=[
            ApplicationLimit(
                lambda: f"{current_app.config['TIMELY_WRITES_PER_MINUTE']}/minute",
                key_function=person,
                exempt_when=lambda: is_read() or not person(),
                error_message=SENTENCE,
                scope="writes",
            ),
            ApplicationLimit(
                f"{STRANGERS_PER_MINUTE}/minute",
                key_function=lambda: f"stranger {rate_limit_key(request.remote_addr)}",
                exempt_when=lambda: is_read() or bool(person()),
                error_message=SENTENCE,
                scope="strangers",
            ),
            ApplicationLimit(
                lambda: f"{current_app.config['TIMELY_READS_PER_MINUTE']}/minute",
                key_function=lambda: f"reader {rate_limit_key(request.remote_addr)}",
                exempt_when=lambda: not is_read(),
                error_message=SENTENCE,
                scope="reads",
            ),
        ],
        on_breach=_note,
        strategy="moving-window",
        storage_uri=redis_url or f"{SCHEME}://",
        storage_options={"socket_connect_timeout": 1, "socket_timeout": 1} if redis_url else {},
        in_memory_fallback_enabled=bool(redis_url),
        swallow_errors=True,
        headers_enabled=True,
        header_name_mapping={HeaderNames.RETRY_AFTER: ITS_RETRY_AFTER},
        retry_after="delta-seconds",
        key_prefix="timely",
    )
    limiter.init_app(app)
    limiter.request_filter(is_free)


def is_read() -> bool:
    return request.method in READS


def is_free() -> bool:
    """A page: a whole hall reads them, and they cost next to nothing."""
    return is_read() and not request.path.startswith("/api/")


def person() -> str:
    """Whose write it is: the token's user, or whoever the cookie names; "" for a stranger."""
    if request.path.startswith("/api/"):
        user = caller()
        return f"user {user.id}" if user else ""
    word: str = session.get("_user_id", "")  # signed by us: not asked of the database here
    return f"user {word.partition('.')[0]}" if word else ""


def _note(limit: RequestLimit) -> None:
    g.is_over_limit = True
    metrics.refused("requests", rate_limit_key(request.remote_addr))


def _keep_to_oneself(response: Response) -> Response:
    """How much is left is said to whoever writes; an answer that is kept for everybody must not say it."""
    wait = response.headers.pop(ITS_RETRY_AFTER, None)
    if "is_over_limit" in g:
        response.headers["Retry-After"] = wait or "60"
    elif is_read():
        for name in HEADERS:
            response.headers.pop(name, None)
    return response
