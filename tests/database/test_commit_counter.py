"""Commit counter: notices writes of this process and of another."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import create_engine

from timely.database import commit_counter
from timely.database.commit_counter import CommitCounter


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "one.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE result (score INTEGER)")
        connection.commit()
    return path


@pytest.fixture
def writes(path):
    engine = create_engine(f"sqlite:///{path}")
    yield CommitCounter(engine)
    engine.dispose()


def test_the_stamp_stays_while_nobody_writes(path, writes):
    before = writes.stamp()
    assert before is not None
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT * FROM result").fetchall()
        other.execute("INSERT INTO result VALUES (1)")
        other.rollback()
        assert writes.stamp() == before


def test_a_commit_makes_another_stamp_each_time(path, writes):
    seen = {writes.stamp()}
    with closing(sqlite3.connect(path)) as other:
        for score in range(5):
            other.execute("INSERT INTO result VALUES (?)", (score,))
            assert writes.stamp() in seen  # not yet
            other.commit()
            assert writes.stamp() not in seen
            seen.add(writes.stamp())


def test_a_recent_stamp_is_asked_for_once(writes, monkeypatch):
    asked = []
    own = writes._of_sqlite
    monkeypatch.setattr(writes, "_of_sqlite", lambda: asked.append(1) or own())
    monkeypatch.setattr(commit_counter, "RECENT", 60)
    assert writes.recent_stamp() == writes.recent_stamp()
    assert len(asked) == 1
    monkeypatch.setattr(commit_counter, "RECENT", -1)
    writes.recent_stamp()
    assert len(asked) == 2


def test_what_is_committed_here_makes_a_recent_stamp_old(writes, monkeypatch):
    monkeypatch.setattr(commit_counter, "RECENT", 60)
    before = writes.recent_stamp()
    with writes.engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO result VALUES (1)")
        connection.commit()
    assert writes.recent_stamp() != before


def test_an_exact_stamp_is_the_recent_one(path, writes, monkeypatch):
    """The hub asks before it publishes: who comes afterwards must not be given a state from before."""
    monkeypatch.setattr(commit_counter, "RECENT", 60)
    before = writes.recent_stamp()
    with closing(sqlite3.connect(path)) as other:
        other.execute("INSERT INTO result VALUES (1)")
        other.commit()
    exact = writes.stamp()
    assert writes.recent_stamp() == exact != before


def test_a_stamp_of_before_the_engine_was_let_go_is_worth_nothing(writes):
    before = writes.stamp()
    writes.engine.dispose()
    assert writes.stamp() not in (None, before)


def test_it_is_not_the_one_that_keeps_the_files_open(path, writes):
    """The last connection to close puts what is in -wal into the file that people copy."""
    with writes.engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO result VALUES (1)")
        connection.commit()
    writes.stamp()
    writes.engine.dispose()
    assert not path.with_name("one.sqlite3-wal").exists()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:////no/such/folder/one.sqlite3"])
def test_a_database_that_cannot_tell_makes_no_stamp(url):
    assert CommitCounter(create_engine(url)).stamp() is None


def test_no_file_is_made_where_there_is_none(tmp_path):
    path = tmp_path / "gone.sqlite3"
    assert CommitCounter(create_engine(f"sqlite:///{path}")).stamp() is None
    assert not path.exists()
