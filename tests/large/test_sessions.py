"""Revoked users are disconnected at every worker, wherever it was done; all are counted together."""

import time
from typing import Any

import pytest
import requests
import socketio
import websocket

from tests.csrf import token_in
from tests.large.conftest import Club, soon
from tests.transports.clients import EventStream, SocketIo, WebSocket


def leave(session: requests.Session, base: str) -> None:
    page = session.get(f"{base}/admin/", timeout=10).text
    token = token_in(page)
    answer = session.post(f"{base}/logout/", {"csrf_token": token}, timeout=10, allow_redirects=False)
    assert answer.status_code == 302


def cookie_of(session: requests.Session) -> str:
    return "; ".join(f"{one.name}={one.value}" for one in session.cookies)


def follow(session: requests.Session, base: str) -> tuple[socketio.Client, websocket.WebSocket]:
    """The connections of somebody's pages at the worker: they are told what is for that person alone."""
    client = socketio.Client(reconnection=False)
    client.connect(base, transports=["websocket"], headers={"Cookie": cookie_of(session)})
    answer = client.call("subscribe", {"topics": ["notifications"]}, timeout=5)
    assert [topic for topic in answer["versions"] if topic.startswith("user_")]
    line = websocket.create_connection(
        f"{base.replace('http', 'ws', 1)}/ws/notifications/", timeout=10, cookie=cookie_of(session), origin=base
    )
    return client, line


def is_ended(line: websocket.WebSocket) -> bool:
    try:
        while line.recv():
            pass
    except websocket.WebSocketTimeoutException:
        return False
    except (websocket.WebSocketException, OSError):
        return True
    return True


def test_signing_out_at_one_worker_ends_the_connections_at_the_other(club: Club) -> None:
    here, there = club.bases
    session, another = club.signed_in(here), club.signed_in(here)
    client, line = follow(session, there)
    kept, kept_line = follow(another, there)
    left_at = time.monotonic()
    leave(session, here)
    soon(lambda: not client.connected, within=2)
    assert is_ended(line)
    assert time.monotonic() - left_at < 3
    assert kept.connected, "the same person's other browser stays signed in"
    kept_line.settimeout(0.5)
    assert not is_ended(kept_line)
    # The cookie that was sent before is good for nothing at the other worker either.
    assert requests.get(f"{there}/admin/", headers={"Cookie": cookie_of(another)}, timeout=10).status_code == 200
    kept.disconnect()
    kept_line.close()


def test_a_cookie_from_before_is_nobodys_at_the_other_worker(club: Club) -> None:
    here, there = club.bases
    session = club.signed_in(here)
    before = {"Cookie": cookie_of(session)}
    assert requests.get(f"{there}/admin/", headers=before, timeout=10).status_code == 200
    leave(session, here)
    soon(lambda: requests.get(f"{there}/admin/", headers=before, timeout=10, allow_redirects=False).status_code == 302)


def test_signing_out_while_redis_is_away_is_found_out_by_the_database(club: Club) -> None:
    here, there = club.bases
    session = club.signed_in(here)
    client, line = follow(session, there)
    club.redis.stop()
    try:
        leave(session, here)
        soon(lambda: not client.connected, within=12)
        assert is_ended(line)
    finally:
        club.redis.start()


@pytest.mark.parametrize(
    "client_class", [SocketIo, EventStream, WebSocket], ids=lambda client_class: client_class.transport
)
def test_who_may_not_follow_any_more_is_cut_off_at_every_worker(club: Club, client_class: Any) -> None:
    event_id = club.new_league()
    clients = [club.open(client_class, base, event_id) for base in club.bases]
    for client in clients:
        client.next("results_update")
    club.workers[0].ask_clerk("tests.transports.withdraw", str(event_id))
    for client in clients:
        assert client.next("error")["data"]["code"] == "not_found"


def test_all_that_watch_are_counted_together(club: Club) -> None:
    event_id = club.new_league()
    opened = [club.open(WebSocket, base, event_id) for base in (*club.bases, club.bases[1])]
    session = club.signed_in(club.bases[0])

    def watching(worker: int) -> int:
        address = f"{club.bases[worker]}/admin/live/numbers/?event={event_id}"
        return int(session.get(address, timeout=10).json()["watching"])

    for worker in (0, 1):
        soon(lambda worker=worker: watching(worker) == len(opened), within=14)


def test_limits_are_counted_together(club: Club) -> None:
    fixture_id = club.fixtures(club.new_league())[0]

    def left(worker: int) -> int:
        address = f"{club.bases[worker]}/api/fixtures/{fixture_id}/result/"
        headers = {"Authorization": f"Bearer {club.token}"}
        sheet = {"home_score": 1, "away_score": 1, "reason": "again"}
        answer = requests.put(address, json=sheet, headers=headers, timeout=10)
        assert answer.status_code == 200
        return int(answer.headers["X-RateLimit-Remaining"])

    first, second, third = left(0), left(1), left(0)
    assert (second, third) == (first - 1, first - 2)
