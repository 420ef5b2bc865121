"""The larger set-up as it is shipped: two workers on one PostgreSQL, with Redis between them and nginx in front."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
import requests

from tests import postgres
from tests.browser.server import PASSWORD, Server
from tests.conftest import LEAGUE
from tests.csrf import token_in
from tests.large import nginx, redis_server
from tests.large.nginx import Nginx
from tests.large.redis_server import RedisServer
from tests.ports import free_port
from tests.postgres import Cluster
from tests.transports.client import Client

KEY = "a key that both of the workers have"


class Club:
    """The whole of it, and what the tests do with it."""

    def __init__(self, folder: Path, cluster: Cluster, redis: RedisServer) -> None:
        self.cluster, self.redis = cluster, redis
        self.database = cluster.new_database()
        shared = {
            "TIMELY_DATABASE_URL": cluster.url(self.database),
            "TIMELY_REDIS_URL": redis.url,
            "TIMELY_SECRET_KEY": KEY,
            "TIMELY_PROXIES": "1",
        }
        self.workers = []
        for name in "ab":
            (folder / name).mkdir()
            self.workers.append(Server(folder / name, **shared))
        (folder / "nginx").mkdir()
        self.nginx = Nginx(folder / "nginx", free_port(), [one.port for one in self.workers])
        self.clients: list[Client] = []
        self.token = ""

    @property
    def bases(self) -> list[str]:
        return [one.url().rstrip("/") for one in self.workers]

    def start(self) -> None:
        self.redis.start()
        for one in self.workers:
            one.start()
        self.nginx.start()
        self.workers[0].add_person("Ada", "administrator")
        self.token = self.workers[0].token_of("Ada")

    def stop(self) -> None:
        self.close_clients()
        self.nginx.stop()
        for one in self.workers:
            one.stop()
            one.dismiss_clerk()
        self.redis.stop()

    def new_league(self, **changed: Any) -> int:
        return self.workers[0].import_event({**LEAGUE, **changed})[0]

    def fixtures(self, event_id: int) -> list[int]:
        return [one["id"] for one in self.read(0, f"/api/events/{event_id}/schedule/")["fixtures"]]

    def read(self, worker: int, path: str) -> Any:
        return self.workers[worker].call("GET", path, token=self.token)

    def version(self, event_id: int, worker: int = 0) -> int:
        return int(self.read(worker, f"/api/events/{event_id}/leaderboard/")["version"])

    def save(self, worker: int, fixture_id: int, home: int, away: int) -> dict[str, Any]:
        body = {"home_score": home, "away_score": away, "reason": "again"}
        answer: dict[str, Any] = self.workers[worker].call(
            "PUT", f"/api/fixtures/{fixture_id}/result/", body, self.token
        )
        return answer

    def heard(self, worker: int) -> int:
        """How many ready messages of the other worker this one has been given by Redis."""
        text = requests.get(f"{self.bases[worker]}/metrics", timeout=10).text
        name = 'timely_relayed_total{kind="message",way="heard"}'
        found = [line for line in text.splitlines() if line.startswith(name)]
        return int(float(found[0].split()[-1])) if found else 0

    def made(self, worker: int) -> int:
        """How many messages this worker has built itself."""
        text = requests.get(f"{self.bases[worker]}/metrics", timeout=10).text
        lines = (line for line in text.splitlines() if line.startswith("timely_messages_total{"))
        return sum(int(float(line.split()[-1])) for line in lines)

    def open(
        self,
        client_class: type[Client],
        base: str,
        event_id: int,
        topics: list[str] | None = None,
        language: str = "",
    ) -> Client:
        client = client_class(base, language)
        self.clients.append(client)
        client.start(event_id, topics or ["results"], {}, "", "")
        return client

    def close_clients(self) -> None:
        for client in self.clients:
            client.stop()
        self.clients.clear()

    def signed_in(self, base: str) -> requests.Session:
        """Somebody's browser, as far as its cookie goes."""
        session = requests.Session()
        page = session.get(f"{base}/login/", timeout=10).text
        token = token_in(page)
        sheet = {"name": "Ada", "password": PASSWORD, "csrf_token": token}
        answer = session.post(f"{base}/login/", sheet, timeout=10, allow_redirects=False)
        assert answer.status_code == 302, answer.text
        return session


def soon(what: Any, within: float = 20.0) -> Any:
    """What *what()* answers, as soon as that is true. Raises AssertionError."""
    give_up_at = time.monotonic() + within
    while not (answer := what()):
        assert time.monotonic() < give_up_at, f"it has not come true within {within} s"
        time.sleep(0.05)
    return answer


@pytest.fixture(scope="session")
def one_club(postgresql: Cluster) -> Iterator[Club]:
    redis_server.require()
    nginx.require()
    folder = Path(tempfile.mkdtemp(prefix="timely-large-"))  # nginx's own workers must be able to reach it
    folder.chmod(0o755)
    club = Club(folder, postgresql, RedisServer(folder, free_port()))
    try:
        club.start()
        yield club
    finally:
        club.stop()
        rmtree(folder, ignore_errors=True)


@pytest.fixture
def club(one_club: Club) -> Iterator[Club]:
    yield one_club
    one_club.close_clients()


@pytest.fixture(scope="session", autouse=True)
def the_needed() -> None:
    postgres.require()
