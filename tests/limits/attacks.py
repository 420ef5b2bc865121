"""What is done to the server: each attack takes a second or two, and gives the connections that it leaves open."""

import gzip
import json
import random
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.limits import raw_client
from tests.limits.raw_client import BINARY, PING, frame, join, upgrade

PLAIN = "/ws/stream/"


class Closable(Protocol):
    def close(self) -> None: ...


# What the attack leaves open; it may go on until that is closed.
Clients = Sequence[Closable]


@dataclass(frozen=True)
class Target:
    """Whom it is done to. *scale* is 1 in the tests, and more where it is measured; *large_id* is a large event's."""

    port: int
    event_id: int
    scale: int = 1
    large_id: int = 0


Attack = Callable[[Target], Clients]
ATTACKS: dict[str, Attack] = {}


def attack(name: str) -> Callable[[Attack], Attack]:
    def note(function: Attack) -> Attack:
        ATTACKS[name] = function
        return function

    return note


@attack("random bytes instead of HTTP")
def garbage(target: Target) -> Clients:
    dice = random.Random(5)
    return [raw_client.connect(target.port, dice.randbytes(2000)) for _ in range(100 * target.scale)]


@attack("connections that say nothing")
def silence(target: Target) -> Clients:
    return [raw_client.connect(target.port) for _ in range(300 * target.scale)]


