"""As many requests of one kind as a server answers, over connections that stay open; and what each cost it."""

import os
import selectors
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 16
PATIENCE = 30.0  # seconds
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Load:
    """*status* is of the answers, *size* the bytes of the last one with its head; *cpu_us* is the server's, each."""

    per_second: float
    cpu_us: float
    status: int
    size: int


def request(port: int, path: str, headers: Iterable[tuple[str, str]] = ()) -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *(f"{name}: {value}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def load(port: int, pid: int, wanted: bytes | list[bytes], seconds: float, connections: int = CONNECTIONS) -> Load:
    """Sends *wanted*, or each of a list in turn, for so many seconds and until one is answered.

    Raises RuntimeError if an answer breaks off, or none comes.
    """
    requests = [wanted] if isinstance(wanted, bytes) else wanted
    chosen = selectors.DefaultSelector()
    sent = 0

    def send(client: socket.socket) -> None:
        nonlocal sent
        client.sendall(requests[sent % len(requests)])
        sent += 1

    clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(connections)]
    try:
        for client in clients:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            chosen.register(client, selectors.EVENT_READ, Reading())
            send(client)
        done, status, size = 0, 0, 0
        began, spent = time.perf_counter(), cpu_seconds(pid)
        until = began + seconds
        while time.perf_counter() < until or not done:
            if time.perf_counter() > until + PATIENCE:
                raise RuntimeError(f"nothing was answered in {seconds + PATIENCE:.0f} s")
            for key, _ in chosen.select(1.0):
                client = key.fileobj
                assert isinstance(client, socket.socket)
                if key.data.take(client.recv(262_144)):
                    status, size = key.data.status, key.data.size
                    key.data.begin()
                    done += 1
                    send(client)
        took = time.perf_counter() - began
        return Load(done / took, (cpu_seconds(pid) - spent) * 1e6 / max(done, 1), status, size)
    finally:
        for client in clients:
            client.close()


class Reading:
    """One answer that is on its way. It must say how long it is, as all that is measured here does."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self.head, self.status, self.size, self.left = b"", 0, 0, -1

    def take(self, data: bytes) -> bool:
        """True when it is whole."""
        if not data:
            raise RuntimeError(f"the server hung up after {self.head[:200]!r}")
        self.size += len(data)
        if self.left >= 0:
            self.left -= len(data)
            return self.left <= 0
        self.head += data
        end = self.head.find(b"\r\n\r\n")
        if end < 0:
            return False
        self.status = int(self.head[9:12])
        low = self.head[:end].lower()
        at = low.find(b"content-length:")
        length = int(low[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 and self.status != 304 else 0
        self.left = length - (len(self.head) - end - 4)
        return self.left <= 0


def cpu_seconds(pid: int) -> float:
    """Processor seconds of the process so far; 0 if the system does not report them."""
    path = Path(f"/proc/{pid}/stat")
    if not path.exists():
        return 0.0
    fields = path.read_text("ascii", "replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
