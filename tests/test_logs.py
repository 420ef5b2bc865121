"""Errors reach the terminal and the file; odd requests of strangers reach the file at most."""

import subprocess
import sys

from config import ROOT

CODE = """
import logging, sys
from pathlib import Path
from timely.logs import write_log
write_log(Path(sys.argv[1]), "WARNING")
logging.getLogger("timely.x").error("a fault of ours")
logging.getLogger("timely.x").info("of no interest")
engine = logging.getLogger("engineio.server")
engine.error("Invalid session abc")
try:
    1 / 0
except ZeroDivisionError:
    engine.exception("a handler broke")
"""


def test_who_hears_what(tmp_path):
    asked = subprocess.run(
        [sys.executable, "-c", CODE, str(tmp_path / "timely.log")], cwd=ROOT, capture_output=True, text=True
    )
    kept = (tmp_path / "timely.log").read_text("utf-8")
    assert asked.stdout == ""
    for text in (asked.stderr, kept):
        assert "a fault of ours" in text
        assert "of no interest" not in text
        assert "ZeroDivisionError" in text
    assert "Invalid session" not in asked.stderr
    assert "Invalid session" in kept
