"""The small Socket.IO server of the fan-out's tests, started and asked."""

import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from typing import Any

from config import ROOT
from tests.ports import free_port


class FanServer:
    """tests/live/fan_server.py in a process of its own."""

    def __init__(self, kind: str, patience: float = 20) -> None:
        self.kind, self.port = kind, free_port()
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "tests.live.fan_server", str(self.port), kind, str(patience)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environ)
        give_up_at = time.monotonic() + 20
        while True:
            try:
                self.figures()
                return
            except OSError:
                assert self.process.poll() is None, "it did not start"
                assert time.monotonic() < give_up_at, "it does not answer"
                time.sleep(0.05)

    def ask(self, path: str) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return json.load(answer)

    def figures(self) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("/figures")
        return found

    def tell(self, **numbers: float) -> None:
        self.ask("/tell?" + "&".join(f"{name}={number}" for name, number in numbers.items()))

    def tell_meanwhile(self, **numbers: float) -> threading.Thread:
        thread = threading.Thread(target=self.tell, kwargs=numbers, daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def wait_for(condition: Any, within: float = 10.0) -> None:
    give_up_at = time.monotonic() + within
    while not condition():
        assert time.monotonic() < give_up_at, "it did not come to that"
        time.sleep(0.05)
