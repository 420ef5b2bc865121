"""Validates packets from Socket.IO clients: text only, known packet types, bounded in size and rate.

The libraries treat malformed packets as a fault of the server: a traceback for each packet, a task that waits for ever,
attachments collected without limit. Here such packets are stopped before they reach the libraries.
"""

import json
import logging
import re
from collections import Counter
from functools import partial
from typing import Any

import socketio as library
from engineio import packet as eio_packet
from engineio.payload import Payload

from timely import metrics
from timely.limits.connections_per_address import ConnectionLimiter
from timely.limits.opening_queue import end_turn
from timely.limits.pacing import FREE_MESSAGES, seconds_to_message_turn
from timely.limits.token_bucket import TOO_FAST, TokenBucket
from timely.live.connection import ConnectionWriter
from timely.live.socketio.long_polling import PollQueue

log = logging.getLogger(__name__)

# Bytes. A subscription to the largest number of topics, with the version of each, takes a third of this.
MAX_MESSAGE_BYTES = 32_768
# Packet types with binary attachments, which Timely does not use.
BINARY_TYPES = ("5", "6")
CONNECT = "0"  # its answer is two packets
# The name of an event packet's event, as JSON without its quotes.
EVENT_NAME = re.compile(r'2[^\[]*\[\s*"((?:[^"\\]|\\.)*)"')
# The library calls their handlers for an event of that name as well, with what the client says in it.
OF_THE_SERVER = ("connect", "disconnect")
# Errors that the library would log, once each: after every restart every page asks with its old sid.
MUTED_LOG_KEYS = {
    "bad-transport",
    "bad-version",
    "bad-jsonp-index",
    "bad-upgrade",
    "bad-sid",
    "not-connected",
    "unexpected-http",
}
# What is kept of the request that opened a connection: what a request context is made of, and a session read by.
KEPT = (
    *("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL"),
    *("wsgi.url_scheme", "flask.app", "REMOTE_ADDR", "HTTP_HOST", "HTTP_ORIGIN", "HTTP_X_FORWARDED_HOST"),
    *("HTTP_COOKIE", "HTTP_USER_AGENT"),
)
POLLING_TYPES = (eio_packet.CLOSE, eio_packet.PONG, eio_packet.MESSAGE)


class ProtocolError(Exception):
    """Data that no Socket.IO client sends."""


def event_name(packet: str) -> str | None:
    """The name of the event in a packet; None if it is another packet, or the name is no text."""
    found = EVENT_NAME.match(packet)
    if found is None:
        return None
    try:
        name: str = json.loads(f'"{found[1]}"', strict=False)
    except ValueError:
        return None
    return name


