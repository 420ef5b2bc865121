"""An event with 64 teams and 500 games beside one with 20 teams and 40: pages, API, and the message of one game.

    .venv/bin/python -m bench.large_event [--seconds 2]

"ready" is what every visitor but the first gets; "drawn anew" what the first one after a change waits for. Both are
the server's processor time for one answer. The pages of the large event show more than ten times as many games, so
what is drawn anew takes longer; what counts is that it is drawn once per version and not once per visitor.
"""

import argparse
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from simple_websocket import Client

from bench.http_load import load, request
from bench.leagues import large_event, small_league
from bench.limits import GENEROUS
from bench.table import verdict
from tests.browser.server import Server

GZIP = [("Accept-Encoding", "gzip, deflate")]
MOST_BYTES, MOST_TIMES = 1_500, 2.0
ANEW = 1_000


@dataclass(frozen=True)
class Line:
    """Microseconds of the small event and of the large one, ready and drawn anew; bytes of the large one's answer."""

    name: str
    ready: tuple[float, float]
    anew: tuple[float, float]
    size: int


def main() -> None:
    options = argparse.ArgumentParser(description="A large event against a small one.")
    options.add_argument("--seconds", type=float, default=2.0)
    lines, message = measure(options.parse_args().seconds)
    print("20 teams and 40 games against 64 teams and 500 games; CPU µs for each answer, zipped")
    print(f"{'':24}{'bytes':>8}{'ready: 40':>11}{'500':>8}{'times':>7}{'':9}{'anew: 40':>11}{'500':>9}{'times':>7}")
    for line in lines:
        (small, large), (small_anew, large_anew) = line.ready, line.anew
        print(
            f"{line.name:24}{line.size:>8,}{small:>11,.0f}{large:>8,.0f}{large / small:>7.1f}"
            f"  {verdict(large / small <= MOST_TIMES):7}{small_anew:>11,.0f}{large_anew:>9,.0f}"
            f"{large_anew / small_anew:>7.1f}"
        )
    print(f"schedule message of one changed game: {message:,} bytes, at most {MOST_BYTES:,}  ", end="")
    print(verdict(message <= MOST_BYTES))


def measure(seconds: float) -> tuple[list[Line], int]:
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        with Server(data_dir, **GENEROUS) as server:
            server.add_person("Ada", "administrator")
            token = server.token_of("Ada")
            small, large = (server.import_event(file) for file in (small_league(), large_event()))
            paths = {tab or "details": f"{tab}/" if tab else "" for tab in ("", "leaderboard", "schedule")}
            lines = [
                compared(server, name, f"{small[1]}{path}", f"{large[1]}{path}", seconds)
                for name, path in paths.items()
            ]
            lines += [
                compared(server, f"API, {part}", *(f"/api/events/{one[0]}/{part}/" for one in (small, large)), seconds)
                for part in ("leaderboard", "schedule")
            ]
            return lines, message_bytes(server, large[0], token)


def compared(server: Server, name: str, small: str, large: str, seconds: float) -> Line:
    assert server.process is not None
    port, pid = server.port, server.process.pid
    ready = [load(port, pid, request(port, path, GZIP), seconds) for path in (small, large)]
    anew = [
        load(port, pid, [request(port, f"{path}?n={number}", GZIP) for number in range(ANEW)], seconds, connections=1)
        for path in (small, large)
    ]
    return Line(name, (ready[0].cpu_us, ready[1].cpu_us), (anew[0].cpu_us, anew[1].cpu_us), ready[1].size)


def message_bytes(server: Server, event_id: int, token: str) -> int:
    """Of the schedule's message when one result is saved, as a socket gets it."""
    games = server.call("GET", f"/api/events/{event_id}/schedule/")["fixtures"]
    coming = next(game["id"] for game in games if game["status"] == "SCHEDULED")
    client = Client.connect(f"ws://127.0.0.1:{server.port}/ws/events/{event_id}/stream/?topics=schedule")
    try:
        server.call("PUT", f"/api/fixtures/{coming}/result/", {"home_score": 12, "away_score": 11}, token)
        while True:
            text = str(client.receive(timeout=10) or "{}")
            message = json.loads(text)
            if not message:
                raise RuntimeError("no message arrived")
            if message["type"] == "schedule_update" and message["since"] > 0:
                return len(text.encode())
    finally:
        client.close()


if __name__ == "__main__":
    main()
