"""Counts what the two caches of pages save in a simulated hall: each alone, both, and neither.

    .venv/bin/python -m bench.page_caches [--seconds 300] [--runs 3]

A thousand visitors open the tabs of two leagues, each with a browser that keeps what it has seen. Results come in for
both leagues, and somebody changes what no page shows. The clock of the hall is a number: nothing here waits.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.leagues import to_be_played
from config import Config
from tests.csrf import token_in
from timely import create_app, metrics
from timely.database import upgrade
from timely.event_file.read import read_event
from timely.extensions import db
from timely.models import Fixture, User
from timely.services import people, results
from timely.services.event_files import import_event
from timely.services.score_validation import Score
from timely.web import response_cache
from timely.web.lru_cache import LruCache

VISITORS = 1_000
SECONDS_BETWEEN_PAGES = 40.0  # of one visitor
SECONDS_BETWEEN_RESULTS = 20.0  # of one event
SECONDS_BETWEEN_LOGINS = 30.0  # a commit that changes no page
SIGNED_IN, FOREIGN_COOKIE = 0.03, 0.2  # parts of the visitors
# The tab and how often it is opened.
TABS = {"": 1, "leaderboard/": 5, "schedule/": 3}
EVENTS = 2
PASSWORD = "a long enough password"
CACHES = {"both": (True, True), "by commit alone": (True, False), "by version alone": (False, True)}
CACHES["neither"] = (False, False)


def main() -> None:
    options = argparse.ArgumentParser(description="What the two caches of pages save in a simulated hall.")
    options.add_argument("--seconds", type=int, default=300, help="of the hall's clock")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--measure", choices=sorted(CACHES), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.measure:
        print(json.dumps(measured(chosen.seconds, *CACHES[chosen.measure])))
        return
    found: dict[str, list[dict[str, float]]] = {name: [] for name in CACHES}
    for _ in range(chosen.runs):
        for name in CACHES:  # by turns, so that a busy minute is not one cache's alone
            found[name].append(in_a_process(name, chosen.seconds))
    columns = ("requests", "by commit", "by version", "rendered", "ms a page", "CPU s")
    print(f"{'caches':18}" + "".join(f"{column:>12}" for column in columns) + f"{'to both':>10}")
    for name, runs in found.items():
        row = {column: median(run[column] for run in runs) for column in columns}
        ratio = median(run["CPU s"] / both["CPU s"] for run, both in zip(runs, found["both"], strict=True))
        counts = "".join(f"{row[column]:>12,.0f}" for column in columns[:4])
        print(f"{name:18}{counts}{row['ms a page']:>12.2f}{row['CPU s']:>12.2f}{ratio:>10.2f}")


def in_a_process(name: str, seconds: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.page_caches", "--measure", name, "--seconds", str(seconds)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(seconds: int, by_commit: bool, by_version: bool) -> dict[str, float]:
    """The number of requests, who answered them, and the processor's time of all pages."""
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder:
        hall = Hall(app_on(Path(folder)))
        if not by_commit:
            cache: response_cache.ResponseCache = hall.app.extensions["timely.web.response_cache"]
            cache.responses = LruCache(0)
        if not by_version:
            hall.app.extensions["timely.web.etags"] = LruCache(0)
        before = counted()
        hall.live_through(seconds)
        ready, drawn_before, drawn_now = (now - then for now, then in zip(counted(), before, strict=True))
    return {
        "requests": hall.requests,
        "by commit": ready,
        "by version": drawn_before,
        "rendered": drawn_now,
        "ms a page": hall.cpu_seconds * 1000 / hall.requests,
        "CPU s": hall.cpu_seconds,
    }


def counted() -> list[float]:
    """Pages so far: from the cache by commit, from the cache by version, rendered."""
    ways = ("ready", "drawn_before", "drawn_now")
    return [metrics.REGISTRY.get_sample_value("timely_pages_total", {"came_from": way}) or 0.0 for way in ways]


def app_on(folder: Path) -> Flask:
    path = (folder / "timely.sqlite3").as_posix()
    settings = Config(data_dir=folder, database_url=f"sqlite:///{path}", secret_key="a key for benches alone")
    app = create_app(settings)
    upgrade.upgrade(app)
    return app


