"""The database file locked, deleted, taken away or damaged while Timely runs."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
import requests

from config import Config
from tests.browser.server import Server
from tests.safety.invariants import scores_in, versions_in, violations_of
from tests.safety.league_server import (
    ExpectedError,
    LeagueServer,
    assert_all_can_be_saved,
    assert_nothing_can_be_saved,
    start_of,
)
from tests.safety.scorer import PATIENCE

pytestmark = pytest.mark.skipif(os.name != "posix", reason="files are deleted while open on POSIX alone")

BUSY = ExpectedError(503, "busy", "Another program is using it")
SOON = 5.0


@pytest.fixture
def league_server(tmp_path: Path) -> Iterator[LeagueServer]:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    with Server(data_dir) as server:
        yield LeagueServer(server)


def until(is_so: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + SOON
    while not is_so():
        assert time.monotonic() < give_up_at
        time.sleep(0.05)


def test_the_database_is_locked_by_another_program(league_server: LeagueServer) -> None:
    with closing(sqlite3.connect(league_server.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        waiting = assert_nothing_can_be_saved(league_server, BUSY)
        other.execute("ROLLBACK")
    assert_all_can_be_saved(league_server, waiting)


def test_a_deleted_database_is_put_back_with_all_that_was_saved(league_server: LeagueServer) -> None:
    before, versions = scores_in(league_server.path), versions_in(league_server.path)
    for ending in ("", "-wal", "-shm"):
        league_server.path.with_name(league_server.path.name + ending).unlink(missing_ok=True)
    until(league_server.path.exists)  # nobody has to save anything for that
    assert_all_can_be_saved(league_server)
    assert scores_in(league_server.path).keys() == before.keys()
    assert violations_of(league_server.path) == []
    assert versions_in(league_server.path)[0] == versions[0]
    assert all(version >= versions[1][topic] for topic, version in versions_in(league_server.path)[1].items())
    # And it is this file that is used from now on, also by whoever starts anew.
    shown = league_server.public_rows()
    league_server.server.kill()
    league_server.server.start()
    assert league_server.public_rows() == shown
    with closing(sqlite3.connect(league_server.path)) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_database_deleted_in_the_middle_of_saves_loses_none(league_server: LeagueServer) -> None:
    saved = {}
    for number, game in enumerate(league_server.games[1:]):
        if number == 2:
            league_server.path.unlink()
        score = league_server.new_score()
        league_server.must_save(league_server.program.save(game, score), score)
        saved[game] = score
    league_server.server.kill()
    league_server.server.start()
    rows = league_server.public_rows()
    assert {game: rows[game] for game in saved} == saved
    assert violations_of(league_server.path) == []


def test_nothing_is_saved_into_a_file_that_another_has_replaced(league_server: LeagueServer) -> None:
    other = league_server.path.with_name("other.sqlite3")
    with sqlite3.connect(league_server.path) as source, sqlite3.connect(other) as copy:
        source.backup(copy)
    kept = league_server.path.with_name("kept.sqlite3")
    league_server.path.rename(kept)
    other.rename(league_server.path)
    answer = league_server.program.save(league_server.games[0], (9, 9))
    assert (answer.status, '"database_gone"' in answer.text) == (503, True)
    assert "moved, deleted or replaced" in unescape(league_server.sam.save(league_server.games[0], (9, 9)).text)
    kept.rename(league_server.path)
    assert_all_can_be_saved(league_server)


def test_a_damaged_database_is_named_and_the_server_stays_up(league_server: LeagueServer) -> None:
    league_server.server.stop()
    whole = league_server.path.read_bytes()
    league_server.server.start()
    league_server.path.write_bytes(b"\xa5" * len(whole))  # the same file, with something else in it
    answer = requests.get(league_server.base + "/admin/", cookies=league_server.ada.http.cookies, timeout=PATIENCE)
    assert answer.status_code == 503
    assert "database is damaged" in answer.text
    assert 'http-equiv="refresh"' in answer.text
    assert league_server.program.save(league_server.games[0], (9, 9)).status == 503
    assert "Traceback" not in answer.text
    league_server.server.kill()
    said = start_of(league_server.server.data_dir)
    assert "not a Timely database, or it is damaged" in said
    assert "Traceback" not in said


NEW = {"TIMELY_NEW": "1"}


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")


@pytest.mark.parametrize(
    ("lose", "said"),
    [
        (Path.unlink, "is not there, although Timely has been used in this folder before"),
        (lambda path: path.write_bytes(b""), "is empty, although Timely has been used in this folder before"),
        (foreign, "is a database of another program"),
    ],
    ids=["missing", "empty", "foreign"],
)
def test_a_lost_database_is_not_begun_anew_unasked(
    league_server: LeagueServer, lose: Callable[[Path], object], said: str
) -> None:
    league_server.server.stop()
    kept = league_server.path.read_bytes()
    league_server.server.dismiss_clerk()
    lose(league_server.path)
    before = {path.name: path.read_bytes() for path in league_server.path.parent.glob("timely.sqlite3*")}
    printed = start_of(league_server.server.data_dir)
    assert said in printed
    assert str(league_server.path) in printed
    assert "python3 start.py --new" in printed
    assert "Traceback" not in printed
    with pytest.raises(RuntimeError, match=r"start\.py --new"):
        league_server.server.cli("create-token", "Ada")
    league_server.server.dismiss_clerk()
    assert {path.name: path.read_bytes() for path in league_server.path.parent.glob("timely.sqlite3*")} == before
    # What was meant to be lost is begun anew, and what another program had is still there.
    with Server(league_server.server.data_dir, **NEW) as server:
        assert requests.get(server.url("/setup/"), timeout=PATIENCE).status_code == 200
    aside = list(league_server.path.parent.glob("timely-put-aside-*.sqlite3"))
    assert [path.read_bytes() for path in aside] == ([before[league_server.path.name]] if lose is foreign else [])
    # And whoever finds the file again puts it in its place.
    league_server.path.write_bytes(kept)
    league_server.server.start()
    assert league_server.public_rows()


def test_a_database_that_is_there_is_not_begun_anew_whatever_is_asked(league_server: LeagueServer) -> None:
    shown = league_server.public_rows()
    league_server.server.stop()
    assert "so it is not begun anew" in start_of(league_server.server.data_dir, **NEW)
    league_server.server.start()
    assert league_server.public_rows() == shown


def test_a_first_start_that_was_interrupted_goes_on(tmp_path: Path) -> None:
    """The key is made first; a port that is taken, or a pulled plug, may come before the database."""
    data_dir = tmp_path / "data"
    Config.from_environment({"TIMELY_DATA_DIR": str(data_dir)})
    assert (data_dir / "secret.key").exists()
    assert not (data_dir / "timely.sqlite3").exists()
    (data_dir / "timely.sqlite3").touch()
    with Server(data_dir):
        pass
    assert not (data_dir / ".first-start").exists()


def test_what_timely_writes_is_its_owners_alone(league_server: LeagueServer) -> None:
    folder = league_server.server.data_dir
    league_server.must_save(league_server.program.save(league_server.games[0], (3, 1)), (3, 1))

    def open_to_others() -> list[str]:
        files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".json"]  # that is the test's
        return [str(path) for path in files if path.stat().st_mode & 0o077]

    assert {"timely.sqlite3", "timely.sqlite3-wal", "secret.key"} <= {path.name for path in folder.iterdir()}
    assert open_to_others() == []
    # Those of an older Timely are taken away from others at the next start.
    league_server.server.kill()
    league_server.path.chmod(0o644)
    (folder / "timely.log").touch()
    (folder / "timely.log").chmod(0o644)
    league_server.server.start()
    assert open_to_others() == []
