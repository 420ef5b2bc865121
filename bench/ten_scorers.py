"""Fifty results saved within one second by ten scorers: what was refused, what was lost, and is every page right?

    .venv/bin/python -m bench.ten_scorers [--scorers 10] [--saves 5] [--followers 20]

Each scorer is a session of its own and sends the desk's form; each game belongs to one scorer. Meanwhile followers
listen to all four topics on WebSockets and apply what they are told, as `docs/live.md` says. At the end what each
has is compared with what a page drawn now has.
"""

import argparse
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.follower import Follower
from bench.forms import Scorer
from bench.http_load import cpu_seconds
from bench.leagues import to_be_played
from bench.limits import GENEROUS
from bench.table import verdict
from tests.browser.server import ROOT, Server

SECONDS = 1.0
SETTLED_WITHIN = 10.0


@dataclass(frozen=True)
class Seen:
    """`statuses` of the answers, `took` in milliseconds; `lost` are games whose score is not the one that was sent."""

    statuses: Counter[int]
    took: list[float]
    within: float
    lost: int
    messages: Counter[str]
    right: int
    followers: int
    cpu: float


def main() -> None:
    options = argparse.ArgumentParser(description="Many results in one second.")
    options.add_argument("--scorers", type=int, default=10)
    options.add_argument("--saves", type=int, default=5)
    options.add_argument("--followers", type=int, default=20)
    asked = options.parse_args()
    seen = measure(asked.scorers, asked.saves, asked.followers)
    saves = asked.scorers * asked.saves
    refused = saves - seen.statuses[302]
    late = quantiles(seen.took, n=100)[98]
    print(f"{saves} forms of {asked.scorers} scorers, the first to the last answer in {seen.within:.2f} s")
    print(f"a save took a median of {median(seen.took):.0f} ms, p99 {late:.0f}; the server's CPU: {seen.cpu:.2f} s")
    print(f"{'messages to each follower':34}{', '.join(f'{n} {kind}' for kind, n in sorted(seen.messages.items()))}")
    print(f"{'saves refused':34}{refused:6}  {verdict(refused == 0)}")
    print(f"{'results lost':34}{seen.lost:6}  {verdict(seen.lost == 0)}")
    right = f"{seen.right} of {seen.followers}"
    print(f"{'followers that are right at the end':34}{right:>10}  {verdict(seen.right == seen.followers)}")


def measure(scorers: int, saves: int, followers: int, root: Path = ROOT) -> Seen:
    """*root* is the tree whose program is served."""
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        with Server(data_dir, root, **GENEROUS) as server:
            server.add_person("Ada", "administrator")
            event_id, _ = server.import_event(to_be_played(scorers * saves))
            names = [f"Scorer {number}" for number in range(scorers)]
            for name in names:
                server.add_person(name, "scorer", "--event", str(event_id))
            return play(server, event_id, [Scorer(server.port, name) for name in names], saves, followers)


def play(server: Server, event_id: int, scorers: list[Scorer], saves: int, followers: int) -> Seen:
    games = [game for game in schedule(server, event_id).values() if game["status"] == "SCHEDULED"]
    halls = [Follower(server.port, event_id) for _ in range(followers)]
    for hall in halls:
        hall.wait_until(versions(server, event_id), SETTLED_WITHIN)
        hall.counted.clear()
    answers: list[tuple[int, int, float, float]] = []
    pace = SECONDS / (len(scorers) * saves)
    assert server.process is not None
    spent, begins = cpu_seconds(server.process.pid), time.monotonic() + 0.1

    def enter(number: int, scorer: Scorer) -> None:
        for turn in range(saves):
            place = turn * len(scorers) + number
            game = games[place]
            time.sleep(max(0.0, begins + place * pace - time.monotonic()))
            began = time.monotonic()
            status = scorer.save(game["id"], 10 + place, place % 10, game["version"])
            answers.append((game["id"], status, began, time.monotonic()))

    threads = [threading.Thread(target=enter, args=one) for one in enumerate(scorers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    newest = versions(server, event_id)
    settled = [hall for hall in halls if hall.wait_until(newest, SETTLED_WITHIN)]
    spent = cpu_seconds(server.process.pid) - spent
    fresh = Follower(server.port, event_id)
    fresh.wait_until(newest, SETTLED_WITHIN)
    right = sum(hall.state() == fresh.state() for hall in settled)
    saved = schedule(server, event_id)
    sent = {games[place]["id"]: (10 + place, place % 10) for place in range(len(scorers) * saves)}
    lost = sum((saved[id_]["home_score"], saved[id_]["away_score"]) != score for id_, score in sent.items())
    messages = halls[0].counted if halls else Counter[str]()
    for one in (*halls, fresh):
        one.close()
    return Seen(
        statuses=Counter(status for _, status, _, _ in answers),
        took=[(ended - began) * 1000 for _, _, began, ended in answers],
        within=max(one[3] for one in answers) - min(one[2] for one in answers),
        lost=lost,
        messages=messages,
        right=right,
        followers=followers,
        cpu=spent,
    )


def schedule(server: Server, event_id: int) -> dict[int, Any]:
    """{id: the game}, those that come first in the file first."""
    found = server.call("GET", f"/api/events/{event_id}/schedule/")["fixtures"]
    return {game["id"]: game for game in sorted(found, key=lambda game: game["id"])}


def versions(server: Server, event_id: int) -> dict[str, int]:
    found: dict[str, int] = server.call("GET", f"/api/events/{event_id}/")["versions"]
    return found


if __name__ == "__main__":
    main()
