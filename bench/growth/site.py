"""An app on a data folder of its own, without background tasks, whose work is measured in this process."""

import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bench.growth.row import Row
from config import Config
from tests.csrf import token_in
from timely import create_app
from timely.database import upgrade
from timely.event_file.read import read_event
from timely.extensions import db
from timely.live.hub import Hub
from timely.models import Event, User
from timely.services import people
from timely.services.event_files import import_event
from timely.web.lru_cache import LruCache

RUNS = 9
PASSWORD = "a long enough password"
UNLIMITED = {
    "TIMELY_DRAWING_PER_ADDRESS": 0,
    "TIMELY_WRITES_PER_MINUTE": 1_000_000,
    "TIMELY_READS_PER_MINUTE": 1_000_000,
}


class Site:
    """*visitor* sends no cookie, *organiser* is signed in as an administrator; *token* is for API writes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.app = folder, app_on(folder)
        self.hub: Hub = self.app.extensions["timely.hub"]
        with self.app.app_context():
            user = people.create_user("Ada", PASSWORD, "administrator", by=None)
            self.token = people.create_token(user)
        self.visitor = self.app.test_client()
        self.organiser = self._signed_in()

    def _signed_in(self) -> FlaskClient:
        client = self.app.test_client()
        sent = {"name": "Ada", "password": PASSWORD, "csrf_token": token_in(client.get("/login/").text)}
        assert client.post("/login/", data=sent).status_code == 302
        return client

    def imported(self, file: dict[str, Any]) -> int:
        """The id of the new event."""
        with self.app.app_context():
            owner = db.session.scalars(db.select(User)).one()
            return import_event(read_event(file), owner=owner).id

    def slug(self, event_id: int) -> str:
        with self.app.app_context():
            return db.session.get_one(Event, event_id).slug

    def save(self, fixture_id: int, home: int) -> TestResponse:
        """The answer of the API to a result, which is another than the one before if *home* is."""
        found = self.visitor.put(
            f"/api/fixtures/{fixture_id}/result/",
            json={"home_score": home, "away_score": 0, "reason": "measured"},
            headers={"Authorization": f"Bearer {self.token}"},
        )
        assert found.status_code == 200, found.text
        return found

    def cpu_ms(self, work: Callable[[], object], runs: int | None = None) -> float:
        """Milliseconds of the processor: the least of the runs, as what else runs only adds to it.

        Runs once before; each run has an app context of its own, and no garbage is collected in it.
        """
        least = float("inf")
        gc.collect()
        gc.disable()
        try:
            for run in range((runs or RUNS) + 1):
                with self.app.app_context():
                    began = time.process_time()
                    work()
                    took = time.process_time() - began
                if run:
                    least = min(least, took)
        finally:
            gc.enable()
        return least * 1e3

    def page_ms(self, path: str, *, is_organiser: bool = False, runs: int | None = None) -> float:
        """Milliseconds for a page that is drawn anew each time."""
        client = self.organiser if is_organiser else self.visitor

        def ask() -> None:
            found = client.get(path)
            assert found.status_code == 200, (path, found.status_code)

        return self.cpu_ms(ask, runs)


@contextmanager
def site() -> Iterator[Site]:
    """On an empty database, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder:
        found = Site(Path(folder))
        try:
            yield found
        finally:
            with found.app.app_context():
                db.session.remove()
                db.engine.dispose()


def measured_apart(
    rows: dict[str, Row], sizes: list[int], measured: Callable[[Site, int], dict[str, float]]
) -> list[Row]:
    """The rows with the costs that *measured* gives for each size, each on a site of its own."""
    for size in sorted(sizes):
        with site() as place:
            for name, cost in measured(place, size).items():
                rows[name].costs[size] = cost
    return list(rows.values())


def app_on(folder: Path) -> Any:
    """The app; every page is drawn anew, for its caches hold nothing."""
    path = (folder / "timely.sqlite3").as_posix()
    config = Config(data_dir=folder, database_url=f"sqlite:///{path}", secret_key="a key for benches alone")
    app = create_app(config, **UNLIMITED)
    upgrade.upgrade(app)
    app.extensions["timely.web.response_cache"].responses = LruCache(0)
    app.extensions["timely.web.etags"] = LruCache(0)
    return app
