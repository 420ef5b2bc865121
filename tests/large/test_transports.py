"""A result that one worker saves is on every page of the other, on every transport, and behind nginx too."""

import time

import pytest
import requests

from tests import npm
from tests.large.conftest import Club
from tests.transports.client import Client
from tests.transports.clients import ALL_CLIENTS
from tests.transports.node_clients import NODE, NodeSocketIo

HERE = [
    client_class for client_class in ALL_CLIENTS if not (issubclass(client_class, NodeSocketIo) and npm.missing(NODE))
]


@pytest.mark.parametrize("client_class", HERE, ids=lambda client_class: client_class.transport)
def test_what_one_worker_saves_the_other_tells_at_once(club: Club, client_class: type[Client]) -> None:
    event_id = club.new_league()
    fixture_id = club.fixtures(event_id)[0]
    client = club.open(client_class, club.bases[1], event_id)
    seen = club.open(client_class, club.bases[0], event_id)  # on the worker that saves, too
    client.next("results_update")
    seen.next("results_update")
    heard = club.heard(1)
    for score in range(1, 4):
        club.save(0, fixture_id, score, 0)
        for one in (client, seen):
            told = one.next("results_update")
            assert told["data"]["results"][0]["home_score"] == score
            assert told["version"] == score + 1
            assert told["since"] in (score, 0)  # whoever was between two polls gets the whole
        time.sleep(0.15)
    assert club.heard(1) > heard, "it came by way of the database alone"


def test_a_plain_page_of_the_other_worker_shows_it(club: Club) -> None:
    event_id = club.new_league(name="Plain Cup")
    event = club.read(1, f"/api/events/{event_id}/")
    page = f"{club.bases[1]}/events/{event['slug']}/leaderboard/"
    before = requests.get(page, timeout=10)
    assert requests.get(page, headers={"If-None-Match": before.headers["ETag"]}, timeout=10).status_code == 304
    club.save(0, club.fixtures(event_id)[0], 17, 0)
    after = requests.get(page, headers={"If-None-Match": before.headers["ETag"]}, timeout=10)
    assert after.status_code == 200
    assert ">+17<" in after.text  # the goal difference
    assert ">+17<" not in before.text


@pytest.mark.parametrize("client_class", HERE, ids=lambda client_class: client_class.transport)
def test_every_transport_works_through_nginx(club: Club, client_class: type[Client]) -> None:
    event_id = club.new_league()
    fixture_id = club.fixtures(event_id)[0]
    client = club.open(client_class, club.nginx.url, event_id)
    client.next("results_update")
    for worker in (0, 1):
        club.save(worker, fixture_id, 5, worker)
        assert client.next("results_update")["data"]["results"][0]["away_score"] == worker
        time.sleep(0.15)
