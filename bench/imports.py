"""Measures the waits beside an import of an event file: of a small request, asked again and again meanwhile.

    .venv/bin/python -m bench.imports

A league of 380, 1,000 and 5,000 games, and a cup of ten divisions with 480 teams and 1,350 games, each sent through the
form of a server of its own. The waits are of a page that does not exist, so that nothing is drawn for it.
"""

import http.client
import json
import tempfile
import threading
import time
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import requests

from bench.limits import GENEROUS
from bench.table import verdict
from tests.browser.server import PASSWORD, Server
from tests.csrf import token_in

MOST_MS = 50
AFTER_SECONDS = 1.0  # what the last commit sets off belongs to the import
GROUPS = "ABCDEFGH"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        with Server(data_dir, **GENEROUS) as server:
            server.add_person("Ada", "administrator")
            base, session = server.url().rstrip("/"), requests.Session()
            sign_in(session, base)
            waits: list[float] = []
            is_over = threading.Event()
            asking = threading.Thread(target=ask, args=(server.port, waits, is_over))
            asking.start()
            print(f"{'file':24}{'import, s':>10}{'worst wait, ms':>16}   at most {MOST_MS}")
            for name, file in (*((f"league, {games:,} games", league(games)) for games in (380, 1_000, 5_000)), cup()):
                seconds, worst = measure(session, base, file, waits)
                print(f"{name:24}{seconds:>10.2f}{worst:>16.0f}   {verdict(worst <= MOST_MS)}", flush=True)
            is_over.set()
            asking.join()


def measure(session: requests.Session, base: str, file: dict[str, Any], waits: list[float]) -> tuple[float, float]:
    """(seconds of the import, milliseconds of the longest wait from its beginning until a second after it)."""
    page = session.get(f"{base}/admin/events/import/", timeout=30).text
    first, began = len(waits), time.monotonic()
    sent = {"csrf_token": token_in(page)}
    files = {"file": ("event.json", json.dumps(file))}
    answer = session.post(f"{base}/admin/events/import/", sent, files=files, timeout=60, allow_redirects=False)
    seconds = time.monotonic() - began
    assert answer.status_code == 302, answer.text
    time.sleep(AFTER_SECONDS)
    return seconds, max(waits[first:]) * 1000


def ask(port: int, waits: list[float], is_over: threading.Event) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port)
    while not is_over.wait(0.002):
        began = time.monotonic()
        client.request("GET", "/no-such-page")
        client.getresponse().read()
        waits.append(time.monotonic() - began)


def sign_in(session: requests.Session, base: str) -> None:
    token = token_in(session.get(f"{base}/login/", timeout=10).text)
    form = {"name": "Ada", "password": PASSWORD, "csrf_token": token}
    assert session.post(f"{base}/login/", form, timeout=10, allow_redirects=False).status_code == 302


def league(games: int) -> dict[str, Any]:
    teams = [f"Team {number:03}" for number in range(100)]
    pairs = list(permutations(teams, 2))[:games]
    return event(f"League of {games}", matches=[game(*pair, number) for number, pair in enumerate(pairs)], teams=teams)


def cup() -> tuple[str, dict[str, Any]]:
    """Ten divisions of eight groups of six, all played, each with a knockout of eight ties that waits for them."""
    divisions, teams, matches = [f"U{age}" for age in range(8, 18)], [], []
    groups: dict[str, dict[str, list[str]]] = {}
    for division in divisions:
        names = [f"{division} T{number:02}" for number in range(48)]
        teams += [{"name": name, "division": division} for name in names]
        groups[division] = {letter: names[6 * at : 6 * at + 6] for at, letter in enumerate(GROUPS)}
        for letter, members in groups[division].items():
            played = (game(*pair, len(matches)) for pair in combinations(members, 2))
            matches += [{**one, "division": division, "group": letter} for one in played]
        matches += [{**tie, "division": division} for tie in knockout()]
    file = event("Cup of Ten", divisions=divisions, division_groups=groups, teams=teams, matches=matches)
    return f"cup, {len(matches):,} games", file


def knockout() -> list[dict[str, Any]]:
    tie = {"stage": "knockout", "round": "Cup"}
    firsts = [{"group": one, "position": 1} for one in GROUPS]
    seconds = [{"group": one, "position": 2} for one in GROUPS[1:] + GROUPS[0]]
    ties = [
        {**tie, "code": f"R{at}", "home_from": home, "away_from": away}
        for at, (home, away) in enumerate(zip(firsts, seconds, strict=True))
    ]
    for now, before, count in (("Q", "R", 4), ("S", "Q", 2), ("F", "S", 1)):
        for at in range(count):
            sides = {f"{side}_from": {"winner_of": f"{before}{2 * at + n}"} for n, side in enumerate(("home", "away"))}
            ties.append({**tie, "code": f"{now}{at}", **sides})
    return ties


def game(home: str, away: str, number: int) -> dict[str, Any]:
    score = {"home_score": number % 4, "away_score": number % 3}
    return {"home": home, "away": away, "date": f"2026-11-{1 + number % 28:02}", "time_local": "10:00", **score}


def event(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "sport": "football", "timezone": "Europe/Dublin", **more}


if __name__ == "__main__":
    main()
