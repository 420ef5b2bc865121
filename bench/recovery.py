"""Pages that lose the network for a minute while much is saved, on every pipe: do they end as a fresh load?

    .venv/bin/python -m bench.recovery [--pages 20] [--seconds 60]

Each pipe has its pages, a third of them each on the table, the schedule and the announcements, behind a proxy that is
shut for a minute. Meanwhile 20 results, 5 changes of fixtures and 2 announcements are saved.
"""

import argparse
import contextlib
import socket
import tempfile
import threading
import time
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import open_browser
from tests.browser.pages import MARK, wait_for_state
from tests.browser.server import Server
from tests.browser.test_transport_ladder import ROWS, TRANSPORTS

TABS = ("leaderboard/", "schedule/", "announcements/")
GIVE_UP = 30.0


class Door:
    """A proxy that can be shut: then it cuts all that goes through it, and lets nothing new in."""

    def __init__(self, to: int) -> None:
        self.to, self.is_open = to, True
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = int(self.listener.getsockname()[1])
        self.sockets: set[socket.socket] = set()
        threading.Thread(target=self._serve, daemon=True).start()

    def shut(self) -> None:
        self.is_open = False
        for one in list(self.sockets):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        while True:
            client, _ = self.listener.accept()
            if not self.is_open:
                client.close()
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self.to))
            except OSError:  # the server has stopped, and the measurement is over
                client.close()
                return
            self.sockets |= {client, server}
            for ends in ((client, server), (server, client)):
                threading.Thread(target=self._forward, args=ends, daemon=True).start()

    def _forward(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            self.sockets.discard(one)


def main() -> None:
    options = argparse.ArgumentParser(description="Pages equal to a fresh load after an outage.")
    options.add_argument("--pages", type=int, default=20)
    options.add_argument("--seconds", type=float, default=60)
    asked = options.parse_args()
    print(f"{'pipe':10}{'pages':>6}{'equal':>6}{'reloaded':>9}{'s after the door opened: median':>34}{'largest':>9}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        browser = open_browser(playwright)
        with Server(data_dir) as server:
            server.add_person("Ada", "administrator")
            token = server.token_of("Ada")
            for transport in TRANSPORTS:
                seconds, reloaded = outage(server, browser, token, transport, asked.pages, asked.seconds)
                shown = f"{median(seconds):34.1f}{max(seconds):9.1f}" if seconds else ""
                print(f"{transport:10}{asked.pages:6}{len(seconds):6}{reloaded:9}{shown}", flush=True)
        browser.close()


def outage(
    server: Server, browser: Browser, token: str, transport: str, pages: int, seconds: float
) -> tuple[list[float], int]:
    """(seconds until each page was as a fresh load, for those that came to it; how many pages were reloaded)."""
    teams = [f"Team {number:02}" for number in range(8)]
    matches = [{"home": one, "away": other, "date": "2026-11-28"} for one, other in combinations(teams, 2)]
    file = {
        "name": f"Recovered on {transport}",
        "sport": "football",
        "teams": teams,
        "matches": matches,
        "pitches": ["P"],
    }
    event_id, address = server.import_event(file)
    door = Door(server.port)
    # Each is a visitor of its own: one browser has six connections to a host, and a pipe keeps one of them.
    contexts = [browser.new_context() for _ in range(pages)]
    opened = [(context.new_page(), TABS[number % len(TABS)]) for number, context in enumerate(contexts)]
    for page, tab in opened:
        page.goto(f"http://127.0.0.1:{door.port}{address}{tab}?transport={transport}")
        wait_for_state(page, "live")
        page.evaluate(MARK)
    door.shut()
    shut_at = time.monotonic()
    change(server, event_id, token)
    while time.monotonic() - shut_at < seconds:
        opened[0][0].wait_for_timeout(200)
    door.is_open = True
    opened_at = time.monotonic()
    fresh = {tab: fresh_rows(browser, server.url(f"{address}{tab}")) for tab in TABS}
    took: dict[Page, float] = {}
    while len(took) < pages and time.monotonic() - opened_at < GIVE_UP:
        for page, tab in opened:
            if page not in took and page.evaluate(ROWS) == fresh[tab]:
                took[page] = time.monotonic() - opened_at
        opened[0][0].wait_for_timeout(50)
    reloaded = sum(1 for page, _ in opened if page.evaluate("window.seenByThisTest") != "since before")
    for context in contexts:
        context.close()
    return list(took.values()), reloaded


def change(server: Server, event_id: int, token: str) -> None:
    """20 results, 5 changes of fixtures, 2 announcements."""
    games = server.call("GET", f"/api/events/{event_id}/schedule/", token=token)["fixtures"]
    for number, game in enumerate(games[:20]):
        body: dict[str, Any] = {"home_score": number % 4, "away_score": number % 3}
        server.call("PUT", f"/api/fixtures/{game['id']}/result/", body, token)
    for game in games[20:23]:
        server.call("PATCH", f"/api/fixtures/{game['id']}/", {"start_at": "2026-11-29T10:00:00Z", "pitch": "P"}, token)
    for game in games[23:25]:
        server.call("PATCH", f"/api/fixtures/{game['id']}/", {"status": "POSTPONED"}, token)
    for title in ("Tea is ready", "Pitch P is wet"):
        server.call("POST", f"/api/events/{event_id}/announcements/", {"title": title}, token)


def fresh_rows(browser: Browser, url: str) -> Any:
    page = browser.new_page()
    page.goto(url)
    wait_for_state(page, "live")
    rows = page.evaluate(ROWS)
    page.close()
    return rows


if __name__ == "__main__":
    main()
