"""Attacks over HTTP: malformed, slow, large and endless requests."""

import gzip
import random
import time

from tests.limits import raw_client
from tests.limits.attacks import Clients, Target, attack, send_repeatedly


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


@attack("requests without waiting for an answer")
def pipelined(target: Target) -> Clients:
    lost = raw_client.request(f"{raw_client.POLLING}&sid=nobody")
    clients = [
        (raw_client.connect(target.port), raw_client.request(path) * 200) for path in ("/", "/healthz", "/no-such-page")
    ]
    clients.append((raw_client.connect(target.port), lost * 200))
    return send_repeatedly(clients, 2 * target.scale)