@dataclass
class Visitor:
    address: str
    cookie: str
    tags: dict[str, str] = field(default_factory=dict)


class Hall:
    """Visitors and two leagues of twenty with 380 games, half of them still to come."""

    def __init__(self, app: Flask) -> None:
        self.app, self.random = app, random.Random(11)
        self.now, self.requests, self.cpu_seconds = 0.0, 0, 0.0
        response_cache.time = SimpleNamespace(  # type: ignore[assignment]
            monotonic=lambda: self.now, perf_counter=time.perf_counter, sleep=lambda seconds: None
        )
        with app.app_context():
            people.create_user("Olga", PASSWORD, "administrator", by=None)
            events = [import_event(read_event(to_be_played(190))) for _ in range(EVENTS)]
            self.addresses = [f"/events/{event.slug}/" for event in events]
            self.to_play = [self._unplayed(event.id) for event in events]
        self.visitors = [self._visitor(number, self._signed_in()) for number in range(VISITORS)]

    def _unplayed(self, event_id: int) -> Iterator[int]:
        wanted = db.select(Fixture.id).where(Fixture.event_id == event_id, ~Fixture.result.has()).order_by(Fixture.id)
        return iter(db.session.scalars(wanted).all())

    def _signed_in(self) -> str:
        """The session cookie of somebody who has signed in."""
        if not hasattr(self, "_cookie"):
            client = self.app.test_client()
            token = token_in(client.get("/login/").text)
            sent = {"name": "Olga", "password": PASSWORD, "csrf_token": token}
            assert client.post("/login/", data=sent).status_code == 302
            kept = client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
            assert kept
            self._cookie = f"{kept.key}={kept.value}"
        return self._cookie

    def _visitor(self, number: int, signed_in: str) -> Visitor:
        part = self.random.random()
        cookie = signed_in if part < SIGNED_IN else "theme=dark" if part < SIGNED_IN + FOREIGN_COOKIE else ""
        return Visitor(f"10.0.{number // 250}.{1 + number % 250}", cookie)

    def live_through(self, seconds: int) -> None:
        pages, tab_weights = VISITORS / SECONDS_BETWEEN_PAGES, list(TABS.values())
        due = {"result 0": 5.0, "result 1": 12.0, "login": 8.0}
        while self.now < seconds:
            self.now += self.random.expovariate(pages)
            if self.now >= due["login"]:
                self._commit_something_else()
                due["login"] += SECONDS_BETWEEN_LOGINS
            for number in range(EVENTS):
                if self.now >= due[f"result {number}"]:
                    self._save_a_result(number)
                    due[f"result {number}"] += SECONDS_BETWEEN_RESULTS
            visitor = self.random.choice(self.visitors)
            address = self.random.choice(self.addresses) + self.random.choices(list(TABS), tab_weights)[0]
            self._open(visitor, address)

    def _open(self, visitor: Visitor, address: str) -> None:
        headers = {"Accept-Encoding": "gzip, deflate"}
        if visitor.cookie:
            headers["Cookie"] = visitor.cookie
        if address in visitor.tags:
            headers["If-None-Match"] = visitor.tags[address]
        environ = EnvironBuilder(path=address, headers=headers).get_environ()
        environ["REMOTE_ADDR"] = visitor.address
        began = time.process_time()
        body, status, answered = run_wsgi_app(self.app.wsgi_app, environ)
        b"".join(body)
        self.cpu_seconds += time.process_time() - began
        assert status[:3] in ("200", "304"), (status, address)
        self.requests += 1
        if tag := answered.get("ETag"):
            visitor.tags[address] = tag

    def _save_a_result(self, event: int) -> None:
        with self.app.app_context():
            fixture: Any = db.session.get(Fixture, next(self.to_play[event]))
            results.enter_score(fixture, Score(2, 1), by=None)

    def _commit_something_else(self) -> None:
        with self.app.app_context():
            people.create_token(db.session.scalars(db.select(User)).one())


if __name__ == "__main__":
    main()
