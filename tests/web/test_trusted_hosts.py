"""Host allow-list: the server's own names, and one sentence of refusal for any other."""

import http.client
import json
import socket
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser.server import Server
from timely.web.trusted_hosts import is_trusted, own_names

PATHS = ("/", "/matches/", "/static/css/timely.css", "/api/events/", "/healthz", "/socket.io/?EIO=4&transport=polling")


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8000",
        "localhost.",
        "localhost:",
        "127.0.0.1:8000",
        "192.168.1.20:8000",
        "10.0.0.7",
        "[::1]:8000",
        "[fe80::1]",
        "[2001:db8::7]:80",
    ],
)
def test_addresses_and_loopback_names_are_trusted(host: str) -> None:
    assert is_trusted(host, "0.0.0.0", ())


def test_the_name_of_this_computer_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(is_trusted(name, "0.0.0.0", ()) for name in own_names())
    for name in ("Ada-Laptop", "ada-laptop.local", "ada-laptop.club.example"):
        monkeypatch.setattr(socket, "gethostname", lambda name=name: name)
        assert is_trusted("ada-laptop:8000", "0.0.0.0", ())
        assert is_trusted("Ada-Laptop.local.", "0.0.0.0", ())
        assert is_trusted(name, "0.0.0.0", ())
        assert not is_trusted("ada-laptop.evil.example", "0.0.0.0", ())


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "localhost@evil.example",
        "evil.example@localhost",
        "localhost:80:80",
        "localhost/",
        "localhost evil.example",
        "127.0.0.1,evil.example",
        "127.0.0.1\n",
        "2130706433",
        "[localhost]",
        "[]",
        "[::1",
        ".",
        "",
    ],
)
def test_other_names_are_not(host: str) -> None:
    assert not is_trusted(host, "0.0.0.0", ())


def test_configured_names_are_trusted() -> None:
    assert is_trusted("timely.example:8000", "0.0.0.0", ("timely.example",))
    assert is_trusted("timely.example", "timely.example", ())
    assert is_trusted("whatever.example", "0.0.0.0", ("*",))
    assert not is_trusted("other.example", "0.0.0.0", ("timely.example",))


@pytest.mark.parametrize("path", PATHS[:-1])
def test_another_name_gets_a_sentence(client: FlaskClient, league: int, path: str) -> None:
    answer = client.get(path, headers={"Host": "evil<b>.example"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "TIMELY_ALLOWED_HOSTS" in text
    assert "Saturday League" not in text
    assert "Set-Cookie" not in answer.headers
    if path.startswith("/api/"):
        assert answer.json
        assert answer.json["error"]["code"] == "unknown_host"
    else:
        assert "evil&lt;b&gt;.example" in text
    assert client.get(path).status_code == 200


def test_a_form_from_another_name_changes_nothing(app: Flask, client: FlaskClient) -> None:
    answer = client.post("/setup/", data={"name": "Eve"}, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    app.config["TIMELY_ALLOWED_HOSTS"] = ("evil.example",)
    assert client.post("/setup/", data={"name": "Eve"}, headers={"Host": "evil.example"}).status_code == 422


def test_the_real_server_asks_before_the_handshake(tmp_path: Path) -> None:
    with Server(tmp_path / "data", TIMELY_ALLOWED_HOSTS="timely.example") as server:
        for path in PATHS:
            for host, status in (("evil.example", 400), ("timely.example", 200), (f"127.0.0.1:{server.port}", 200)):
                assert ask(server.port, path, host)[0] == status, (path, host)
        upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
        upgrade["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
        status, body = ask(server.port, "/socket.io/?EIO=4&transport=websocket", "evil.example", upgrade)
        assert status == 400
        assert json.loads(body)["error"]["code"] == "unknown_host"


def ask(port: int, path: str, host: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": host, **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()
