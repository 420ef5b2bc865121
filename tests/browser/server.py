"""A real server for tests and measurements: `python wsgi.py` on a free port, with a data folder of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.browser.clerk import COMMAND_LINE, Clerk
from tests.forks import Process, fork_servers
from tests.ports import free_port, is_taken

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a long enough password"
START_SECONDS = 30
STOP_SECONDS = 10


class Server:
    """Started with `start()`; what it prints goes to `output`. People and events are made by the command line."""

    program = "wsgi"

    def __init__(self, data_dir: Path, root: Path = ROOT, **settings: str) -> None:
        """*root* is the tree whose programs are run."""
        self.data_dir, self.root = data_dir, root
        self.port = free_port()
        self.output = data_dir.with_name(f"{data_dir.name}-output.txt")
        self.process: Process | None = None
        self.clerk: Clerk | None = None
        self.has_served = False
        # Of the caller's environment only what Python and the system need: no setting of theirs leaks in.
        self.environ = {name: value for name, value in os.environ.items() if not name.startswith("TIMELY_")}
        self.environ |= {
            "TIMELY_HOST": "127.0.0.1",
            "TIMELY_PORT": str(self.port),
            "TIMELY_DATA_DIR": str(data_dir),
            "PYTHONPATH": str(root),
            **settings,
        }

    def on_a_copy(self, data_dir: Path, root: Path = ROOT, **settings: str) -> "Server":
        """Another server, with the people and events of this one, which must not be running."""
        self.dismiss_clerk()
        shutil.copytree(self.data_dir, data_dir)
        return Server(data_dir, root, **settings)

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()
        self.dismiss_clerk()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def start(self) -> None:
        """Returns once it answers. Raises RuntimeError with what it printed if it does not.

        A port that another program has taken meanwhile is given up for another, as long as nobody knows it yet.
        """
        while not self._has_started():
            printed = self.printed()
            if self.has_served or not is_taken(printed):
                raise RuntimeError(f"the server did not start:\n{printed}")
            self.port = free_port()
            self.environ["TIMELY_PORT"] = str(self.port)
            self.output.unlink()
        self.has_served = True

    def _has_started(self) -> bool:
        with open(os.devnull, "rb") as nothing, self.output.open("ab") as output:
            files = (nothing.fileno(), output.fileno(), output.fileno())
            self.process = fork_servers.start(self.program, self.environ, *files, root=self.root)
        give_up_at = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > give_up_at:
                self.kill()
                return False
            time.sleep(0.05)
        return True

    def stop(self) -> None:
        """As Ctrl-C does; killed if that takes too long."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """As a pulled plug does: nothing is tidied up."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
            self.process.wait(STOP_SECONDS)

    def printed(self) -> str:
        return self.output.read_text("utf-8", "replace") if self.output.exists() else ""

    def cli(self, *words: str, stdin: str = "") -> str:
        """What the command prints, without its last line end. Raises RuntimeError if it is refused."""
        if self.root != ROOT:  # another tree need not have a clerk
            return self._run_in_tree(COMMAND_LINE, *words, stdin=stdin)
        return self.ask_clerk(COMMAND_LINE, *words, stdin=stdin)

    def ask_clerk(self, module: str, *words: str, stdin: str = "") -> str:
        """What another program prints that works on the same data folder. Raises RuntimeError if it is refused."""
        self.clerk = self.clerk or Clerk(self.environ)
        return self.clerk.do(module, *words, stdin=stdin)

    def dismiss_clerk(self) -> None:
        """Afterwards nothing is open in the data folder but what the server has open."""
        if self.clerk:
            self.clerk.end()
            self.clerk = None

    def save_in_another_process(self, fixture_id: int, home: int, away: int) -> None:
        """As another program on this computer does, which knows nothing of the server."""
        self.ask_clerk("tests.browser.save_result", str(fixture_id), str(home), str(away))

    def import_event(self, file: dict[str, Any], *more: str) -> tuple[int, str]:
        """(id, address) of the new event."""
        path = self.data_dir / "event-to-import.json"
        path.write_text(json.dumps(file), "utf-8")
        word, number, address = self.cli("import-event", str(path), *more).split()
        assert word == "event"
        return int(number), address

    def add_person(self, name: str, role: str, *more: str) -> None:
        self.cli("create-user", name, "--role", role, "--password-stdin", *more, stdin=PASSWORD + "\n")

    def token_of(self, name: str) -> str:
        return self.cli("create-token", name)

    def call(self, method: str, path: str, body: Any = None, token: str = "") -> Any:
        """The API's answer, parsed. Raises RuntimeError for an error, with its text."""
        request = urllib.request.Request(self.url(path), method=method)
        request.add_header("Authorization", f"Bearer {token}")
        request.add_header("Content-Type", "application/json")
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, data, timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.code} {error.read().decode()}") from error

    def _run_in_tree(self, module: str, *words: str, stdin: str) -> str:
        command = [sys.executable, "-m", module, *words]
        done = subprocess.run(
            command, cwd=self.root, env=self.environ, input=stdin, capture_output=True, text=True, timeout=START_SECONDS
        )
        if done.returncode:
            raise RuntimeError(f"{module} {words} ended with {done.returncode}: {done.stderr}")
        return done.stdout.rstrip("\n")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url("/healthz"), timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False
