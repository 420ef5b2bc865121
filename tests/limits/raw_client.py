"""Raw client: writes bytes to a socket, without a library that would refuse to send them."""

import base64
import contextlib
import json
import os
import socket
import struct
import time
from collections.abc import Iterable
from typing import Any

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
SOCKET_IO = "/socket.io/?EIO=4&transport=websocket"
POLLING = "/socket.io/?EIO=4&transport=polling"


def connect(port: int, sent: bytes = b"") -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=10)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try_to_send(client, sent)
    return client


def try_to_send(client: socket.socket, data: bytes) -> bool:
    """Whether the server has taken it; it may hang up in the middle."""
    try:
        client.sendall(data)
    except OSError:
        return False
    return True


def request(path: str, method: str = "GET", *headers: str, body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def ask(port: int, sent: bytes, seconds: float = 10.0) -> bytes:
    """All that the server answers until it closes, or has said nothing for a while after an answer."""
    with connect(port, sent) as client:
        return rest(client, seconds)


def rest(client: socket.socket, seconds: float = 10.0, quiet: float = 0.5) -> bytes:
    received, give_up_at = b"", time.monotonic() + seconds
    while time.monotonic() < give_up_at:
        client.settimeout(quiet if received else seconds)
        try:
            got = client.recv(65_536)
        except TimeoutError:
            break
        except OSError:
            return received
        if not got:
            break
        received += got
    return received


def is_hung_up(client: socket.socket, seconds: float) -> bool:
    """Whether the server closes the connection within the time, whatever it says before."""
    give_up_at = time.monotonic() + seconds
    while (left := give_up_at - time.monotonic()) > 0:
        client.settimeout(left)
        try:
            if not client.recv(65_536):
                return True
        except TimeoutError:
            return False
        except OSError:
            return True
    return False


def handshake(path: str) -> bytes:
    """The request that opens a WebSocket."""
    key = base64.b64encode(os.urandom(16)).decode()
    said = ("Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13")
    return request(path, "GET", "Upgrade: websocket", *said)


def upgrade(port: int, path: str = SOCKET_IO) -> socket.socket:
    """An open WebSocket, its handshake read and nothing said yet."""
    client = connect(port, handshake(path))
    head = b""
    while b"\r\n\r\n" not in head:
        got = client.recv(1)
        if not got:
            raise AssertionError(head)
        head += got
    assert b" 101 " in head, head
    return client


def frame(
    data: bytes, opcode: int = TEXT, *, final: bool = True, masked: bool = True, claims: int | None = None
) -> bytes:
    """A WebSocket frame, which may claim to be longer than it is."""
    length = len(data) if claims is None else claims
    first, bit = opcode | (0x80 if final else 0), 0x80 if masked else 0
    if length < 126:
        head = struct.pack("!BB", first, bit | length)
    elif length < 65_536:
        head = struct.pack("!BBH", first, bit | 126, length)
    else:
        head = struct.pack("!BBQ", first, bit | 127, length)
    return head + (bytes(4) if masked else b"") + data  # masked with zeros, which changes nothing


def join(port: int) -> socket.socket:
    """A Socket.IO client on a WebSocket, connected and not subscribed to anything."""
    client = upgrade(port)
    client.sendall(frame(b"40"))
    return client


def event(name: str, data: object, number: int | None = None) -> bytes:
    """A Socket.IO event in its frame."""
    return frame(said(name, data, number))


def said(name: str, data: object, number: int | None = None) -> bytes:
    """A Socket.IO event as long-polling posts it."""
    return f"42{'' if number is None else number}{json.dumps([name, data])}".encode()


def poller(port: int) -> str:
    """The sid of a new session on long-polling."""
    return sid_in(ask(port, request(POLLING, "GET", "Connection: close")))


def sid_in(answer: bytes) -> str:
    """The sid in the answer to the first poll of a session."""
    return str(json.loads(answer.partition(b"\r\n\r\n")[2].partition(b"0{")[2].join([b"{", b""]))["sid"])


def post(port: int, sid: str, body: bytes, *headers: str) -> bytes:
    length = f"Content-Length: {len(body)}"
    return ask(port, request(f"{POLLING}&sid={sid}", "POST", length, "Connection: close", *headers, body=body))


def close_all(clients: Iterable[Any]) -> None:
    for client in clients:
        with contextlib.suppress(OSError):
            client.close()
