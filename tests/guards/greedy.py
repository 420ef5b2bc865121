"""Attacks by clients that ask for whole events without end and read nothing of them."""

import socket
import time
from collections.abc import Callable

from tests.guards import wire
from tests.guards.attacks import Clients, Target, attack
from tests.guards.wire import join

SECONDS = 3.0


@attack("300 sockets that subscribe again and again and never read")
def greedy_sockets(target: Target) -> Clients:
    said = wire.event("subscribe", {"event_id": target.large_id}, 1)
    return never_read(300, lambda: join(target.port), said * 20)


def never_read(many: int, begin: Callable[[], socket.socket], said: bytes) -> Clients:
    """So many connections that say the same as long as it is taken, and leave all answers where they are."""
    clients = [begin() for _ in range(many)]
    for client in clients:
        make_small(client)
        client.setblocking(False)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        for client in clients:
            try_a_little(client, said)
        time.sleep(0.05)
    return clients


def make_small(client: socket.socket) -> None:
    """So that what is not read waits at the server."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)


def try_a_little(client: socket.socket, data: bytes) -> None:
    """Half a frame may be sent: what follows on it is nonsense then, which is said as well."""
    try:
        client.send(data)
    except OSError:
        return
