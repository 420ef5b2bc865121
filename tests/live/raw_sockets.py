"""Socket.IO clients that read bytes: how slowly is set by the test, and each frame is checked."""

import http.client
import json
import socket
from typing import Any

HEAD = (
    "GET /socket.io/?EIO=4&transport=websocket{sid} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n\r\n"
)
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Broken(Exception):
    """The server has ended the connection."""


class RawSocket:
    """A client on a WebSocket that takes at most *at_once* bytes of what has come, in a small buffer."""

    def __init__(self, port: int, sid: str = "", at_once: int = 65_536) -> None:
        self.at_once, self.pings, self.pongs = at_once, 0, 0
        self._had = b""
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        self.socket.settimeout(20)
        self.socket.connect(("127.0.0.1", port))
        self.socket.sendall(HEAD.format(port=port, sid=f"&sid={sid}" if sid else "").encode())
        while b"\r\n\r\n" not in self._had:
            self._read()
        head, _, self._had = self._had.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101"), head

    def __enter__(self) -> "RawSocket":
        return self

    def __exit__(self, *error: object) -> None:
        self.socket.close()

    def join(self, room: str = "room") -> "RawSocket":
        """Connected, and in the room."""
        assert self.text().startswith("0")
        self.say("40")
        assert self.text().startswith("40")
        self.say(f'420["join","{room}"]')
        assert self.text() == f'430["{room}"]'
        return self

    def say(self, text: str | bytes, opcode: int = TEXT) -> None:
        body = text.encode() if isinstance(text, str) else text
        assert len(body) < 126
        self.socket.sendall(bytes([0x80 | opcode, 0x80 | len(body), 0, 0, 0, 0]) + body)

    def frame(self) -> tuple[int, bytes]:
        """The opcode and body of the next frame. Fails for one that no server may send."""
        first, second = self._take(2)
        assert first & 0xF0 == 0x80, f"not a whole, plain frame: {first:#x}"
        assert first & 0x0F in (TEXT, CLOSE, PING, PONG), f"no frame begins like this: {first:#x}"
        size = second
        if second == 126:
            size = int.from_bytes(self._take(2), "big")
        elif second == 127:
            size = int.from_bytes(self._take(8), "big")
        assert second < 128, "a server's frame must not be masked"
        return first & 0x0F, self._take(size)

    def text(self) -> str:
        """The next text that is no ping; those are answered."""
        while True:
            opcode, body = self.frame()
            if opcode == PONG:
                self.pongs += 1
            elif opcode == CLOSE:
                raise Broken("closed")
            elif body == b"2":
                self.pings += 1
                self.say("3")
            else:
                return body.decode()

    def message(self) -> dict[str, Any]:
        """The next message to the room."""
        text = self.text()
        assert text.startswith('42["message",'), text[:80]
        found: dict[str, Any] = json.loads(text[2:])[1]
        return found

    def numbers(self, count: int) -> list[int]:
        return [self.message()["number"] for _ in range(count)]

    def _take(self, count: int) -> bytes:
        while len(self._had) < count:
            self._read()
        taken, self._had = self._had[:count], self._had[count:]
        return taken

    def _read(self) -> None:
        try:
            came = self.socket.recv(self.at_once)
        except ConnectionError as error:
            raise Broken(str(error)) from error
        if not came:
            raise Broken("ended")
        self._had += came


class RawPolling:
    """A client on long-polling."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.sid = ""
        self._packets: list[str] = []
        opened = self.packet()
        self.sid = json.loads(opened[1:])["sid"]

    def join(self, room: str = "room") -> "RawPolling":
        self.say("40")
        assert self.packet().startswith("40")
        self.say(f'420["join","{room}"]')
        assert self.packet() == f'430["{room}"]'
        return self

    def say(self, text: str) -> None:
        self.connection.request("POST", self._path(), text, {"Content-Type": "text/plain"})
        answer = self.connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"OK")

    def poll(self) -> list[str]:
        self.connection.request("GET", self._path())
        answer = self.connection.getresponse()
        body = answer.read().decode()
        assert answer.status == 200, body
        return body.split("\x1e")

    def packet(self) -> str:
        """The next packet that is no ping; those are answered."""
        while True:
            while not self._packets:
                self._packets = self.poll()
            packet = self._packets.pop(0)
            if packet != "2":
                return packet
            self.say("3")

    def numbers(self, count: int) -> list[int]:
        return [json.loads(self.packet()[2:])[1]["number"] for _ in range(count)]

    def _path(self) -> str:
        return f"/socket.io/?EIO=4&transport=polling{f'&sid={self.sid}' if self.sid else ''}"
