"""The version: what start.py says without installing, and what pages and /healthz say."""

import re
import subprocess
import sys
from pathlib import Path

from flask.testing import FlaskClient

from config import ROOT
from launch.version import VERSION


def test_start_says_it_and_installs_nothing(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "start.py"), "--version"]
    said = subprocess.run(command, capture_output=True, text=True, timeout=30, cwd=tmp_path)
    assert (said.returncode, said.stdout, said.stderr) == (0, f"Timely {VERSION}\n", "")


def test_every_page_says_it_at_its_foot(client: FlaskClient, league: int) -> None:
    for path in ("/", "/events/saturday-league/", "/matches/", "/no-such-page/"):
        foot = client.get(path).text.partition('class="wrap foot"')[2]
        assert f"Timely {VERSION}" in foot, path


def test_the_changelog_knows_it() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
    assert re.search(rf"^## \[?({re.escape(VERSION)}|Unreleased)\]?", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
