"""Two workers save at the same time: no change is numbered or told twice, and none is left out."""

import threading
from typing import Any

import pytest

from tests.large.conftest import Club
from tests.transports.client import Client
from tests.transports.clients import EventStream, Polling, SocketIo, WebSocket

ROUNDS = 12


def steps(messages: list[dict[str, Any]]) -> list[tuple[int, int]]:
    return [(one["since"], one["version"]) for one in messages if "version" in one]


@pytest.mark.parametrize("many", [1, 3], ids=["one fixture each", "three fixtures each"])
def test_many_saves_on_both(club: Club, many: int) -> None:
    event_id = club.new_league()
    fixtures = club.fixtures(event_id)
    topic, pipes = f"event_{event_id}_results", (SocketIo, EventStream, WebSocket, Polling)
    clients = [club.open(client_class, base, event_id) for base in club.bases for client_class in pipes]
    first = [client.next("results_update") for client in clients]
    assert {one["version"] for one in first} == {1}
    faults: list[Exception] = []

    def save_all(worker: int, own: list[int]) -> None:
        try:
            for turn in range(ROUNDS):
                club.save(worker, own[turn % len(own)], turn + 1, worker)
        except Exception as error:
            faults.append(error)

    threads = [
        threading.Thread(target=save_all, args=(worker, fixtures[3 * worker : 3 * worker + many])) for worker in (0, 1)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    last = 1 + 2 * ROUNDS
    for client in clients:
        told = steps(client.until(topic, last))
        assert_whole(client, told, last)
    assert numbered(club, topic) == [(version, 1) for version in range(2, last + 1)]
    same = [club.read(worker, f"/api/events/{event_id}/leaderboard/") for worker in (0, 1)]
    assert same[0] == same[1]


def assert_whole(client: Client, told: list[tuple[int, int]], last: int) -> None:
    """No version comes twice, and none is left out: a snapshot would be a gap that was healed.

    What one worker has put together may begin before what the other had told already. Whoever polls gets a snapshot
    for all that was saved while it was not there.
    """
    least = 0 if isinstance(client, Polling) else 1
    at = 1
    for since, version in told:
        assert least <= since <= at < version, f"{client.transport}: {told}"
        at = version
    assert at == last


def numbered(club: Club, topic: str) -> list[tuple[int, int]]:
    """[(version, how many records it changed)] as the database's log has it, after the topic was made."""
    rows = club.cluster.do(
        f"SELECT version, count(*) FROM changes WHERE topic = '{topic}' AND version > 1 "
        "GROUP BY version ORDER BY version",
        club.database,
    )
    return [(version, number) for version, number in rows]


def test_what_is_due_is_done_once(club: Club) -> None:
    event_id = club.new_league()
    clients = [club.open(WebSocket, base, event_id, ["announcements"]) for base in club.bases]
    for client in clients:
        assert client.next("announcement_update")["since"] == 0
    club.workers[0].ask_clerk("tests.large.announce", str(event_id), "2")
    for client in clients:
        told = client.next("announcement_update", within=8)
        assert (told["since"], told["version"], told["data"]["action"]) == (1, 2, "created")
        client.nothing_but_heartbeats(2.5)
    assert numbered(club, f"event_{event_id}_announcements") == [(2, 1)]
