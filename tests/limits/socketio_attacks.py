"""Attacks on Socket.IO: sessions, polls, packets and subscriptions without end."""

import json
import socket

from tests.limits import raw_client
from tests.limits.attacks import PLAIN, Clients, Target, attack, drain, send_repeatedly
from tests.limits.raw_client import BINARY, frame, join, upgrade


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
    messages = raw_client.event("ping", {}) * 500
    plain = frame(json.dumps({"type": "ping"}).encode()) * 500
    clients = [(join(target.port), messages) for _ in range(3)]
    clients += [(upgrade(target.port, PLAIN), plain) for _ in range(3)]
    return send_repeatedly(clients, 2 * target.scale)


@attack("followers that never read")
def slow_readers(target: Target) -> Clients:
    clients = []
    path = f"/ws/events/{target.event_id}/stream/"
    for _ in range(20 * target.scale):
        subscriber = join(target.port)
        subscriber.sendall(raw_client.event("subscribe", {"event_id": target.event_id}, 1))
        stream = raw_client.connect(target.port, raw_client.request(f"/api/events/{target.event_id}/stream/"))
        clients += [subscriber, stream, upgrade(target.port, path)]
    for client in clients:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    return clients
