"""A fresh database with its schema, people with their rights, and ways to sign in and to import a season.

With --postgresql the app of each test has a PostgreSQL database instead of an SQLite file.
"""

import json
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.security import generate_password_hash

from config import Config
from tests import compiled, postgres
from tests.forks import fork_servers
from tests.languages.folders import add_language, entry
from tests.ports import free_port
from timely import clock, create_app
from timely.database import upgrade
from timely.domain.translation import ENGLISH, in_language
from timely.event_file.read import read_event
from timely.extensions import db
from timely.languages import available
from timely.languages.catalogues import find_languages
from timely.live.hub import Hub
from timely.models import Event, Right, User
from timely.services import sessions
from timely.services.event_files import import_event

pytest_plugins = ["tests.workers", "tests.progress"]
compiled.share()

SEASONS = Path(__file__).parent / "data" / "seasons"
PASSWORD = "a long enough password"


@pytest.fixture
def hub(app: Flask) -> Hub:
    """The app's, begun: what is saved from now on is published when a test says so."""
    found: Hub = app.extensions["timely.hub"]
    found.begin()
    return found


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """The variables of a Timely whose data are the test's own."""
    return {"TIMELY_DATA_DIR": str(tmp_path / "data")}


@pytest.fixture(scope="session", autouse=True)
def fork() -> Iterator[None]:
    """Servers that tests start are forked from one that has imported everything."""
    fork_servers.begin()
    yield
    fork_servers.end()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without any event; each test takes a copy, so that migrations run once."""
    folder = tmp_path_factory.mktemp("empty")
    upgrade.upgrade(make_app(folder))
    path = folder / "timely.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def make_app(data_dir: Path, database_url: str = "", **settings: Any) -> Flask:
    config = Config(
        data_dir=data_dir,
        database_url=database_url or f"sqlite:///{(data_dir / 'timely.sqlite3').as_posix()}",
        secret_key="a key for tests alone",
    )
    # All tests come from one address, and draw as much as they like.
    return create_app(
        config, **{"TESTING": True, "WTF_CSRF_ENABLED": False, "TIMELY_DRAWING_PER_ADDRESS": 0, **settings}
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgresql", action="store_true", help="run the tests of the app on PostgreSQL")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres.Cluster]:
    """A running PostgreSQL of this test run's own."""
    postgres.require()
    with postgres.cluster(free_port()) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def empty_on_postgresql(postgresql: postgres.Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a migrated database on PostgreSQL without any event, to be taken as a template."""
    name = postgresql.new_database()
    app = make_app(tmp_path_factory.mktemp("empty"), postgresql.url(name))
    upgrade.upgrade(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()  # a template must not be in use
    return name


@pytest.fixture
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The app on a database of its own, without background tasks."""
    is_large = request.config.getoption("--postgresql") or request.node.get_closest_marker("postgresql")
    app = request.getfixturevalue("app_on_postgresql" if is_large else "app_on_sqlite")
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app_on_sqlite(empty_database: Path, tmp_path: Path) -> Flask:
    (tmp_path / "timely.sqlite3").write_bytes(empty_database.read_bytes())
    return make_app(tmp_path)


@pytest.fixture
def app_on_postgresql(postgresql: postgres.Cluster, empty_on_postgresql: str, tmp_path: Path) -> Iterator[Flask]:
    name = postgresql.new_database(empty_on_postgresql)
    yield make_app(tmp_path, postgresql.url(name))
    postgresql.drop(name)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def in_app(app: Flask) -> Iterator[None]:
    """The app's context for the whole test, for tests of services and queries."""
    with app.app_context():
        yield


def inside(app: Flask) -> AbstractContextManager[Any]:
    """The app's context: the test's own where it has one, for another would have another session."""
    return nullcontext() if has_app_context() else app.app_context()


def make_user(app: Flask, name: str, role: str, *events: int, pitch: int | None = None) -> int:
    """The new user's id. The password's hash is cheap: these tests are not about it."""
    with inside(app):
        user = User(
            name=name,
            role=role,
            stamp=f"stamp of {name}",
            password_hash=generate_password_hash(PASSWORD, "scrypt:1024:1:1"),
        )
        user.rights = [Right(event_id=event, pitch_id=pitch) for event in events]
        db.session.add(user)
        db.session.commit()
        return user.id


def unwrapped(html: str) -> str:
    """The page without the pieces that keep scores from being torn, so that sentences can be looked for in it."""
    return re.sub(r'<span class="whole">([^<]*)</span>', r"\1", html)


def sign_in(client: FlaskClient, user_id: int) -> None:
    """As if the user had logged in on this client."""
    with client.application.app_context():
        user = db.session.get_one(User, user_id)
        word, token = user.get_id(), sessions.begin(user)
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"], session["visit"] = word, True, token


@pytest.fixture
def admin(app: Flask) -> int:
    return make_user(app, "Ada", "administrator")


LEAGUE: dict[str, Any] = {
    "name": "Saturday League",
    "sport": "football",
    "timezone": "Europe/Dublin",
    "teams": ["Ash", "Birch", "Cedar", "Dogwood"],
    "pitches": ["Pitch 1", "Pitch 2"],
    "matches": [
        {"home": "Ash", "away": "Birch", "date": "2026-11-28", "time_local": "10:00", "pitch": "Pitch 1"},
        {"home": "Cedar", "away": "Dogwood", "date": "2026-11-28", "time_local": "10:00", "pitch": "Pitch 2"},
        {"home": "Ash", "away": "Cedar", "date": "2026-11-28", "time_local": "11:00", "pitch": "Pitch 1"},
        {"home": "Birch", "away": "Dogwood", "date": "2026-11-28", "time_local": "11:00", "pitch": "Pitch 2"},
        {"home": "Ash", "away": "Dogwood", "date": "2026-11-29"},
        {"home": "Birch", "away": "Cedar"},
    ],
}


@pytest.fixture
def make_event(app: Flask) -> Callable[..., int]:
    """Imports LEAGUE, changed by the keywords, and gives the event's id."""

    def make(**changed: Any) -> int:
        with inside(app):
            event = import_event(read_event({**LEAGUE, **changed}))
            return event.id

    return make


@pytest.fixture
def league(make_event: Callable[..., int]) -> int:
    """The id of a public league of four teams, six games, nothing played."""
    return make_event()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins and ends in English: a test client sets the language of the thread that it is called in."""
    with in_language(ENGLISH):
        yield


@pytest.fixture
def invented_languages(app: Flask, tmp_path: Path) -> Path:
    """The folder of the app's languages: English, and German, French and Portuguese as tests need them.

    In these a game that is over is at "Full time de", and so on.
    """
    folder = tmp_path / "translations"
    for code in ("de", "fr", "pt"):
        add_language(folder, code, entry("Full time", f"Full time {code}", "state of a game"))
    known = app.extensions[available.EXTENSION].by_code
    known.clear()
    known.update(find_languages(folder))
    return folder


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock that all of Timely reads to a moment; it stands still there until it is set again."""
    real = clock.now
    readers = [
        module for name, module in sys.modules.items() if name.startswith("timely.") and vars(module).get("now") is real
    ]

    def set_to(moment: datetime) -> None:
        for module in readers:
            monkeypatch.setattr(module, "now", lambda: moment)

    return set_to


def season(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SEASONS / f"{name}.json").read_text("utf-8"))
    return data


def get_event(event_id: int) -> Event:
    return db.session.get_one(Event, event_id)
