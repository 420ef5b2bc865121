"""The headers of a careful server on what does not come from Flask: Socket.IO's answers, and refusals at the door."""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# What says nothing of its own loads nothing, runs nothing, and stands in no frame.
DEFAULTS = (
    ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)
MARK = "content-security-policy"


class SecurityHeaders:
    """Adds to an answer what it lacks of them. Flask's have them all (`timely/web/page_setup.py`)."""

    def __init__(self, inner: Application) -> None:
        self.inner = inner

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            given = {name.lower() for name, _ in headers}
            if MARK not in given:
                headers = [*headers, *((name, value) for name, value in DEFAULTS if name.lower() not in given)]
            return start_response(status, headers, *more)

        return self.inner(environ, start)
