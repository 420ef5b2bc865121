"""Redis goes and comes back, a worker dies, the database is started anew: what is told is whole again at once."""

import threading
import time

import pytest
import requests
import socketio

from tests.large.conftest import Club, soon
from tests.transports.clients import EventStream, Polling, WebSocket

# By its look at the database once a second, whatever Redis does.
HEALED_WITHIN = 2.5
RECONNECTED_WITHIN = 6.0


def seconds_to_be_told(club: Club, client: WebSocket, fixture_id: int, score: int) -> float:
    began = time.monotonic()
    club.save(0, fixture_id, score, 0)
    told = client.next("results_update")
    assert told["data"]["results"][0]["home_score"] == score
    return time.monotonic() - began


def test_redis_stopped_and_started(club: Club) -> None:
    event_id = club.new_league()
    fixture_id = club.fixtures(event_id)[0]
    client = club.open(WebSocket, club.bases[1], event_id)
    client.next("results_update")
    assert seconds_to_be_told(club, client, fixture_id, 1) < HEALED_WITHIN
    club.redis.stop()
    try:
        for score in (2, 3):
            assert seconds_to_be_told(club, client, fixture_id, score) < HEALED_WITHIN
    finally:
        club.redis.start()
    for worker in club.workers:
        assert "Redis does not answer" in worker.printed()
        soon(lambda worker=worker: "Redis answers again" in worker.printed(), 10)
    # The worker that saves makes a message, and so has one to hand on, if it has somebody to tell.
    club.open(WebSocket, club.bases[0], event_id).next("results_update")
    heard = club.heard(1)
    for score in range(4, 8):
        assert seconds_to_be_told(club, client, fixture_id, score) < HEALED_WITHIN
    assert club.heard(1) > heard, "it comes by way of the database alone"


def test_redis_that_hangs_holds_nobody_up(club: Club) -> None:
    event_id = club.new_league()
    fixture_id = club.fixtures(event_id)[0]
    client = club.open(WebSocket, club.bases[1], event_id)
    client.next("results_update")
    assert requests.get(f"{club.bases[0]}/", timeout=10).status_code == 200  # the first drawing is no matter of Redis
    club.redis.hang()
    try:
        for score in (1, 2, 3):
            began = time.monotonic()
            assert requests.get(f"{club.bases[0]}/", timeout=10).status_code == 200
            assert time.monotonic() - began < 1
            assert seconds_to_be_told(club, client, fixture_id, score) < HEALED_WITHIN + 1
    finally:
        club.redis.go_on()
    soon(lambda: requests.get(f"{club.bases[0]}/healthz", timeout=10).ok)


class Page:
    """A spectator's page behind nginx, which comes back by itself when its connection breaks."""

    def __init__(self, club: Club, event_id: int, name: str) -> None:
        self.versions: list[tuple[int, int]] = []
        self.lost_at, self.back_at = 0.0, 0.0
        self.have, self.epoch, self.event_id = {}, "", event_id
        session = requests.Session()
        session.headers["User-Agent"] = name  # of every request, as a browser has it: nginx goes by it
        self.client = socketio.Client(
            reconnection_delay=0.3, reconnection_delay_max=1, randomization_factor=0.2, http_session=session
        )
        self.client.on("message", self._hear)
        self.client.on("disconnect", self._lose)
        self.client.on("connect", self._subscribe)
        transports = ["websocket"] if name.startswith("ws") else ["polling"]
        self.client.connect(club.nginx.url, transports=transports, headers={"User-Agent": name}, wait_timeout=5)

    def _subscribe(self) -> None:
        asked = {"event_id": self.event_id, "topics": ["results"], "versions": self.have, "epoch": self.epoch}
        self.client.emit("subscribe", asked)

    def _lose(self, *reason: object) -> None:
        self.lost_at, self.back_at = time.monotonic(), 0.0

    def _hear(self, message: dict) -> None:
        if message["type"] == "heartbeat" and self.lost_at and not self.back_at:
            self.back_at = time.monotonic()
        if "version" not in message:
            return
        since, version, have = message["since"], message["version"], self.have.get("results", 0)
        if version <= have and message["epoch"] == self.epoch:
            return
        if since > have:  # python-socketio hands messages to threads, which may change places
            self._subscribe()
            return
        self.have, self.epoch = {"results": version}, message["epoch"]
        self.versions.append((since, version))

    @property
    def at(self) -> int:
        return self.have.get("results", 0)


