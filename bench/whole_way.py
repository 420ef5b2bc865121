"""From the form's POST to the last of a thousand screens, and whose share is which.

    .venv/bin/python -m bench.whole_way [--clients 1000] [--rounds 60]

A league of 20 teams. Each round an organiser enters the result of another game on the desk, with cookie and token;
the clients follow the results over Socket.IO's WebSocket. What the server does in it, it times itself (`/metrics`).
"""

import argparse
import json
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from bench import workshop
from bench.forms import Scorer
from bench.leagues import to_be_played
from bench.limits import GENEROUS, raise_file_limit
from tests.browser.server import Server

ORGANISER = "Olga"
MARK = '"home_score":%d,'
SUBSCRIBE = '420["subscribe",{{"event_id":{event},"topics":["results"]}}]'
GAP_MS = 200
MOST_ROUNDS = 90
# Of one series of the figures: how long it took in all, and how often.
SUM = re.compile(r"^timely_(\w+)_seconds_(sum|count)(?:\{([^}]*)\})? (\S+)$", re.M)


@dataclass(frozen=True)
class Part:
    """*name* in words, and the series of the figures that times it: {metric, labels}."""

    name: str
    metric: str
    label: str


PARTS = (
    Part("the request: form, rules, what it leads to", "request", 'kind="page",status="3xx"'),
    Part("  of it: the commit, on disk", "commit", ""),
    Part("from the commit to the message's turn", "telling", 'part="wait"'),
    Part("  of it: the look for what is new", "telling", 'part="look"'),
    Part("building the message, with the table", "telling", 'part="build"'),
    Part("handing it to all sockets", "telling", 'part="hand_out"'),
)


def main() -> None:
    options = argparse.ArgumentParser(description="Form to last screen, in milliseconds.")
    options.add_argument("--clients", type=int, default=1000)
    options.add_argument("--rounds", type=int, default=60, choices=range(1, MOST_ROUNDS + 1), metavar="1-90")
    asked = options.parse_args()
    raise_file_limit()
    seen, shares = measure(asked.clients, asked.rounds)
    print(f"{seen['held']} screens held, {seen['lost']} deliveries lost, a message of {seen['message_bytes']:,} bytes")
    print(f"{'form POST to …, ms':46}{'median':>9}{'p99':>9}")
    print(f"{'any screen':46}{seen['p50_ms']:9.1f}{seen['p99_ms']:9.1f}")
    print(f"{'the last screen':46}{seen['last_ms']:9.1f}{seen['last_p99_ms']:9.1f}")
    print(f"{'whose share, ms in the mean of the rounds':46}")
    for part in PARTS:
        print(f"{part.name:46}{shares[part]:9.2f}")
    known = sum(shares[part] for part in PARTS if not part.name.startswith(" "))
    print(f"{'network, screens, and what stands in between':46}{seen['last_ms'] - known:9.2f}")


def measure(clients: int, rounds: int) -> tuple[dict[str, Any], dict[Part, float]]:
    """(what fan saw, milliseconds of each part in the mean)."""
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        with Server(data_dir, **GENEROUS) as server:
            server.add_person("Ada", "administrator")
            server.add_person(ORGANISER, "organiser")
            event_id, _ = server.import_event(to_be_played(rounds), "--owner", ORGANISER)
            scorer = Scorer(server.port, ORGANISER)
            # The first games of the file are those to be played, so that the round is the id as well.
            fields = urlencode(scorer.fields("@", 0, 1)).replace("%40", "%d")
            trigger = Path(folder) / "form.http"
            trigger.write_text(scorer.request("/admin/results/%d/", fields), "ascii")
            before = timed(server)
            seen = fan(server, event_id, clients, rounds, trigger)
            after = timed(server)
            saved = server.call("GET", f"/api/events/{event_id}/schedule/")["fixtures"]
    scores = {game["id"]: game["home_score"] for game in saved if game["id"] <= rounds}
    if scores != {number: number for number in range(1, rounds + 1)}:
        raise RuntimeError("not every form was saved")
    return seen, {part: share(part, before, after, rounds) for part in PARTS}


def fan(server: Server, event_id: int, clients: int, rounds: int, trigger: Path) -> dict[str, Any]:
    assert server.process is not None
    program = str(workshop.compiled(workshop.HERE / "fan.c"))
    numbers = [str(server.port), str(clients), str(rounds), str(GAP_MS)]
    words = [program, "sio", "127.0.0.1", *numbers, SUBSCRIBE.format(event=event_id), str(trigger), MARK]
    done = subprocess.run([*words, str(server.process.pid)], capture_output=True, text=True, timeout=600)
    if done.returncode != 0 or not done.stdout:
        raise RuntimeError(f"fan ended with {done.returncode}: {done.stderr.strip()}")
    seen: dict[str, Any] = json.loads(done.stdout)
    if seen["bad_triggers"]:
        raise RuntimeError(f"a form was refused: {done.stderr.strip()}")
    return seen


def timed(server: Server) -> dict[tuple[str, str, str], float]:
    """{(metric, "sum" or "count", labels): value}, as the server counts itself."""
    with urlopen(server.url("/metrics"), timeout=10) as answer:
        text = answer.read().decode()
    return {(name, what, labels): float(value) for name, what, labels, value in SUM.findall(text)}


def share(part: Part, before: dict[Any, float], after: dict[Any, float], rounds: int) -> float:
    """Milliseconds of each time that it was done; a message is built once for each round."""
    spent, times = (
        after.get((part.metric, what, part.label), 0.0) - before.get((part.metric, what, part.label), 0.0)
        for what in ("sum", "count")
    )
    return spent * 1000 / (times or rounds)


if __name__ == "__main__":
    main()
