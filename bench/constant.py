"""A bare Flask app beside ours, to compare with: one page that is a constant string."""

import subprocess
import sys
import time
from pathlib import Path

from bench.servers import listens
from tests.ports import free_port

PROGRAM = Path(__file__).resolve().parent / "references" / "constant.py"
START_SECONDS = 30


class Constant:
    """Started and ended with `with`."""

    def __init__(self) -> None:
        self.port = free_port()

    def __enter__(self) -> "Constant":
        self.process = subprocess.Popen([sys.executable, str(PROGRAM), str(self.port)], stdin=subprocess.DEVNULL)
        self.pid = self.process.pid
        for _ in range(START_SECONDS * 20):
            if listens(self.port):
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.__exit__()
        raise RuntimeError("the bare Flask app did not start")

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)
