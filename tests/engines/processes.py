"""Programs that a driver starts: in a group of their own, so that what they start in turn ends with them."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 30.0


class Broken(Exception):
    """The engine did not start, did not answer, or said that the script failed."""


class Child:
    """A started program; what it prints goes to a file in *folder*."""

    def __init__(
        self,
        words: Sequence[str | Path],
        folder: Path,
        environ: Mapping[str, str] | None = None,
        answers: "Answers | None" = None,
    ) -> None:
        self.output = folder / f"{Path(words[0]).name}-output.txt"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [str(word) for word in words],
                # Its profile, cache and settings are nobody's but the test's.
                env={**os.environ, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), **(environ or {})},
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=(answers.write_end,) if answers else (),
                start_new_session=True,
            )
        if answers:
            answers.given_away()

    def printed(self) -> str:
        return self.output.read_text("utf-8", "replace")

    def require_alive(self) -> None:
        if self.process.poll() is not None:
            raise Broken(f"{self.process.args!r} ended with {self.process.returncode}: {self.printed()[-2000:]}")

    def close(self) -> None:
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.kill()
        self.process.wait(PATIENCE)
        if self.process.stdin:
            with contextlib.suppress(OSError):
                self.process.stdin.close()


class Answers:
    """A pipe on which a child answers in lines, apart from what it prints."""

    def __init__(self) -> None:
        self.read_end, self.write_end = os.pipe()
        self.waiting = b""

    def given_away(self) -> None:
        os.close(self.write_end)

    def line(self) -> str:
        """The next line. Raises Broken if the child has ended or does not answer."""
        give_up_at = time.monotonic() + PATIENCE
        while b"\n" not in self.waiting:
            readable, _, _ = select.select([self.read_end], [], [], max(0, give_up_at - time.monotonic()))
            came = os.read(self.read_end, 65536) if readable else b""
            if not came:
                raise Broken("no answer" if not readable else "it ended without an answer")
            self.waiting += came
        line, _, self.waiting = self.waiting.partition(b"\n")
        return line.decode()

    def close(self) -> None:
        os.close(self.read_end)


def wait_for(ask: Callable[[], T | None], what: str, seconds: float = PATIENCE, pause: float = 0.05) -> T:
    """The first answer that is true. Raises Broken if none comes in time."""
    give_up_at = time.monotonic() + seconds
    while True:
        if answer := ask():
            return answer
        if time.monotonic() > give_up_at:
            raise Broken(f"not within {seconds:.0f} s: {what}")
        time.sleep(pause)


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
