"""Context of the handlers of clients' events: Flask's request context for whoever may be signed in, else the app's.

Flask-SocketIO opens a request context for each event. That is half of what an event costs, and spectators, who come by
the thousand, have no session that could be read in it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask_login import current_user

# handler(sid, user, *data) → the acknowledgement; *user* is None for a client without a session.
Handler = Callable[..., Any]


def register(server: Any, handlers: Mapping[str, Handler], on_error: Callable[[Exception], Any]) -> None:
    """Makes the handlers, by the names of their events, those of the Socket.IO server.

    *on_error* is called for an exception of a handler and returns the acknowledgement.
    """
    for name, handler in handlers.items():
        server.on(name, _in_context(server, handler, on_error))


def _in_context(server: Any, handler: Handler, on_error: Callable[[Exception], Any]) -> Callable[..., Any]:
    def handle(sid: str, *data: Any) -> Any:
        environ = server.get_environ(sid)
        if environ is None:  # it has disconnected
            return None
        with user_in(environ) as user:
            try:
                return handler(sid, user, *data)
            except Exception as error:
                return on_error(error)

    return handle


@contextmanager
def user_in(environ: dict[str, Any]) -> Iterator[Any]:
    """The context of an event of the client that connected with *environ*; gives its user, None without a session."""
    app = environ["flask.app"]
    if f"{app.config['SESSION_COOKIE_NAME']}=" in environ.get("HTTP_COOKIE", ""):
        with app.request_context(environ):
            yield current_user
    else:
        with app.app_context():
            yield None
