"""A league in mid-season to be measured on: 190 of 380 games to be played, and a person who enters them."""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import workshop
from bench.forms import Scorer
from bench.leagues import to_be_played
from bench.limits import GENEROUS
from bench.servers import subscription
from tests.browser.server import ROOT, Server

ORGANISER = "Olga"
GAMES_TO_PLAY = 190
MARK = '"home_score":%d,'
GAP_MS = 200


@dataclass(frozen=True)
class Season:
    """A data folder with the league in it. The games to be played have the ids from 1 on: a round's number is one."""

    server: Server
    event_id: int
    address: str
    token: str

    @contextmanager
    def served(self, root: Path = ROOT, **settings: str) -> Iterator[Server]:
        """A server on a copy of the data, of the program in *root*."""
        with (
            tempfile.TemporaryDirectory(prefix="timely-bench-") as folder,
            self.server.on_a_copy(Path(folder) / "data", root, **GENEROUS, **settings) as server,
        ):
            yield server

    def save_by_api(self, port: int) -> str:
        """The request of a program that enters the result of a round's game."""
        return (
            f"PUT /api/fixtures/%d/result/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {self.token}\r\n"
            "Content-Type: application/json\r\nContent-Length: @\r\nConnection: close\r\n\r\n"
            '{"home_score": %d, "away_score": 0}'
        )

    def save_by_form(self, port: int) -> str:
        """The request of the desk's form, with cookie and token of the organiser, who is signed in for it."""
        scorer = Scorer(port, ORGANISER)
        fields = urlencode(scorer.fields("@", 0, 1)).replace("%40", "%d")
        return scorer.request("/admin/results/%d/", fields)

    def play(self, server: Server, trigger: str, clients: int, rounds: int, gap_ms: int = GAP_MS) -> dict[str, Any]:
        """The figures that fan.c printed. Raises RuntimeError if a result was refused or did not arrive in the data."""
        if rounds > GAMES_TO_PLAY:
            raise ValueError(f"there are {GAMES_TO_PLAY} games to be played, not {rounds}")
        seen = fan(server, self.event_id, clients, rounds, trigger, gap_ms)
        saved = server.call("GET", f"/api/events/{self.event_id}/schedule/")["fixtures"]
        scores = {game["id"]: game["home_score"] for game in saved if game["id"] <= rounds}
        if scores != {number: number for number in range(1, rounds + 1)}:
            raise RuntimeError("not every result was saved")
        return seen


@contextmanager
def season(root: Path = ROOT, file: dict[str, Any] | None = None) -> Iterator[Season]:
    """Made by the program in *root*, of another event *file* if one is given, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        server = Server(data_dir, root)
        try:
            server.add_person("Ada", "administrator")
            server.add_person(ORGANISER, "organiser")
            event_id, address = server.import_event(file or to_be_played(GAMES_TO_PLAY), "--owner", ORGANISER)
            token = server.token_of(ORGANISER)
        finally:
            server.dismiss_clerk()
        yield Season(server, event_id, address, token)


def fan(
    server: Server, event_id: int, clients: int, rounds: int, trigger: str, gap_ms: int = GAP_MS, mode: str = "sio"
) -> dict[str, Any]:
    """The figures of so many clients that follow the results. Raises RuntimeError if a trigger was refused.

    *mode* is their transport, as fan.c has it.
    """
    assert server.process is not None
    program = str(workshop.compiled(workshop.HERE / "fan.c"))
    numbers = [str(server.port), str(clients), str(rounds), str(gap_ms)]
    with tempfile.NamedTemporaryFile("w", encoding="ascii", newline="", suffix=".http") as file:
        file.write(trigger)
        file.flush()
        follows = subscription(mode, event_id, {"topics": ["results"]})
        words = [program, mode, "127.0.0.1", *numbers, follows, file.name, MARK]
        done = subprocess.run([*words, str(server.process.pid)], capture_output=True, text=True, timeout=600)
    if done.returncode != 0 or not done.stdout:
        raise RuntimeError(f"fan ended with {done.returncode}: {done.stderr.strip()}")
    seen: dict[str, Any] = json.loads(done.stdout)
    if seen["bad_triggers"]:
        raise RuntimeError(f"a result was refused: {done.stderr.strip()}")
    return seen
