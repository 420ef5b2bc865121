"""Database errors, recognised by the messages of SQLite and of PostgreSQL; what was typed is kept on the page."""

import errno
import sqlite3
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from timely.database import errors, upgrade
from timely.database.disk_errors import why_refused
from timely.database.errors import NotSaved, trouble_of


def of_sqlite(code):
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return OperationalError("INSERT", {}, error)


class Postgres(Exception):
    def __init__(self, code):
        super().__init__("as PostgreSQL says it")
        self.pgcode = code


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        (sqlite3.SQLITE_FULL, errors.FULL),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, errors.BUSY),
        (sqlite3.SQLITE_READONLY_DIRECTORY, errors.READ_ONLY),
        (sqlite3.SQLITE_READONLY_DBMOVED, errors.GONE),
        (sqlite3.SQLITE_IOERR_FSYNC, errors.DISK),
        (sqlite3.SQLITE_CORRUPT_INDEX, errors.DAMAGED),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, errors.GONE),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, None),
    ],
)
def test_words_of_sqlite(code, trouble):
    assert trouble_of(of_sqlite(code)) is trouble


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("53100", errors.FULL),
        ("40P01", errors.BUSY),
        ("57P01", errors.GONE),
        ("08006", errors.GONE),
        ("25006", errors.READ_ONLY),
        ("58030", errors.DISK),
        ("XX001", errors.DAMAGED),
        ("23505", None),
    ],
)
def test_words_of_postgresql(code, trouble):
    assert trouble_of(DBAPIError("INSERT", {}, Postgres(code))) is trouble


def test_a_server_that_went_away_has_no_code():
    lost = pytest.importorskip("psycopg2").OperationalError("server closed the connection")
    assert trouble_of(OperationalError("SELECT", {}, lost)) is errors.GONE


def test_what_is_no_trouble_of_the_database():
    assert trouble_of(IntegrityError("INSERT", {}, Postgres(None))) is None
    assert trouble_of(ValueError("ours")) is None
    assert trouble_of(NoConnectionLeft()) is errors.BUSY


def test_the_system_is_asked_why_a_folder_takes_nothing(tmp_path, monkeypatch):
    assert why_refused(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
    assert why_refused(tmp_path / "nowhere") is errors.DISK

    def refuse(*asked):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("timely.database.disk_errors.os.fsync", refuse)
    assert why_refused(tmp_path) is errors.FULL
    assert list(tmp_path.iterdir()) == []


def test_what_was_typed_waits_on_the_page_but_no_password(app, client):
    def fail():
        raise NotSaved(errors.FULL)

    app.add_url_rule("/people/new/", view_func=fail, methods=["GET", "POST"])
    typed = {"name": "<b>Ann & Bob</b>", "password": "a long secret", "role": ["scorer", "organiser"], "version": "3"}
    answer = client.post("/people/new/?from=here", data=typed)
    page = unescape(answer.text)
    assert answer.status_code == 507
    assert "secret" not in page
    assert 'name="password" type="password"' in page
    assert '<input type="hidden" name="name" value="&lt;b&gt;Ann &amp; Bob&lt;/b&gt;">' in answer.text
    assert page.count('type="hidden" name="role"') == 2
    assert 'type="hidden" name="version" value="3"' in page
    assert 'action="/people/new/?from=here"' in page
    assert client.get("/people/new/").status_code == 507


def test_a_backup_that_fails_halfway_leaves_none(app, monkeypatch):
    path = Path(app.config["TIMELY_DATA_DIR"]) / "timely.sqlite3"

    def refuse(*asked):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(upgrade.os, "replace", refuse)
    with pytest.raises(OSError, match="No space"):
        upgrade._back_up(path)
    assert list((path.parent / "backups").iterdir()) == []
