"""Two starts at once: one installs, the other waits; nobody waits for the dead."""

import os
import subprocess
import sys

import pytest

from config import ROOT
from launch.lock import only_one
from launch.messages import Refused

HOLD = """
import sys
from pathlib import Path
from launch.lock import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "lock")],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_who_comes_second_waits_and_says_so(tmp_path, holder, capsys, monkeypatch):
    naps = []

    def nap(seconds):
        naps.append(seconds)
        if len(naps) == 3:
            holder.communicate("")  # the first one is done

    monkeypatch.setattr("launch.lock.time.sleep", nap)
    with only_one(tmp_path / "lock"):
        assert len(naps) == 3
    assert capsys.readouterr().err.count("waiting for it") == 1


def test_nobody_waits_for_the_dead(tmp_path, holder, capsys):
    holder.kill()
    holder.wait()
    with only_one(tmp_path / "lock"):
        assert "waiting" not in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="on Windows a child ends with its console")
def test_what_the_dead_left_running_is_waited_for(tmp_path, capsys, monkeypatch):
    with only_one(tmp_path / "lock") as number:
        orphan = subprocess.Popen(["sleep", "30"], pass_fds=[number])

    def nap(seconds):
        orphan.kill()
        orphan.wait()

    monkeypatch.setattr("launch.lock.time.sleep", nap)
    with only_one(tmp_path / "lock"):
        assert orphan.returncode is not None
    assert "waiting" in capsys.readouterr().err


def test_a_folder_that_may_not_be_written(tmp_path):
    (tmp_path / "timely").write_text("a file where the folder was")
    with (
        pytest.raises(Refused, match="cannot write into its own folder"),
        only_one(tmp_path / "timely" / "lock"),
    ):
        pass