class PacketGuard:
    """Checks everything between the connections of one Engine.IO server and its event handlers."""

    def __init__(self, server: Any, per_second: float, limiter: ConnectionLimiter) -> None:
        self.server, self.eio = server, server.eio
        self.per_second, self.limiter = per_second, limiter
        self._buckets: dict[str, TokenBucket] = {}
        self._addresses: dict[str, str | None] = {}
        self._messages_sent: Counter[str] = Counter()
        self._connect, self._message, self._disconnect = (
            self.eio.handlers[event] for event in ("connect", "message", "disconnect")
        )
        self.eio.log_message_keys |= MUTED_LOG_KEYS
        self.eio.on("connect", self.connect)
        self.eio.on("message", self.message)
        self.eio.on("disconnect", self.disconnect)

    def connect(self, sid: str, environ: dict[str, Any]) -> Any:
        address = environ.get("REMOTE_ADDR")
        if not self.limiter.admit(address):
            return False
        self._addresses[sid] = address
        self._buckets[sid] = TokenBucket(self.per_second)
        if (socket := self.eio.sockets.get(sid)) is not None:
            socket.queue = PollQueue(socket.queue, partial(self._disconnect_slow, sid))
        try:
            return self._connect(sid, {name: environ[name] for name in KEPT if name in environ})
        finally:
            end_turn(environ)

    def disconnect(self, sid: str, *reason: Any) -> Any:
        self._buckets.pop(sid, None)
        self._messages_sent.pop(sid, None)
        if sid in self._addresses:
            self.limiter.leave(self._addresses.pop(sid))
        return self._disconnect(sid, *reason)

    def message(self, sid: str, data: Any) -> None:
        """Passes a packet to Socket.IO, which catches our event handlers' errors; others are the client's fault."""
        if not isinstance(data, str) or data.startswith(BINARY_TYPES):
            self.disconnect_client(sid, "attachments")
            return
        if event_name(data) in OF_THE_SERVER:
            self.disconnect_client(sid, "an event that only the server has")
            return
        queue = getattr(self.eio.sockets.get(sid), "queue", None)
        writer = queue if isinstance(queue, ConnectionWriter) else None
        try:
            if writer and data.startswith(CONNECT):
                writer.hold()
            self._message(sid, data)
        except Exception as error:
            self.disconnect_client(sid, repr(error))
        finally:
            if writer:
                writer.release()

    def disconnect_client(self, sid: str, reason: str) -> None:
        """Ends the connection at once, without waiting for unsent data."""
        metrics.count_refusal("nonsense", self._addresses.get(sid))
        log.debug("a client was cut off: %.200s", reason)
        socket = self.eio.sockets.get(sid)
        if socket is not None:
            socket.close(wait=False, abort=True, reason=self.eio.reason.CLIENT_DISCONNECT)

    def address_of(self, sid: str) -> str | None:
        """The client's IP address; None if it is not known, or the client has gone."""
        return self._addresses.get(sid)

    def is_connected(self, sid: str) -> bool:
        """Whether the connection is open. Removes a closed one from the library's list, or a POST to it would fail."""
        socket = self.eio.sockets.get(sid)
        if socket is not None and socket.closed:
            self.eio.sockets.pop(sid, None)
        return sid in self.eio.sockets

    def _disconnect_slow(self, sid: str) -> None:
        """Ends a polling connection that does not fetch its messages."""
        socket = self.eio.sockets.get(sid)
        if socket is not None:
            socket.close(wait=False, abort=True, reason=self.eio.reason.TRANSPORT_ERROR)

    def message_delay(self, sid: str) -> float:
        """Seconds that the client's last message has to wait under the connection's rate limit; 0.0 if none."""
        bucket = self._buckets.get(sid)
        if bucket is None or bucket.take():
            return 0.0
        if bucket.is_first_refusal:
            metrics.count_refusal("messages", self._addresses.get(sid))
            self._send_error(sid, *TOO_FAST)
        return bucket.seconds_per_token

    def address_delay(self, sid: str, count: int = 1) -> float:
        """Seconds that *count* messages wait under the address's rate limit; the first `FREE_MESSAGES` are free."""
        self._messages_sent[sid] += count
        if self._messages_sent[sid] <= FREE_MESSAGES or sid not in self._addresses:
            return 0.0
        return seconds_to_message_turn(self._addresses[sid], count)

    def read_post(self, sid: str, body: bytes) -> bool:
        """Whether the POST body of a polling client may be passed on; False if it exceeds a rate limit.

        Raises ProtocolError for a body that is not valid.
        """
        try:
            packets = Payload(encoded_payload=body.decode("utf-8")).packets
        except Exception as error:  # no client of the libraries sends what they fail to parse
            raise ProtocolError(repr(error)) from error
        if any(one.packet_type not in POLLING_TYPES for one in packets):
            raise ProtocolError("a packet that clients do not send")
        waits = [self.message_delay(sid) for _ in packets]
        return not any(waits) and not self.address_delay(sid, len(packets))

    def _send_error(self, sid: str, code: str, message: str) -> None:
        error = {"type": "error", "data": {"code": code, "message": message}}
        packet = self.server.packet_class(library.packet.EVENT, namespace="/", data=["message", error])
        self.eio.send(sid, packet.encode())
