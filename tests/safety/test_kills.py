"""Kill -9 during saves: what a page has confirmed is there, and the database is consistent."""

import os
from pathlib import Path

import pytest

from tests.safety.kills import run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 as POSIX has it")


def test_no_confirmed_save_is_lost(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    report = run(data_dir, kills=8, seed=7)
    assert report.faults == []
    assert report.kills == 8
    # Something was saved, and something was cut off in the middle: else the kills came at no bad moment.
    assert report.confirmed >= 8
    assert report.unanswered >= 8
