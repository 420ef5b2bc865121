"""A disk that is full, read-only or broken during saves: a clear error, nothing half saved, and recovery."""

import sqlite3
from pathlib import Path

import pytest

from tests.safety.faults import BROKEN, NO_ROOM, READ_ONLY, Faults
from tests.safety.invariants import violations_of
from tests.safety.league_server import ExpectedError, LeagueServer, assert_all_can_be_saved, assert_nothing_can_be_saved

FULL = ExpectedError(507, "disk_full", "has no room left")
CLOSED = ExpectedError(503, "read_only", "read-only")
SILENT = ExpectedError(503, "disk_error", "refused to be read or written")


@pytest.mark.parametrize(("error", "word"), [(NO_ROOM, FULL), (READ_ONLY, CLOSED), (BROKEN, SILENT)])
def test_a_disk_that_takes_nothing(
    league_server: LeagueServer, faults: Faults, error: int, word: ExpectedError
) -> None:
    faults.writes_fail(error)
    waiting = assert_nothing_can_be_saved(league_server, word)
    faults.mend()
    assert_all_can_be_saved(league_server, waiting)
    assert violations_of(league_server.path) == []


def test_signing_in_works_on_a_full_disk(league_server: LeagueServer, faults: Faults) -> None:
    faults.writes_fail(NO_ROOM)
    line = type(league_server.sam)(league_server.base, "Sam", league_server.event_id).line(league_server.games[0])
    assert "score-row" in line


def test_a_save_is_on_the_disk_before_the_page_says_so(league_server: LeagueServer, faults: Faults) -> None:
    for _ in range(5):
        before, score = faults.synced, league_server.new_score()
        league_server.must_save(league_server.sam.save(league_server.games[1], score), score)
        assert faults.synced > before


def test_a_full_disk_does_not_break_logging(league_server: LeagueServer, faults: Faults) -> None:
    faults.writes_fail(NO_ROOM)
    for _ in range(30):  # each of which is logged, or would be
        assert league_server.program.save(league_server.games[0], (9, 9)).status == 507
    assert "Logging error" not in league_server.server.printed()
    assert "Traceback" not in league_server.server.printed()
    faults.mend()
    assert_all_can_be_saved(league_server)


def test_another_program_reads_consistent_data_meanwhile(
    league_server: LeagueServer, faults: Faults, tmp_path: Path
) -> None:
    faults.writes_fail(NO_ROOM)
    assert league_server.program.save(league_server.games[0], (9, 9)).status == 507
    with sqlite3.connect(league_server.path) as source, sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        source.backup(copy)
    assert violations_of(tmp_path / "copy.sqlite3") == []
