"""Starters beside start.py, for a double click on Windows and macOS."""

import os
import shutil
import subprocess

import pytest

from config import ROOT

WINDOWS, MACOS = ROOT / "Start Timely.bat", ROOT / "Start Timely.command"
FAKE = '#!/bin/sh\necho "$(basename "$0") in $PWD: $*"\n'
TOOLS = ("sh", "dirname", "basename", "uname")


@pytest.fixture
def folder(tmp_path):
    """A copy of the starter in a folder with a blank in its name, and a PATH with nothing but a shell's tools."""
    there = tmp_path / "our club"
    there.mkdir()
    shutil.copy(MACOS, there)
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in TOOLS:
        (tools / name).symlink_to(shutil.which(name))
    return there


def install(folder, name):
    path = folder.parent / "bin" / name
    path.write_text(FAKE)
    path.chmod(0o755)


def pressed(folder, *words):
    starter = folder / MACOS.name
    # The starter looks in the usual places besides; none of this computer's own Pythons is to be found there.
    text = starter.read_text().replace(":/opt/homebrew/bin:/usr/local/bin", "")
    starter.write_text(text.replace("/Library/Frameworks", str(folder.parent / "Frameworks")))
    return subprocess.run(
        [starter, *words], env={"PATH": str(folder.parent / "bin")}, cwd="/", capture_output=True, text=True, timeout=30
    )


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
@pytest.mark.parametrize(
    ("there", "taken"),
    [
        (["python3", "python3.12"], "python3.12"),
        (["python3.11", "python3.14", "python3.9"], "python3.14"),
        (["python3", "python3.10"], "python3"),
    ],
)
def test_the_newest_python_starts_timely_in_its_own_folder(folder, there, taken):
    for name in there:
        install(folder, name)
    done = pressed(folder, "--port", "8001")
    assert done.stdout == f"{taken} in {folder}: start.py --port 8001\n"
    assert done.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_a_missing_python_is_explained(folder):
    done = pressed(folder)
    assert "needs Python 3.11 or newer, and this computer has none" in done.stdout
    assert "https://www.python.org/downloads/" in done.stdout
    assert "Double-click this file again" in done.stdout
    assert done.stderr == ""


def test_it_can_be_double_clicked():
    assert os.name == "nt" or os.access(MACOS, os.X_OK)
    assert MACOS.read_bytes().startswith(b"#!/bin/sh\n")
    assert b"\r" not in MACOS.read_bytes()


def test_the_one_for_windows_tries_its_launcher_first_and_waits_to_be_read():
    lines = WINDOWS.read_bytes().split(b"\r\n")
    assert not any(b"\n" in line for line in lines)  # cmd.exe misreads labels after a lone LF
    words = [line.strip().decode("ascii") for line in lines]
    assert words.index("py -3 start.py %*") < words.index("python start.py %*")
    assert any("this computer has none" in line for line in words)
    assert 'cd /d "%~dp0"' in words
    assert [line for line in words if line][-1] == "pause"
