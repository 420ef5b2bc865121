"""A disk that is full, read-only or broken while results come in: said clearly, nothing half saved, and it heals."""

import sqlite3
from pathlib import Path

import pytest

from tests.safety.faults import BROKEN, NO_ROOM, READ_ONLY, Faults
from tests.safety.halls import Hall, Word, assert_all_can_be_saved, assert_nothing_can_be_saved
from tests.safety.truths import faults_of

FULL = Word(507, "disk_full", "has no room left")
CLOSED = Word(503, "read_only", "read-only")
SILENT = Word(503, "disk_error", "refused to be read or written")


@pytest.mark.parametrize(("error", "word"), [(NO_ROOM, FULL), (READ_ONLY, CLOSED), (BROKEN, SILENT)])
def test_a_disk_that_takes_nothing(hall: Hall, faults: Faults, error: int, word: Word) -> None:
    faults.writes_fail(error)
    waiting = assert_nothing_can_be_saved(hall, word)
    faults.mend()
    assert_all_can_be_saved(hall, waiting)
    assert faults_of(hall.path) == []


def test_whoever_signs_in_is_let_in_all_the_same(hall: Hall, faults: Faults) -> None:
    faults.writes_fail(NO_ROOM)
    line = type(hall.sam)(hall.base, "Sam", hall.event_id).line(hall.games[0])
    assert "score-row" in line


def test_a_save_is_on_the_disk_before_the_page_says_so(hall: Hall, faults: Faults) -> None:
    for _ in range(5):
        before, score = faults.synced, hall.new_score()
        hall.must_save(hall.sam.save(hall.games[1], score), score)
        assert faults.synced > before


def test_the_log_of_a_full_disk_hurts_nobody(hall: Hall, faults: Faults) -> None:
    faults.writes_fail(NO_ROOM)
    for _ in range(30):  # each of which is logged, or would be
        assert hall.program.save(hall.games[0], (9, 9)).status == 507
    assert "Logging error" not in hall.server.printed()
    assert "Traceback" not in hall.server.printed()
    faults.mend()
    assert_all_can_be_saved(hall)


def test_what_another_program_reads_meanwhile_is_whole(hall: Hall, faults: Faults, tmp_path: Path) -> None:
    faults.writes_fail(NO_ROOM)
    assert hall.program.save(hall.games[0], (9, 9)).status == 507
    with sqlite3.connect(hall.path) as source, sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        source.backup(copy)
    assert faults_of(tmp_path / "copy.sqlite3") == []
