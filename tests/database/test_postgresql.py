"""Differences of SQLite and PostgreSQL that Timely has to level out."""

import threading
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.conftest import PASSWORD, get_event, make_app, make_user
from tests.postgres import Cluster
from timely.database import upgrade
from timely.database.errors import DatabaseBusy, NotSaved
from timely.database.transactions import writing
from timely.extensions import db
from timely.live.change_log import KEPT_VERSIONS
from timely.models import Event, Team, Topic, User
from timely.queries.people import user_named
from timely.queries.versions import all_versions, epoch
from timely.services.people import create_user

pytestmark = pytest.mark.postgresql


def test_it_is_one(app: Flask, in_app: None) -> None:
    assert db.engine.dialect.name == "postgresql"
    assert KEPT_VERSIONS == 1000
    assert epoch()
    assert all_versions() == {"events": 1, "notifications": 1}


def test_a_reader_sees_one_moment(app: Flask, league: int) -> None:
    """As on SQLite: a version that is read first and the changes that are read next belong together."""
    with app.app_context():
        before = all_versions()
        rename(app, league)
        assert all_versions() == before
        db.session.rollback()
        assert all_versions() != before


def rename(app: Flask, event_id: int, name: str = "Another") -> None:
    """In a session of its own, as another request."""

    def work() -> None:
        with app.app_context(), writing():
            get_event(event_id).name = name

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_a_writer_sees_what_was_saved_before_it(app: Flask, league: int) -> None:
    with app.app_context():
        assert get_event(league).name == "Saturday League"
        rename(app, league)
        with writing():
            assert get_event(league).name == "Another"


def test_two_processes_write_one_after_the_other(app: Flask, league: int, postgresql: Cluster, tmp_path: Path) -> None:
    """An action looks and then saves: what it has looked at must not be changed by another worker meanwhile."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    hold = db_lock(postgresql, url)
    began = time.monotonic()
    threading.Timer(0.5, hold.close).start()
    with app.app_context(), writing():
        get_event(league).name = "In the end"
    assert 0.4 < time.monotonic() - began < 2.5


def test_a_writer_that_never_ends_is_not_waited_for_for_ever(app: Flask, league: int, postgresql: Cluster) -> None:
    hold = db_lock(postgresql, app.config["SQLALCHEMY_DATABASE_URI"])
    try:
        began = time.monotonic()
        with app.app_context(), pytest.raises(DatabaseBusy), writing():
            get_event(league).name = "Never"
        assert time.monotonic() - began < 5
    finally:
        hold.close()
    with app.app_context():
        assert get_event(league).name == "Saturday League"


def db_lock(cluster: Cluster, url: str) -> "Hold":
    return Hold(cluster, url.rsplit("/", 1)[-1])


class Hold:
    """Another worker in the middle of a save."""

    def __init__(self, cluster: Cluster, database: str) -> None:
        self.connection = cluster.connect(database)
        self.connection.cursor().execute("SELECT pg_advisory_xact_lock(%s)", (0x7131E1,))

    def close(self) -> None:
        self.connection.close()


def test_a_connection_that_the_server_has_closed_is_made_anew(app: Flask, league: int, postgresql: Cluster) -> None:
    with app.app_context():
        assert get_event(league).name
        db.session.remove()
        postgresql.do("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'timely'")
        assert get_event(league).name == "Saturday League"


def test_a_connection_that_breaks_in_the_middle_of_a_save(app: Flask, league: int, postgresql: Cluster) -> None:
    with app.app_context():
        with pytest.raises(NotSaved) as caught, writing():
            get_event(league).name = "Half"
            postgresql.do("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'timely'")
        assert caught.value.trouble.key == "database_gone"
        assert get_event(league).name == "Saturday League"


def test_names_are_told_apart_as_on_sqlite(app: Flask, in_app: None) -> None:
    make_user(app, "Ada", "administrator")
    for typed in ("Ada", "ADA", " ada "):
        found = user_named(typed)
        assert found is not None, typed
        assert found.name == "Ada"
    create_user("Zoë", PASSWORD, "scorer", by=None)
    assert user_named("zoë") is not None


def test_no_text_holds_a_nul(app: Flask, in_app: None, league: int) -> None:
    with writing():
        db.session.add(Team(event_id=league, name="A\0sh"))
    assert "A\ufffdsh" in {team.name for team in get_event(league).teams}
    assert db.session.query(Event).filter_by(slug="\0").first() is None


def test_workers_that_start_together_upgrade_once(postgresql: Cluster, tmp_path: Path) -> None:
    url = postgresql.url(postgresql.new_database())
    faults: list[Exception] = []
    apps = [make_app(tmp_path, url) for _ in range(3)]

    def start(app: Flask) -> None:
        try:
            upgrade.upgrade(app)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=start, args=(app,)) for app in apps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    with apps[0].app_context():
        assert db.session.query(Topic).count() == 2
        assert db.session.scalar(text("SELECT count(*) FROM meta WHERE key = 'epoch'")) == 1
        assert db.session.query(User).count() == 0
    for app in apps:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def test_a_server_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    app = make_app(tmp_path, "postgresql+psycopg2://timely@127.0.0.1:1/timely")
    with pytest.raises(upgrade.SchemaError, match=r"^The database at the given address cannot be opened: "):
        upgrade.upgrade(app)


def test_whether_anything_was_written_is_known_while_every_connection_is_taken(app: Flask, in_app: None) -> None:
    """A hall that comes back takes them all, and each of it asks this meanwhile."""
    writes = app.extensions["timely.database.commit_counter"]
    before = writes.stamp()
    assert before is not None
    pool = db.engine.pool
    taken = [db.engine.connect() for _ in range(pool.size() + pool._max_overflow - pool.checkedout())]
    try:
        began = time.monotonic()
        assert writes.stamp() == before
        assert time.monotonic() - began < 5
    finally:
        for connection in taken:
            connection.close()