def test_a_killed_worker_loses_nobody_for_longer_than_a_reconnect(club: Club) -> None:
    event_id = club.new_league()
    fixture_id = club.fixtures(event_id)[0]
    pages = [Page(club, event_id, f"{kind} {number}") for kind in ("ws", "poll") for number in range(6)]
    try:
        soon(lambda: all(page.at == 1 for page in pages))
        killed_at = time.monotonic()
        club.workers[0].kill()
        for score in (1, 2):
            club.save(1, fixture_id, score, 0)
        soon(lambda: all(page.at == 3 for page in pages), RECONNECTED_WITHIN + 2)
        lost = [page for page in pages if page.lost_at]
        assert lost, "nginx had sent nobody to the worker that was killed"
        assert len(lost) < len(pages), "nginx had sent everybody there"
        assert all(page.back_at - killed_at < RECONNECTED_WITHIN for page in lost)
        # A page is answered all the while, by the one that is left.
        for number in range(8):
            answer = requests.get(club.nginx.url, headers={"User-Agent": f"plain {number}"}, timeout=5)
            assert answer.status_code == 200
        club.workers[0].start()
        club.save(0, fixture_id, 3, 0)
        soon(lambda: all(page.at == 4 for page in pages))
        assert all(version > since for page in pages for since, version in page.versions)
    finally:
        if club.workers[0].process and club.workers[0].process.poll() is not None:
            club.workers[0].start()
        for page in pages:
            page.client.disconnect()


def test_a_postgresql_that_is_started_anew(club: Club) -> None:
    event_id = club.new_league()
    fixture_id = club.fixtures(event_id)[0]
    clients = [club.open(client_class, club.bases[1], event_id) for client_class in (WebSocket, EventStream)]
    for client in clients:
        client.next("results_update")
    club.save(0, fixture_id, 1, 0)
    club.cluster.stop()
    try:
        with pytest.raises(RuntimeError, match=r": 503 .*Nothing was saved"):
            club.save(0, fixture_id, 2, 0)
        ill = requests.get(f"{club.bases[1]}/healthz", timeout=10)
        assert (ill.status_code, list(ill.json())) == (503, ["error"])
        assert requests.get(f"{club.bases[1]}/", timeout=10).status_code == 503
    finally:
        club.cluster.start()
    soon(lambda: requests.get(f"{club.bases[0]}/healthz", timeout=10).ok)
    club.save(0, fixture_id, 3, 0)
    for client in clients:
        told = client.until(f"event_{event_id}_results", 3)
        assert told[-1]["data"]["results"][0]["home_score"] == 3


def test_a_worker_that_stops_in_the_middle_of_a_save_holds_no_lock(club: Club) -> None:
    event_id = club.new_league()
    fixtures = club.fixtures(event_id)
    stop = threading.Event()

    def keep_saving() -> None:
        score = 0
        while not stop.is_set():
            score += 1
            try:
                club.save(0, fixtures[0], score, 0)
            except (RuntimeError, OSError):
                return

    saving = threading.Thread(target=keep_saving)
    saving.start()
    try:
        time.sleep(0.5)
        club.workers[0].kill()
        began = time.monotonic()
        club.save(1, fixtures[1], 1, 1)
        assert time.monotonic() - began < 1.5
    finally:
        stop.set()
        saving.join()
        club.workers[0].start()
    client = club.open(Polling, club.bases[0], event_id)
    assert client.next("results_update")["version"] == club.version(event_id, 1)
