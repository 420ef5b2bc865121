"""Kill -9 in the middle of saves: what a page had shown to be saved is there, and all is whole."""

import os
from pathlib import Path

import pytest

from tests.safety.kills import run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 as POSIX has it")


def test_nothing_that_was_shown_to_be_saved_is_lost(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    report = run(data_dir, kills=8, seed=7)
    assert report.faults == []
    assert report.kills == 8
    # Something was saved, and something was cut off in the middle: else the kills came at no bad moment.
    assert report.confirmed >= 8
    assert report.unanswered >= 8
