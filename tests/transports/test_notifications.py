"""Notifications on a plain WebSocket and on an event stream, with third-party clients on a real server."""

import json
import threading
import time

import pytest
import requests
import socketio
import sseclient
import websocket

from tests.browser.server import Server
from tests.transports.members import Member, open_socket


@pytest.fixture(scope="module")
def members(server: Server):
    """Greta, who sends, and Paul."""
    for name in ("Greta", "Paul"):
        server.add_person(name, "organiser")
    server.add_person("Root", "administrator")
    return Member(server, "Greta"), Member(server, "Paul")


def read(socket, *types):
    """The next message of these types."""
    while True:
        message = json.loads(socket.recv())
        if message["type"] in types:
            return message


def titles(message):
    return [row["title"] for row in message["data"]["notifications"]]


def test_the_socket_gets_a_snapshot_first_and_urgent_ones_at_once(server, members):
    greta, _ = members
    greta.notify("Tea")
    socket = open_socket(server)
    first = json.loads(socket.recv())
    assert (first["type"], first["topic"], first["since"]) == ("notification", "notifications", 0)
    assert "Tea" in titles(first)
    beat = json.loads(socket.recv())
    assert beat["type"] == "heartbeat"
    assert beat["data"]["versions"]["notifications"] == first["version"]
    began = time.monotonic()
    greta.notify("Thunder", priority="urgent")
    told = read(socket, "notification")
    assert time.monotonic() - began < 2
    assert (told["since"], told["version"]) == (first["version"], first["version"] + 1)
    assert (told["data"]["title"], told["data"]["priority"]) == ("Thunder", "urgent")
    socket.close()


def test_a_personal_notification_reaches_that_user_only(server, members):
    greta, paul = members
    sockets = {"greta": greta.open_socket(), "paul": paul.open_socket(), "anybody": open_socket(server)}
    for socket in sockets.values():
        read(socket, "heartbeat")
    greta.notify("For Paul", to="Paul")
    told = read(sockets["paul"], "notification")
    assert (told["data"]["title"], told["topic"][:5]) == ("For Paul", "user_")
    # What comes after it reaches the others first of all: it was not sent to them.
    greta.notify("For everybody")
    for name in ("greta", "anybody"):
        assert read(sockets[name], "notification")["data"]["title"] == "For everybody"
    assert read(sockets["paul"], "notification")["topic"] == "notifications"
    for socket in sockets.values():
        socket.close()


def test_the_event_stream_carries_the_same(server, members):
    greta, paul = members
    answer = requests.get(
        server.url("/api/notifications/stream/"), stream=True, timeout=(5, 15), headers={"Cookie": paul.cookie}
    )
    events = sseclient.SSEClient(answer.raw.read_chunked(decode_content=True)).events()
    first = [json.loads(next(events).data) for _ in range(3)]
    assert [one["type"] for one in first] == ["notification", "notification", "heartbeat"]
    greta.notify("Cake for Paul", to="Paul")
    told = next(one for one in (json.loads(event.data) for event in events) if one["type"] == "notification")
    assert told["data"]["title"] == "Cake for Paul"
    answer.close()


def test_signing_out_ends_all_transports_of_that_browser_only(server, members):
    greta, _ = members
    laptop, phone = Member(server, "Paul"), Member(server, "Paul")
    ended = {}

    def follow(name, wait):
        threading.Thread(target=lambda: ended.__setitem__(name, (wait(), time.monotonic())[1]), daemon=True).start()

    def until_closed(socket):
        try:
            while socket.recv():
                pass
        except (websocket.WebSocketException, OSError):
            pass

    socket, kept = laptop.open_socket(), phone.open_socket()
    stream = requests.get(
        server.url("/api/notifications/stream/"), stream=True, timeout=(5, 30), headers={"Cookie": laptop.cookie}
    )
    client = socketio.Client(reconnection=False)
    client.connect(server.url("").rstrip("/"), headers={"Cookie": laptop.cookie})
    first = requests.get(server.url("/api/poll/?topics=notifications"), timeout=5, headers={"Cookie": laptop.cookie})
    assert first.status_code == 200, first.text
    now = first.json()["heartbeat"]
    have = "&".join(f"{topic}={version}" for topic, version in now["data"]["versions"].items())
    path = server.url(f"/api/poll/?topics=notifications&{have}&epoch={now['epoch']}&wait=20")
    polled = []
    follow("WebSocket", lambda: until_closed(socket))
    follow("stream", lambda: list(stream.raw.read_chunked()))
    follow("Socket.IO", client.wait)
    follow("poll", lambda: polled.append(requests.get(path, timeout=30, headers={"Cookie": laptop.cookie})))
    time.sleep(1.0)
    assert ended == {}

    began = time.monotonic()
    laptop.send_form("/logout/")
    give_up_at = time.monotonic() + 8
    while len(ended) < 4 and time.monotonic() < give_up_at:
        time.sleep(0.05)
    assert set(ended) == {"WebSocket", "stream", "Socket.IO", "poll"}
    assert max(ended.values()) - began < 2
    assert polled[0].status_code == 401
    assert "Set-Cookie" not in polled[0].headers
    greta.notify("Still here", to="Paul")
    read(kept, "heartbeat")
    assert read(kept, "notification")["data"]["title"] == "Still here"
    kept.close()