@attack("half a request line, half a head")
def half_heads(target: Target) -> Clients:
    beginnings = (b"GET /", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow:")
    return [raw_client.connect(target.port, beginnings[n % 2]) for n in range(200 * target.scale)]


@attack("heads and bodies at a few bytes a second")
def slow_writers(target: Target) -> Clients:
    body = raw_client.request(
        "/login/", "POST", "Content-Length: 5000", "Content-Type: application/x-www-form-urlencoded"
    )
    clients = [raw_client.connect(target.port, start) for start in (b"GET / HTTP/1.1\r\n", body) * 25 * target.scale]
    for _ in range(10):
        for client in clients:
            raw_client.try_to_send(client, b"X")
        time.sleep(0.1)
    return clients


@attack("requests that are too large in every way")
def large_requests(target: Target) -> Clients:
    heads = [
        raw_client.request("/" + "a" * 60_000),
        raw_client.request("/", "GET", *[f"X-{n}: {'x' * 1000}" for n in range(200)]),
        raw_client.request("/", "GET", "Cookie: " + "x" * 500_000),
        raw_client.request("/login/", "POST", "Content-Length: 99999999999", "Content-Type: application/json"),
        raw_client.request("/login/", "POST", "Transfer-Encoding: chunked") + b"ffffffffffffffff\r\n",
    ]
    return [raw_client.connect(target.port, head) for head in heads * 10 * target.scale]


@attack("10 MB in chunks without a length")
def endless_body(target: Target) -> Clients:
    head = raw_client.request(
        "/login/", "POST", "Transfer-Encoding: chunked", "Content-Type: multipart/form-data; boundary=x"
    )
    chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    clients = [raw_client.connect(target.port, head) for _ in range(2)]
    for client in clients:
        client.settimeout(2)
        for _ in range(160 * target.scale):
            if not raw_client.try_to_send(client, chunk):
                break
    return clients


@attack("zipped bodies that grow a thousandfold")
def zip_bombs(target: Target) -> Clients:
    bomb = gzip.compress(bytes(50 * 1024 * 1024))
    said = [f"Content-Length: {len(bomb)}", "Content-Encoding: gzip", "Content-Type: application/json"]
    head = raw_client.request("/api/fixtures/1/result/", "PUT", *said, "Authorization: Bearer x")
    return [raw_client.connect(target.port, head + bomb) for _ in range(10 * target.scale)]


@attack("connects, one after the other")
def many_connects(target: Target) -> Clients:
    for _ in range(1000 * target.scale):
        raw_client.connect(target.port).close()
    return []


@attack("Socket.IO sessions without end")
def many_sessions(target: Target) -> Clients:
    client = raw_client.connect(target.port)
    for _ in range(500 * target.scale):
        client.sendall(raw_client.request(raw_client.POLLING))
        client.recv(65_536)
    return [client]


@attack("the same poll without waiting for an answer, by many of one session")
def piled_polls(target: Target) -> Clients:
    clients = []
    for _ in range(5 * target.scale):
        sid = raw_client.poller(target.port)
        raw_client.post(target.port, sid, b"40")
        raw_client.post(target.port, sid, raw_client.said("subscribe", {"event_id": target.event_id}))
        poll = raw_client.request(f"{raw_client.POLLING}&t=x&sid={sid}")
        for number in range(8):
            clients.append(raw_client.connect(target.port))
            clients[-1].settimeout(0.2)
            raw_client.try_to_send(clients[-1], poll * 300)
            if number % 2:
                drain(clients[-1])  # the others never read
                raw_client.try_to_send(clients[-1], raw_client.request("/", "GET", "Upgrade: h2c") + poll[:40])
    return clients


@attack("requests without waiting for an answer")
def pipelined(target: Target) -> Clients:
    lost = raw_client.request(f"{raw_client.POLLING}&sid=nobody")
    clients = [
        (raw_client.connect(target.port), raw_client.request(path) * 200) for path in ("/", "/healthz", "/no-such-page")
    ]
    clients.append((raw_client.connect(target.port), lost * 200))
    return go_on_saying(clients, 2 * target.scale)


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


@attack("attachments that are announced and never end")
def attachments(target: Target) -> Clients:
    clients = []
    for _ in range(5):
        client = join(target.port)
        client.settimeout(2)
        raw_client.try_to_send(client, frame(b'459999999999-["subscribe",{"_placeholder":true,"num":0}]'))
        for _ in range(100 * target.scale):
            if not raw_client.try_to_send(client, frame(b"x" * 30_000, BINARY)):
                break
        clients.append(client)
    return clients


@attack("nonsense in Socket.IO's own words")
def nonsense(target: Target) -> Clients:
    words = (
        b"4", b"40/nowhere", b"41", b"42", b"42[]", b'42["subscribe"', b"43", b"431[]", b'44{"a":1}', b"45-", b"4{}",
        b"9", b"x", b"0", b"2", b"6", b"bAAAA", b"4" + b"[" * 20_000, b"42" + b"[" * 20_000, b'4299999999999["ping"]',
        b'42["ping"]' * 50, "42\u00b2".encode(), b'42["connect"]', b'42["disconnect"]', b'42[{"a":1}]', b"42[null]",
    )  # fmt: skip
    clients = []
    for word in words * target.scale:
        clients.append(join(target.port))
        for _ in range(5):
            raw_client.try_to_send(clients[-1], frame(word))
    return clients


@attack("thousands of packets in one polling payload")
def packed_payloads(target: Target) -> Clients:
    for body in (b"\x1e".join([b"3"] * 10_000), b"\x1e".join([b'42["ping"]'] * 16), b"5", b"x", b"b", b"\xff", b"d="):
        for _ in range(5 * target.scale):
            raw_client.post(target.port, raw_client.poller(target.port), body)
            raw_client.post(target.port, "no-such-sid", body)
    return []


@attack("a thousand subscriptions, each for a whole event")
def subscriptions(target: Target) -> Clients:
    clients = [join(target.port) for _ in range(3)]
    for number in range(1000 * target.scale):
        for client in clients:
            client.settimeout(0.5)
            raw_client.try_to_send(client, raw_client.event("subscribe", {"event_id": target.event_id}, number))
            drain(client)
    return clients


@attack("messages as fast as the wire carries them")
def flood(target: Target) -> Clients:
    said = raw_client.event("ping", {}) * 500
    plain = frame(json.dumps({"type": "ping"}).encode()) * 500
    clients = [(join(target.port), said) for _ in range(3)]
    clients += [(upgrade(target.port, PLAIN), plain) for _ in range(3)]
    return go_on_saying(clients, 2 * target.scale)


@attack("followers that never read")
def slow_readers(target: Target) -> Clients:
    clients = []
    path = f"/ws/events/{target.event_id}/stream/"
    for _ in range(20 * target.scale):
        follower = join(target.port)
        follower.sendall(raw_client.event("subscribe", {"event_id": target.event_id}, 1))
        stream = raw_client.connect(target.port, raw_client.request(f"/api/events/{target.event_id}/stream/"))
        clients += [follower, stream, upgrade(target.port, path)]
    for client in clients:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    return clients


def go_on_saying(clients: list[tuple[socket.socket, bytes]], seconds: float) -> Clients:
    """Each client its words, over and over, as fast as they are taken."""
    until = time.monotonic() + seconds
    for client, _ in clients:
        client.settimeout(0.2)
    while time.monotonic() < until:
        for client, data in clients:
            raw_client.try_to_send(client, data)
            drain(client)
    return [client for client, _ in clients]


def drain(client: socket.socket) -> None:
    """Reads what is there, without waiting."""
    before = client.gettimeout()
    client.settimeout(0)
    try:
        while client.recv(65_536):
            pass
    except OSError:
        pass
    client.settimeout(before)
