"""Packages of npm that tests drive: installed beside their package.json, once, however many workers ask for them."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from launch.lock import only_one


def require(folder: Path) -> None:
    """Afterwards they are there. Else the test is skipped, and where tests must count it fails."""
    if sentence := missing(folder):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(sentence)


@cache
def missing(folder: Path) -> str:
    """Why the packages that the folder's package-lock.json names are not there; nothing if they are."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "node and npm are not installed"
    named = (folder / "package-lock.json").read_text("utf-8")
    stamp = folder / "node_modules" / "installed.json"
    with only_one(Path(sys.prefix) / "npm.lock"):
        if stamp.exists() and stamp.read_text("utf-8") == named:
            return ""
        words = ["npm", "ci", "--no-audit", "--no-fund", "--silent"]
        done = subprocess.run(words, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            return f"npm ci in {folder.name} failed: {done.stderr[-300:]}"
        stamp.write_text(named, "utf-8")
    return ""
