"""Long-polling client, written and read byte by byte, and helpers that wait for its open poll."""

import json
import socket

from tests.live.fans import FanServer, wait_for
from tests.live.raw_sockets import RawPolling


class PollingClient:
    """One connection of a polling client, written and read byte by byte."""

    def __init__(self, port: int, sid: str) -> None:
        self.port, self.sid = port, sid
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.file = self.socket.makefile("rb")

    def __enter__(self) -> "PollingClient":
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()
        self.socket.close()

    def ask(self, *headers: str, stamp: str = "N1", times: int = 1) -> None:
        address = f"/socket.io/?EIO=4&transport=polling&t={stamp}&sid={self.sid}"
        lines = [f"GET {address} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept: */*", *headers, "", ""]
        self.socket.sendall("\r\n".join(lines).encode() * times)

    def say(self, text: str) -> None:
        head = f"POST /socket.io/?EIO=4&transport=polling&sid={self.sid} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        self.socket.sendall(f"{head}Content-Type: text/plain\r\nContent-Length: {len(text)}\r\n\r\n{text}".encode())

    def answer(self) -> tuple[list[bytes], str]:
        """The head's lines and the body of the next answer, which are there to the last byte."""
        lines = []
        while (line := self.file.readline()) != b"\r\n":
            assert line.endswith(b"\r\n"), line
            lines.append(line.strip())
        (size,) = [int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length")]
        body = self.file.read(size)
        assert len(body) == size
        return lines, body.decode()

    def numbers(self) -> list[int]:
        """The numbers of the messages in the next response that has any; answers pings on another connection."""
        while True:
            packets = self.answer()[1].split("\x1e")
            if "2" in packets:
                with PollingClient(self.port, self.sid) as other:
                    other.say("3")
                    assert other.answer()[1] == "OK"
            found = [json.loads(packet[2:])[1]["number"] for packet in packets if packet.startswith("42")]
            if found:
                return found
            self.ask()


def open_polls(server: FanServer) -> int:
    found: int = server.figures()["open_polls"]
    return found


def client_with_open_poll(server: FanServer, sid: str = "") -> PollingClient:
    """A connection of a client in the room (or of *sid*), whose poll is open."""
    client = PollingClient(server.port, sid or RawPolling(server.port).join().sid)
    client.ask()
    server.tell(count=1, first=1_000)
    assert client.numbers() == [1_000]
    client.ask()
    wait_for(lambda: open_polls(server) == 1)
    return client
