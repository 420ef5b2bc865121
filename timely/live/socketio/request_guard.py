"""WSGI middleware before Socket.IO and Flask: limits connections per address, and checks POSTs of polling clients."""

import json
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

from flask import Flask

from timely.extensions import socketio
from timely.limits.connections_per_address import STATUS, ConnectionLimiter, refusal
from timely.limits.opening_queue import respond_in_turn
from timely.limits.token_bucket import TOO_FAST
from timely.live.socketio.engineio_internals import fits_guard
from timely.live.socketio.packet_guard import MAX_MESSAGE_BYTES, PacketGuard, ProtocolError
from timely.live.socketio.packet_reader import check_packets

ENGINE_PATH = "/socket.io"
DELAY_SECONDS = 1.0
NOT_ACCEPTED = "You say too much at once, and this was not heard. Say it again in a second."

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Start = Callable[..., Any]
Rest = Callable[[], object]


def init_app(app: Flask) -> None:
    """Adds the middleware around that of Socket.IO and trusted hosts.

    The proxies' own goes around this one, so that the client addresses that they report are limited here.
    """
    most = app.config["TIMELY_CONNECTIONS_PER_ADDRESS"]
    guard = None
    if fits_guard(socketio.server.eio):
        guard = PacketGuard(socketio.server, app.config["TIMELY_MESSAGES_PER_SECOND"], ConnectionLimiter(most))
        check_packets(guard)
    open_requests = ConnectionLimiter(most) if app.config["TIMELY_PROXIES"] else None
    app.wsgi_app = RequestGuard(app.wsgi_app, guard, open_requests)  # type: ignore[method-assign]


class RequestGuard:
    """The middleware. *open_requests* counts requests per address; None if the listener counts connections itself.

    *guard* checks the packets; None if the library is not as it is known, and checks them alone.
    """

    def __init__(self, inner: Application, guard: PacketGuard | None, open_requests: ConnectionLimiter | None) -> None:
        self.inner, self.guard, self.open_requests = inner, guard, open_requests

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        if self.open_requests is None:
            return self._serve(environ, start_response)
        address, open_requests = environ.get("REMOTE_ADDR"), self.open_requests
        if not open_requests.admit(address):
            return refuse_connection(start_response)
        counted = CountedRequest(lambda: open_requests.leave(address))
        if "timely.take_over" in environ:
            environ["timely.take_over"] = counted.wrap(environ["timely.take_over"])
        try:
            return CountedBody(self._serve(environ, start_response), counted.close)
        except BaseException:
            counted.close()
            raise

    def _serve(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        guard = self.guard
        if guard is None or not environ.get("PATH_INFO", "").startswith(ENGINE_PATH):
            return self.inner(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        if environ["REQUEST_METHOD"] == "GET" and "&sid=" in query:
            return self.inner(environ, start_response)  # a poll: the most frequent request, without data
        sid = parse_qs(query).get("sid", [""])[0]
        if not sid:
            if guard.limiter.is_full(environ.get("REMOTE_ADDR")):
                return refuse_connection(start_response)
            return respond_in_turn(self.inner, environ, start_response)  # the turn ends when it is connected
        if environ["REQUEST_METHOD"] == "POST" and guard.is_connected(sid):
            return self._post(guard, environ, start_response, sid)
        return self.inner(environ, start_response)

    def _post(self, guard: PacketGuard, environ: dict[str, Any], start_response: Start, sid: str) -> Iterable[bytes]:
        try:
            body = environ["wsgi.input"].read(length_of(environ))
            if not guard.is_connected(sid):
                raise ProtocolError("it disconnected during its request")
            is_accepted = guard.read_post(sid, body)
        except ProtocolError as error:
            guard.disconnect_client(sid, str(error))
            guard.eio.sockets.pop(sid, None)
            return json_response(start_response, "400 Bad Request", "bad_request", "This is not what Socket.IO says.")
        if not is_accepted:
            guard.eio.sleep(DELAY_SECONDS)  # delays a client that does not slow down
            return json_response(start_response, STATUS, TOO_FAST[0], NOT_ACCEPTED, ("Retry-After", "1"))
        guard.is_connected(sid)  # the rate limit may have ended the connection; drop it from the library's list
        environ = {**environ, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return self.inner(environ, start_response)


class CountedRequest:
    """One open request: *end* is called when it is closed, or when what took its connection over has ended."""

    def __init__(self, end: Callable[[], None]) -> None:
        self._end, self._is_taken_over = end, False

    def wrap(self, take_over: Callable[[Rest], None]) -> Callable[[Rest], None]:
        """*take_over* of the server, after which the request counts until the function given to it returns."""

        def counted(rest: Rest) -> None:
            self._is_taken_over = True
            take_over(partial(self._run, rest))

        return counted

    def close(self) -> None:
        if not self._is_taken_over:
            self._end()

    def _run(self, rest: Rest) -> None:
        try:
            rest()
        finally:
            self._end()


class CountedBody:
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
    """The length of the body in bytes. Raises ProtocolError for an invalid length, or one above `MAX_MESSAGE_BYTES`."""
    text = environ.get("CONTENT_LENGTH") or "0"
    if not (text.isascii() and text.isdecimal()) or len(text) > 9 or int(text) > MAX_MESSAGE_BYTES:
        raise ProtocolError("invalid length")
    return int(text)


def refuse_connection(start_response: Start) -> Iterable[bytes]:
    headers, body = refusal()
    start_response(STATUS, [(name, value) for name, value in headers if name != "Connection"])
    return [body]


def json_response(
    start_response: Start, status: str, code: str, message: str, *headers: tuple[str, str]
) -> Iterable[bytes]:
    body = json.dumps({"error": {"code": code, "message": message, "fields": {}}}).encode()
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body))), *headers])
    return [body]
