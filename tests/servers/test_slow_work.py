"""Slow work goes on beside the answers, in every mode: what it returns and what it raises comes back."""

import subprocess
import sys

import pytest

from config import ASYNC_MODES, ROOT
from tests import modes

# Half a second in C, which yields to nobody; meanwhile another task counts its turns.
CODE = """
import sys
import servers
server = servers.choose(sys.argv[1])
import threading, time
from ctypes import CDLL

turns = []

def count():
    while True:
        turns.append(1)
        time.sleep(0.01)

threading.Thread(target=count, daemon=True).start()
print(server.run_slow(lambda *words: CDLL(None).usleep(500_000) or "-".join(words), "one", "two"))
print("others went on" if len(turns) > 10 else f"others stood still: {len(turns)}")
try:
    server.run_slow(lambda: 1 / 0)
except ZeroDivisionError as error:
    print(error)
"""


@pytest.mark.parametrize("mode", ASYNC_MODES)
def test_slow_work(mode):
    modes.require(mode)
    asked = subprocess.run([sys.executable, "-c", CODE, mode], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert asked.stdout.splitlines() == ["one-two", "others went on", "division by zero"]
    assert asked.stderr == ""
