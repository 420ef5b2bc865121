"""Many clients that ask for a whole event again and again and read nothing of it, in a process of their own.

    .venv/bin/python -m tests.limits.unread PORT CONNECTIONS WAY EVENT_ID

Ends when its standard input does. WAY is one of `WAYS`.
"""

import json
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from tests.limits import raw_client
from tests.limits.apart import begun

# Seconds from one round to the next, in each of which every client says what is taken of its words.
ROUND = 0.05
AT_ONCE = 20


@dataclass(frozen=True)
class Way:
    """*first* opens a connection; *words*, given the answer to it, are said from then on, again and again.

    Where nothing is to be said any more, *words* are empty, and a client that *returns* hangs up after so many rounds
    and comes again. One that *drains* reads what answers its words, and never what it asked for.
    """

    first: bytes
    words: Callable[[bytes], bytes] = lambda answer: b""
    returns: int = 0
    drains: bool = False


def sockets(event_id: int) -> Way:
    said = raw_client.frame(b"40") + raw_client.event("subscribe", {"event_id": event_id}, 1) * AT_ONCE
    return Way(raw_client.handshake(raw_client.SOCKET_IO), lambda answer: said)


def plain_sockets(event_id: int) -> Way:
    said = raw_client.frame(json.dumps({"type": "subscribe", "event_id": event_id}).encode()) * AT_ONCE
    return Way(raw_client.handshake("/ws/stream/"), lambda answer: said)


def sessions(event_id: int) -> Way:
    """Long-polling: what a session posts is answered, and nobody polls."""
    asks = [b"40", *[raw_client.said("subscribe", {"event_id": event_id}, 1)] * AT_ONCE]

    def words(answer: bytes) -> bytes:
        sid = raw_client.sid_in(answer)
        return b"".join(
            raw_client.request(f"{raw_client.POLLING}&sid={sid}", "POST", f"Content-Length: {len(one)}", body=one)
            for one in asks
        )

    return Way(raw_client.request(raw_client.POLLING), words, drains=True)


def streams(event_id: int) -> Way:
    return Way(raw_client.request(f"/api/events/{event_id}/stream/"))


def new_streams(event_id: int) -> Way:
    return Way(raw_client.request(f"/api/events/{event_id}/stream/"), returns=4)


def polls(event_id: int) -> Way:
    said = raw_client.request(f"/api/events/{event_id}/poll/") * AT_ONCE
    return Way(said, lambda answer: said)


WAYS = {way.__name__: way for way in (sockets, plain_sockets, sessions, streams, new_streams, polls)}


class Client:
    """One connection, which is opened anew whenever it is closed."""

    def __init__(self, port: int, way: Way) -> None:
        self.port, self.way = port, way
        self.open()

    def open(self) -> None:
        self.socket = raw_client.connect(self.port, self.way.first)
        # So that what is not read waits at the server.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        self.socket.setblocking(False)
        self.words: bytes | None = None
        self.answer, self.rest, self.rounds = b"", b"", 0

    def go_on(self) -> None:
        self.rounds += 1
        is_over = 0 < self.way.returns <= self.rounds
        try:
            if self.words is None:
                self._listen()
            elif self.words:
                self.rest = self.rest or self.words
                self.rest = self.rest[self.socket.send(self.rest) :]
                if self.way.drains:
                    self._read()
        except BlockingIOError:
            pass
        except OSError:
            is_over = True
        if is_over:
            self.socket.close()
            with suppress(OSError):  # no room at this moment
                self.open()

    def _listen(self) -> None:
        self.answer += self._read()
        if b"\r\n\r\n" in self.answer:
            self.words = self.way.words(self.answer)

    def _read(self) -> bytes:
        got = self.socket.recv(4096)
        if not got:
            raise ConnectionResetError
        return got


def main() -> None:
    port, connections, way, event_id = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    clients = [Client(port, WAYS[way](event_id)) for _ in range(connections)]
    over = begun()
    while not over.wait(ROUND):
        for client in clients:
            client.go_on()


if __name__ == "__main__":
    main()
