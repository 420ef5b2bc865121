"""Request smuggling and malformed requests: refused, and nothing of them is left."""

import json

import pytest

from tests.limits import raw_client
from tests.limits.test_attacks import told
from tests.transports.conftest import LeagueServer

SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = "Transfer-Encoding: chunked"


def status(answer: bytes) -> int:
    """Of the first answer; 0 where the server only hung up."""
    return int(answer.split()[1]) if answer.startswith(b"HTTP/1.") else 0


@pytest.fixture
def port(besieged: LeagueServer) -> int:
    return besieged.server.port


@pytest.mark.parametrize(
    "headers",
    [
        (CHUNKED, "Content-Length: 4"),
        ("Content-Length: 4", CHUNKED),
        ("Content-Length: 0", f"Content-Length: {len(SMUGGLED)}"),
        (f"Content-Length: {len(SMUGGLED)}", "Content-Length: 0"),
        ("Content-Length: +0",),
        ("Content-Length: -1",),
        ("Content-Length: 0x10",),
    ],
    ids=" and ".join,
)
def test_a_body_of_two_lengths_is_no_second_request(port: int, headers: tuple[str, ...]) -> None:
    sent = raw_client.request("/login/", "POST", "Content-Type: application/x-www-form-urlencoded", *headers)
    answer = raw_client.ask(port, sent + b"0\r\n\r\n" + SMUGGLED)
    # Only one reading is safe: refuse it, or at least answer once and hang up.
    assert answer.count(b"HTTP/1.") <= 1, answer[:600]
    assert b"smuggled" not in answer


@pytest.mark.parametrize(
    "path",
    [
        "/static/../config.py",
        "/static/..%2fconfig.py",
        "/static/%2e%2e/%2e%2e/config.py",
        "/static/..%5c..%5cconfig.py",
        "/static//etc/passwd",
        "/static/css/%00",
        "//etc/passwd",
    ],
)
def test_no_file_but_our_own_is_given_away(port: int, path: str) -> None:
    answer = raw_client.ask(port, raw_client.request(path, "GET", "Connection: close"))
    assert status(answer) in (400, 404, 308)
    assert b"TIMELY_" not in answer
    assert b"root:" not in answer


@pytest.mark.parametrize(
    "query",
    ["next=/%0d%0aX-Made-Up:%201", "next=%0d%0a%0d%0a<script>", "next=//evil.example", "next=https:evil.example"],
)
def test_no_header_comes_from_an_address(port: int, query: str) -> None:
    for path in (f"/login/?{query}", f"/admin/?{query}"):
        head, _, _ = raw_client.ask(port, raw_client.request(path, "GET", "Connection: close")).partition(b"\r\n\r\n")
        assert status(head) in (200, 302, 400)
        assert b"\r\nx-made-up" not in head.lower()
        assert b"evil.example" not in head.partition(b"Location:")[2].split(b"\r\n")[0].split(b"?")[0]


@pytest.mark.parametrize("path", ["/login/", "/api/fixtures/1/result/", "/socket.io/?EIO=4&transport=polling"])
def test_ten_megabytes_without_a_length(port: int, path: str) -> None:
    client = raw_client.connect(port, raw_client.request(path, "POST", CHUNKED, "Content-Type: application/json"))
    try:
        for _ in range(160):
            if not raw_client.try_to_send(client, b"10000\r\n" + b"x" * 65_536 + b"\r\n"):
                break
        raw_client.try_to_send(client, b"0\r\n\r\n")
        assert status(raw_client.rest(client)) in (0, 302, 400, 401, 405, 413)  # 302: the form begins anew
    finally:
        client.close()


def test_thousands_of_fields_and_parts(port: int) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    for kind, body in (
        ("application/x-www-form-urlencoded", b"a=1&" * 100_000),
        ("multipart/form-data; boundary=x", part * 20_000 + b"--x--\r\n"),
        ("multipart/form-data; boundary=x", part),
        ("multipart/form-data", b"nothing of the kind"),
    ):
        said = (f"Content-Length: {len(body)}", f"Content-Type: {kind}", "Connection: close")
        assert status(raw_client.ask(port, raw_client.request("/login/", "POST", *said, body=body))) in (
            0,
            302,
            400,
            413,
        )


def test_a_client_that_never_polls_has_one_pending_snapshot(besieged: LeagueServer, port: int) -> None:
    said = {"event_id": besieged.new_league()}
    sid = raw_client.poller(port)
    assert status(raw_client.post(port, sid, b"40")) == 200
    subscribe = f'42["subscribe",{json.dumps(said)}]'.encode()
    for _ in range(3):
        assert status(raw_client.post(port, sid, b"\x1e".join([subscribe] * 16))) == 200
    poll = raw_client.request(f"/socket.io/?EIO=4&transport=polling&sid={sid}", "GET", "Connection: close")
    topics = [f'"type":"{one}_update"'.encode() for one in ("results", "schedule", "event")]
    heard = raw_client.ask(port, poll)  # only now is there room for what is owed
    assert not any(topic in heard for topic in topics)
    while not all(topic in heard for topic in topics):
        heard += raw_client.ask(port, poll)
    assert [heard.count(topic) for topic in topics] == [1, 1, 1]


def test_the_server_still_answers(besieged: LeagueServer, port: int) -> None:
    before = told(besieged)
    answer = raw_client.ask(port, raw_client.request("/", "GET", "Connection: close"))
    assert status(answer) == 200
    assert "Traceback" not in before
