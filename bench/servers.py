"""The servers that are measured: each started on a free port of this computer, and ended whatever happens."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench import workshop
from bench.league import League, frame_text
from tests.browser.server import ROOT, Server
from tests.ports import free_port

START_SECONDS = 30
STOP_SECONDS = 10
FIRE = "POST /fire/%d HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Measured(ABC):
    """One running server: where it is, and what to say to it. A context manager."""

    port: int
    pids: list[int]
    trigger = FIRE

    @abstractmethod
    def __enter__(self) -> "Measured":
        """Starts it; it listens afterwards."""

    @abstractmethod
    def __exit__(self, *error: object) -> None:
        """Ends it."""

    @property
    def ports(self) -> list[int]:
        """The ports among which its clients are shared out."""
        return [self.port]

    def subscribe(self, mode: str) -> str:
        """The subscription that a client of that mode sends, or the path that it requests."""
        return ""


class Restartable(Measured):
    """One that can be killed and started again, at the same address."""

    @abstractmethod
    def start(self) -> None:
        """It answers afterwards."""

    @abstractmethod
    def kill(self) -> None:
        """As a pulled plug does."""

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


class Reference(Measured):
    """Another server than ours: a process that is told its port, and has the message in a file."""

    def __init__(self, league: League) -> None:
        self.league = league
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def words(self) -> list[str]:
        """The command. Raises workshop.Missing where this computer lacks something."""

    def environ(self) -> Mapping[str, str]:
        return os.environ

    def __enter__(self) -> "Reference":
        said = self.league.message.with_name(f"{type(self).__name__}-{self.port}.txt")
        with said.open("wb") as output:
            self.process = subprocess.Popen(
                self.words(), env=self.environ(), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )
        self.pids = [self.process.pid]
        give_up_at = time.monotonic() + START_SECONDS
        while not listens(self.port):
            if self.process.poll() is not None or time.monotonic() > give_up_at:
                self.__exit__()
                raise RuntimeError(f"{type(self).__name__} did not start:\n{said.read_text('utf-8')[-1000:]}")
            time.sleep(0.05)
        return self

    def __exit__(self, *error: object) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(STOP_SECONDS)


class Bare(Reference):
    def words(self) -> list[str]:
        program = workshop.compiled(workshop.HERE / "references" / "bare.c")
        return [str(program), str(self.port), str(frame_text(self.league))]

    def subscribe(self, mode: str) -> str:
        return "/"


class Node(Reference):
    def words(self) -> list[str]:
        return ["node", str(workshop.node_folder() / "server.js"), str(self.port), str(self.league.message)]


class Plain(Reference):
    def words(self) -> list[str]:
        return [
            sys.executable,
            str(workshop.HERE / "references" / "plain.py"),
            str(self.port),
            str(self.league.message),
        ]


class Channels(Reference):
    def words(self) -> list[str]:
        daphne = workshop.channels_folder() / "daphne"
        return [str(daphne), "-v", "0", "-b", "127.0.0.1", "-p", str(self.port), "channels_app:application"]

    def environ(self) -> Mapping[str, str]:
        folder = str(workshop.HERE / "references")
        return {**os.environ, "PYTHONPATH": folder, "TIMELY_BENCH_MESSAGE": str(self.league.message)}

    def subscribe(self, mode: str) -> str:
        return "/results"


class Timely(Restartable):
    """The real thing, on a copy of the league's data; *root* is the tree whose program runs."""

    def __init__(self, league: League, root: Path = ROOT, **settings: str) -> None:
        self.league, self.root, self.settings = league, root, settings
        self.follows: dict[str, Any] = {"topics": ["results"]}  # what Socket.IO's clients ask for
        self.trigger = league.save()
        self.folder = tempfile.TemporaryDirectory(prefix="timely-bench-")
        self.server: Server | None = None

    def __enter__(self) -> "Timely":
        self.server = self.league.copied(Path(self.folder.name), self.root, **self.settings)
        self.port = self.server.port
        try:
            self.start()
        except RuntimeError:
            self.folder.cleanup()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        if self.server:
            self.server.stop()
        self.folder.cleanup()

    def start(self) -> None:
        assert self.server is not None
        self.server.start()
        assert self.server.process is not None
        self.pids = [self.server.process.pid]

    def kill(self) -> None:
        assert self.server is not None
        self.server.kill()

    def call(self, path: str) -> Any:
        """The response of the API."""
        assert self.server is not None
        return self.server.call("GET", path)

    def subscribe(self, mode: str) -> str:
        return subscription(mode, self.league.event_id, self.follows)


def subscription(mode: str, event_id: int, follows: dict[str, Any]) -> str:
    """The subscription to an event's results: a path, or Socket.IO's packet with what it *follows*."""
    asked = json.dumps(["subscribe", {"event_id": event_id, **follows}], separators=(",", ":"))
    return {
        "ws": f"/ws/events/{event_id}/stream/?topics=results",
        "sse": f"/api/events/{event_id}/stream/results/",
        "xhr": f"/api/events/{event_id}/poll/?topics=results&wait=20",
    }.get(mode, f"420{asked}")


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
