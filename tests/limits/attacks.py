"""Registry of attacks on the server: each takes a second or two, and returns the connections that it leaves open."""

import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.limits import raw_client

PLAIN = "/ws/stream/"


class Closable(Protocol):
    def close(self) -> None: ...


# What the attack leaves open; it may go on until that is closed.
Clients = Sequence[Closable]


@dataclass(frozen=True)
class Target:
    """The attacked server. *scale* is 1 in the tests, and more in benches; *large_id* is the id of a large event."""

    port: int
    event_id: int
    scale: int = 1
    large_id: int = 0


Attack = Callable[[Target], Clients]

ATTACKS: dict[str, Attack] = {}


def attack(name: str) -> Callable[[Attack], Attack]:
    def register(function: Attack) -> Attack:
        ATTACKS[name] = function
        return function

    return register


def send_repeatedly(clients: list[tuple[socket.socket, bytes]], seconds: float) -> Clients:
    """Sends each client its data again and again, as fast as the server takes it."""
    until = time.monotonic() + seconds
    for client, _ in clients:
        client.settimeout(0.2)
    while time.monotonic() < until:
        for client, data in clients:
            raw_client.try_to_send(client, data)
            drain(client)
    return [client for client, _ in clients]


def drain(client: socket.socket) -> None:
    """Reads what has arrived, without waiting."""
    before = client.gettimeout()
    client.settimeout(0)
    try:
        while client.recv(65_536):
            pass
    except OSError:
        pass
    client.settimeout(before)
