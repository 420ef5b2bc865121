"""w3m, in a terminal that tmux holds: its screen can be read, and keys can be pressed."""

import contextlib
import os
import subprocess

from tests.engines.engine import Plain
from tests.engines.places import program
from tests.engines.processes import PATIENCE, Broken


class W3m(Plain):
    name = "w3m"

    @classmethod
    def missing(cls) -> str:
        absent = [name for name in ("w3m", "tmux") if not program(name)]
        return f"{' and '.join(absent)} not installed (Debian w3m, tmux)." if absent else ""

    def start(self) -> None:
        # It says: w3m version w3m/0.5.3+git20230121, options and so on.
        said = subprocess.run(["w3m", "-version"], capture_output=True, text=True, timeout=PATIENCE).stdout
        self.version = said.partition("w3m/")[2].partition("+")[0]

    def stop(self) -> None:
        with contextlib.suppress(Broken):  # none has been opened, or it has gone already
            self._tmux("kill-server")

    def open(self, url: str) -> None:
        self.stop()
        self._tmux("-f", os.devnull, "new-session", "-d", "-x", "120", "-y", "60", f"w3m -o meta_refresh=1 {url}")

    def text(self) -> str:
        return self._tmux("capture-pane", "-p")

    def refresh(self) -> None:
        self._tmux("send-keys", "R")

    def _tmux(self, *words: str) -> str:
        environ = {**os.environ, "HOME": str(self.folder), "LC_ALL": "C.UTF-8", "TERM": "xterm"}
        done = subprocess.run(
            ["tmux", "-S", str(self.folder / "tmux"), *words],
            env=environ,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
        )
        if done.returncode != 0:
            raise Broken(f"tmux {words}: {done.stderr}")
        return done.stdout
