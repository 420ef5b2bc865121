"""A real Redis for tests, configured as it is shipped, on a port of its own; it can be stopped and started again."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from config import ROOT

SHIPPED = ROOT / "deploy" / "redis.conf"
EXAMPLE = "the-redis-password"
PASSWORD = "a-password-of-the-tests"
START_SECONDS = 10
STOP_SECONDS = 10


class RedisServer:
    """Keeps nothing on the disk: started anew it knows nothing."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.url = f"redis://:{PASSWORD}@127.0.0.1:{port}/0"
        shipped = SHIPPED.read_text("utf-8")
        assert shipped.count(EXAMPLE) == 1
        (folder / "redis.conf").write_text(shipped.replace(EXAMPLE, PASSWORD), "utf-8")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = [str(self.folder / "redis.conf"), "--port", str(self.port)]
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(shutil.which("redis-server")), *words, "--dir", str(self.folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        give_up_at = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > give_up_at:
                raise RuntimeError(f"Redis did not start:\n{(self.folder / 'redis.log').read_text('utf-8')}")
            time.sleep(0.02)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(STOP_SECONDS)

    def hang(self) -> None:
        """It takes what it is sent and answers nothing."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as line:
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"-NOAUTH")
        except OSError:
            return False


def require() -> None:
    """Skips the test where Redis is not installed; in CI it has to be."""
    if shutil.which("redis-server") is None:
        if os.environ.get("CI"):
            pytest.fail("Redis is not installed, and CI has to have it")
        pytest.skip("Redis is not installed")
