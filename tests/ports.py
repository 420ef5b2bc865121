"""Ports for the servers that tests start: free, and kept from every other test while this process runs."""

import os
import random
import socket
import tempfile
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: the many ports and the dice must do
    fcntl = None  # type: ignore[assignment]

# Below those that systems lend to any connection (from 32768 on Linux, 49152 elsewhere): a server that is down for a
# moment finds its port free again.
PORTS = range(20_000, 32_000)
# A test that seeds its dice would otherwise give two servers the same port.
DICE = random.SystemRandom()
_held: list[IO[bytes]] = []


def free_port() -> int:
    """A port that nobody listens on; no test that runs beside this one is given it before this process has ended."""
    while True:
        port = DICE.choice(PORTS)
        if _is_free(port) and _hold(port):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            return False
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _hold(port: int) -> bool:
    """Whether the port is this process's own now. The lock is the system's, which ends it with the process."""
    if fcntl is None:
        return True
    folder = Path(tempfile.gettempdir()) / f"timely-test-ports-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = (folder / str(port)).open("wb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return False
    _held.append(file)
    return True


def is_taken(said: str) -> bool:
    """Whether a program that did not start said that somebody else has its port."""
    told = ("address already in use", "address in use", "is taken by another program", "already running at")
    return any(words in said.casefold() for words in told)
