"""Attacks on WebSockets: half, slow, broken and endless frames."""

import time

from tests.limits import raw_client
from tests.limits.attacks import PLAIN, Clients, Target, attack
from tests.limits.raw_client import BINARY, PING, frame, upgrade


@attack("half a WebSocket frame")
def half_frames(target: Target) -> Clients:
    clients = []
    for path in (raw_client.SOCKET_IO, PLAIN):
        for part in (b"\x81", frame(b"hello")[:4], frame(b"4" * 500)[:100]):
            for _ in range(15 * target.scale):
                clients.append(upgrade(target.port, path))
                raw_client.try_to_send(clients[-1], part)
    return clients


@attack("a frame at a few bytes a second")
def slow_frames(target: Target) -> Clients:
    clients = [upgrade(target.port, path) for path in (raw_client.SOCKET_IO, PLAIN) for _ in range(25 * target.scale)]
    whole = frame(b"4" * 1000)
    for at in range(10):
        for client in clients:
            raw_client.try_to_send(client, whole[at : at + 1])
        time.sleep(0.1)
    return clients


@attack("frames that break the rules: 2^63 bytes, unmasked, long pings")
def broken_frames(target: Target) -> Clients:
    broken = (
        frame(b"", claims=2**63 - 1),
        frame(b"", BINARY, claims=2**31),
        frame(b"hello", masked=False),
        frame(b"x" * 500, PING),
        frame(b"", 3),
        frame(b"\xff\xfe\xfd"),
        frame(b""),
    )
    clients = []
    for path in (raw_client.SOCKET_IO, PLAIN):
        for bytes_ in broken * 3 * target.scale:
            clients.append(upgrade(target.port, path))
            raw_client.try_to_send(clients[-1], bytes_)
    return clients


@attack("a message of 10 MB, whole and in pieces")
def large_messages(target: Target) -> Clients:
    whole, piece = frame(b"4" + b"x" * 10_000_000), frame(b"x" * 30_000, 0, final=False)
    clients = [upgrade(target.port, path) for path in (raw_client.SOCKET_IO, PLAIN) for _ in range(2)]
    for number, client in enumerate(clients):
        client.settimeout(2)
        if number % 2:
            raw_client.try_to_send(client, whole)
            continue
        raw_client.try_to_send(client, frame(b"4", final=False))
        for _ in range(300 * target.scale):
            if not raw_client.try_to_send(client, piece):
                break
    return clients
