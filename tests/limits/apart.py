"""A separate process for an attack, which runs until it is closed, like a socket."""

import subprocess
import sys
import threading

from config import ROOT


class Apart:
    """Runs a module of the tests; returns once that says that it has begun."""

    def __init__(self, module: str, *words: object) -> None:
        said = [sys.executable, "-m", module, *map(str, words)]
        self.process = subprocess.Popen(said, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout
        assert self.process.stdout.readline(), "it has not begun"

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(10)


def begun() -> threading.Event:
    """Said by the module once it has begun; set when it is to end."""
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    print("begun", flush=True)
    return over
