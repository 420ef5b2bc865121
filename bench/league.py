"""The league that is measured: twenty teams in mid-season, on a real Timely, and one message that it told."""

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simple_websocket import Client

from bench.limits import GENEROUS
from tests.browser.server import ROOT, Server
from timely.domain.formats.round_robin import round_robin

TEAMS = (
    "Alderford",
    "Amblewick",
    "Brackwater",
    "Cinderhill",
    "Dunmarsh",
    "Eastcote",
    "Fernleigh",
    "Glenholm",
    "Hartwell",
    "Ivybridge",
    "Kingsmere",
    "Larkfield",
    "Millbrook",
    "Northgate",
    "Oakhampton",
    "Penrose",
    "Quarrydown",
    "Ravensby",
    "Stonehaven",
    "Thornbury",
)
PLAYED_ROUNDS = 19
LEGS = 2
MOST_SECONDS = 10
# In place of the round's number in a message's text.
GAP = "@@"


@dataclass
class League:
    """A data folder with the league in it, and what a client must know of it."""

    server: Server
    event_id: int
    address: str
    fixture_id: int
    token: str
    message: Path

    def copied(self, folder: Path, root: Path = ROOT, **settings: str) -> Server:
        """A server on a copy of the data, of the program in *root*; not started."""
        return self.server.on_a_copy(folder / "data", root, **GENEROUS, **settings)

    def save(self) -> str:
        """The HTTP request that saves a result; its round stands for the home team's goals."""
        body = '{"home_score": %d, "away_score": 0, "reason": "measured"}'
        head = f"PUT /api/fixtures/{self.fixture_id}/result/ HTTP/1.1\r\nHost: 127.0.0.1:{{port}}\r\n"
        return (
            f"{head}Authorization: Bearer {self.token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: @\r\nConnection: close\r\n\r\n{body}"
        )


@contextmanager
def league(root: Path = ROOT) -> Iterator[League]:
    """Made by the program in *root*, in a folder of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        server = Server(data_dir, root, **GENEROUS)
        try:
            made = moved_in(server, Path(folder) / "message.json")
            message = one_message(server, made.event_id, made.fixture_id, made.token)
            made.message.write_text(json.dumps(message), "utf-8")
            frame_text(made).write_text(as_frame(message), "utf-8")
        finally:
            server.stop()
            server.dismiss_clerk()
        yield made


def moved_in(server: Server, message: Path) -> League:
    """The league on an empty server, which runs afterwards; *message* is not written yet."""
    server.add_person("Ada", "administrator")
    token = server.token_of("Ada")
    event_id, address = server.import_event(event_file())
    server.start()
    fixtures = server.call("GET", f"/api/events/{event_id}/schedule/")["fixtures"]
    fixture_id = next(fixture["id"] for fixture in fixtures if fixture["status"] == "SCHEDULED")
    return League(server, event_id, address, fixture_id, token, message)


def event_file() -> dict[str, Any]:
    """Everybody meets everybody twice; the first half is played."""
    matches: list[dict[str, Any]] = []
    for one in round_robin(TEAMS, LEGS):
        for home, away in one.games:
            game = {"home": home, "away": away, "round": f"Round {one.number}"}
            if one.number <= PLAYED_ROUNDS:
                scores = (len(home) * 7 + one.number) % 5, (len(away) * 3 + one.number) % 4
                game |= {"home_score": scores[0], "away_score": scores[1]}
            matches.append(game)
    return {"name": "Harbour League", "sport": "football", "teams": list(TEAMS), "matches": matches}


def one_message(server: Server, event_id: int, fixture_id: int, token: str) -> dict[str, Any]:
    """The results_update that a saved result makes, as a live socket gets it."""
    client = Client.connect(f"ws://127.0.0.1:{server.port}/ws/events/{event_id}/stream/?topics=results")
    try:
        message = next_update(client)  # a snapshot: it follows from here on
        server.call("PUT", f"/api/fixtures/{fixture_id}/result/", {"home_score": 98, "away_score": 0}, token)
        while message["since"] == 0:
            message = next_update(client)
        return message
    finally:
        client.close()


def next_update(client: Client) -> dict[str, Any]:
    """Raises RuntimeError if none comes."""
    give_up_at = time.monotonic() + MOST_SECONDS
    while time.monotonic() < give_up_at:
        message: dict[str, Any] = json.loads(client.receive(timeout=MOST_SECONDS) or "{}")
        if message.get("type") == "results_update":
            return message
    raise RuntimeError("no results_update arrived")


def as_frame(message: dict[str, Any]) -> str:
    """The text of Socket.IO's frame, with a gap for the round."""
    message["data"]["results"][0]["home_score"] = GAP
    text = json.dumps(["message", message], separators=(",", ":"))
    return "42" + text.replace(f'"{GAP}"', GAP)


def frame_text(made: League) -> Path:
    return made.message.with_name("frame.txt")
