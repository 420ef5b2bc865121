"""A real disk without room, and one that is read-only: while Timely runs, and when it starts."""

from pathlib import Path

import pytest

from tests.browser.server import Server
from tests.safety.disks import fill, read_only, small_disk
from tests.safety.invariants import violations_of
from tests.safety.league_server import (
    ExpectedError,
    LeagueServer,
    assert_all_can_be_saved,
    assert_nothing_can_be_saved,
    start_of,
)

FULL = ExpectedError(507, "disk_full", "has no room left")


def test_results_while_the_disk_is_full(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=8) as disk, Server(disk) as server:
        server.output = tmp_path / "output.txt"
        league_server = LeagueServer(server)
        filler = fill(disk)
        until_refused(league_server)
        waiting = assert_nothing_can_be_saved(league_server, FULL)
        assert server.process is not None
        assert server.process.poll() is None
        filler.unlink()
        assert_all_can_be_saved(league_server, waiting)
        assert violations_of(league_server.path) == []
        # Nor is anything left of what was tried.
        assert [one.name for one in disk.iterdir() if one.name.startswith(".")] == []


def until_refused(league_server: LeagueServer) -> None:
    """The room that SQLite has set aside already takes some saves; each of them counts."""
    for _ in range(2_000):
        score = league_server.new_score()
        answer = league_server.program.save(league_server.games[1], score)
        if answer.status == 507:
            return
        league_server.must_save(answer, score)
    pytest.fail("the disk was never full")


def test_a_start_on_a_full_disk_says_so(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=1) as disk:
        fill(disk)
        said = start_of(disk / "data")
        assert "No space left" in said
        assert "make room on the disk" in said
        assert "Traceback" not in said


def test_a_start_with_too_little_room_for_a_database_says_so(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=1) as disk:
        data_dir = disk / "data"
        data_dir.mkdir()
        filler = fill(disk)
        filler.write_bytes(filler.read_bytes()[: -100 * 1024])
        said = start_of(data_dir)
        assert "has no room left" in said
        assert "Traceback" not in said


def test_a_start_on_a_read_only_disk_says_so(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=4) as disk:
        (disk / "data").mkdir()
        read_only(disk)
        said = start_of(disk / "data")
        assert "Read-only file system" in said
        assert "Choose a folder that can be written" in said
        assert "Traceback" not in said
