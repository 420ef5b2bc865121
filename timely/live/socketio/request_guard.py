"""WSGI middleware before Socket.IO and Flask: limits connections per address, and checks POSTs of polling clients."""

import json
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

from flask import Flask

from timely.extensions import socketio
from timely.limits.connections_per_address import BODY, HEADERS, STATUS, ConnectionLimiter
from timely.limits.opening_queue import respond_in_turn
from timely.limits.token_bucket import TOO_FAST
from timely.live.socketio.packet_guard import LARGEST_MESSAGE, PacketGuard, ProtocolError
from timely.live.socketio.packet_reader import check_packets

ENGINE_PATH = "/socket.io"
UNHEARD_SECONDS = 1.0
NOT_HEARD = "You say too much at once, and this was not heard. Say it again in a second."

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Start = Callable[..., Any]


def init_app(app: Flask) -> None:
    """Adds the middleware around that of Socket.IO and trusted hosts.

    The proxies' own goes around this one, so that the client addresses that they report are limited here.
    """
    most = app.config["TIMELY_CONNECTIONS_PER_ADDRESS"]
    engine = PacketGuard(socketio.server, app.config["TIMELY_MESSAGES_PER_SECOND"], ConnectionLimiter(most))
    check_packets(engine)
    at_work = ConnectionLimiter(most) if app.config["TIMELY_PROXIES"] else None
    app.wsgi_app = RequestGuard(app.wsgi_app, engine, at_work)  # type: ignore[method-assign]


class RequestGuard:
    """The middleware. *at_work* counts open requests per address; None if the listener counts connections itself."""

    def __init__(self, inner: Application, engine: PacketGuard, at_work: ConnectionLimiter | None) -> None:
        self.inner, self.engine, self.at_work = inner, engine, at_work

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        if self.at_work is None:
            return self._serve(environ, start_response)
        address, at_work = environ.get("REMOTE_ADDR"), self.at_work
        if not at_work.admit(address):
            return refuse_connection(start_response)
        try:
            body = self._serve(environ, start_response)
        except BaseException:
            at_work.leave(address)
            raise
        return Counted(body, lambda: at_work.leave(address))

    def _serve(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(ENGINE_PATH):
            return self.inner(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        if environ["REQUEST_METHOD"] == "GET" and "&sid=" in query:
            return self.inner(environ, start_response)  # a poll: the most frequent request, without data
        sid = parse_qs(query).get("sid", [""])[0]
        if not sid:
            if self.engine.crowd.is_full(environ.get("REMOTE_ADDR")):
                return refuse_connection(start_response)
            return respond_in_turn(self.inner, environ, start_response)  # the turn ends when it is connected
        if environ["REQUEST_METHOD"] == "POST" and self.engine.is_here(sid):
            return self._post(environ, start_response, sid)
        return self.inner(environ, start_response)

    def _post(self, environ: dict[str, Any], start_response: Start, sid: str) -> Iterable[bytes]:
        try:
            body = environ["wsgi.input"].read(length_of(environ))
            if not self.engine.is_here(sid):
                raise ProtocolError("it went while it was speaking")
            is_heard = self.engine.read_post(sid, body)
        except ProtocolError as nonsense:
            self.engine.cut(sid, str(nonsense))
            self.engine.eio.sockets.pop(sid, None)
            return answer(start_response, "400 Bad Request", "bad_request", "This is not what Socket.IO says.")
        if not is_heard:
            self.engine.eio.sleep(UNHEARD_SECONDS)  # delays a client that does not slow down
            return answer(start_response, STATUS, TOO_FAST[0], NOT_HEARD, ("Retry-After", "1"))
        self.engine.is_here(sid)  # the rate limit may have ended the connection; drop it from the library's list
        environ = {**environ, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return self.inner(environ, start_response)


class Counted:
    """A response body that calls *end* once, when it is closed, completely sent or not."""

    def __init__(self, body: Iterable[bytes], end: Callable[[], None]) -> None:
        self.body, self.end = body, end

    def __iter__(self) -> Any:
        return iter(self.body)

    def close(self) -> None:
        try:
            if hasattr(self.body, "close"):
                self.body.close()
        finally:
            end, self.end = self.end, lambda: None
            end()


def length_of(environ: dict[str, Any]) -> int:
    """The length of the body in bytes. Raises ProtocolError for an invalid length, or one above `LARGEST_MESSAGE`."""
    text = environ.get("CONTENT_LENGTH") or "0"
    if not (text.isascii() and text.isdecimal()) or len(text) > 9 or int(text) > LARGEST_MESSAGE:
        raise ProtocolError("its length")
    return int(text)


def refuse_connection(start_response: Start) -> Iterable[bytes]:
    start_response(STATUS, [(name, value) for name, value in HEADERS if name != "Connection"])
    return [BODY]


def answer(start_response: Start, status: str, code: str, message: str, *headers: tuple[str, str]) -> Iterable[bytes]:
    body = json.dumps({"error": {"code": code, "message": message, "fields": {}}}).encode()
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body))), *headers])
    return [body]
