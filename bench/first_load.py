"""Bytes of a first visit for each tab, script and style included; and of one update.

    .venv/bin/python -m bench.first_load

A league of 20 teams, 380 games played, in the system's Chromium with nothing in its cache. All that is sent is summed,
heads and sockets too, until the page has been live for a second; the update is one WebSocket message.
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from simple_websocket import Client

from bench.leagues import league
from bench.limits import GENEROUS
from bench.table import verdict
from tests.browser.chromium import open_browser
from tests.browser.pages import wait_for_state
from tests.browser.server import Server

TABS = {"details": "", "leaderboard": "leaderboard/", "schedule": "schedule/", "announcements": "announcements/"}
MOST_LOAD, MOST_UPDATE = 50_000, 4_500


def main() -> None:
    argparse.ArgumentParser(description="Bytes that are transferred.").parse_args()
    loads, update = measure()
    print(f"{'first load':16}{'bytes':>9}{'requests':>10}{'target':>9}")
    for tab, (size, requests) in loads.items():
        print(f"{tab:16}{size:>9,}{requests:>10}{MOST_LOAD:>9,}  {verdict(size <= MOST_LOAD)}")
    print(f"{'one update':16}{update:>9,}{'':>10}{MOST_UPDATE:>9,}  {verdict(update <= MOST_UPDATE)}")


def measure(games: int | None = None) -> tuple[dict[str, tuple[int, int]], int]:
    """({tab: (bytes, requests)}, bytes of an update)."""
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder, sync_playwright() as playwright:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        browser = open_browser(playwright)
        with Server(data_dir, **GENEROUS) as server:
            server.add_person("Ada", "administrator")
            file = league(games)
            del file["matches"][-1]["home_score"], file["matches"][-1]["away_score"]
            event_id, address = server.import_event(file)
            loads = {tab: first_load(browser, server.url(address + path)) for tab, path in TABS.items()}
            update = update_bytes(server, event_id, server.token_of("Ada"))
        browser.close()
        return loads, update


def first_load(browser: Browser, url: str) -> tuple[int, int]:
    context = browser.new_context()
    page = context.new_page()
    seen = context.new_cdp_session(page)
    sizes: dict[str, float] = {}
    frames: list[int] = []
    seen.on("Network.loadingFinished", lambda one: sizes.update({one["requestId"]: one["encodedDataLength"]}))
    seen.on("Network.webSocketFrameReceived", lambda one: frames.append(len(one["response"]["payloadData"].encode())))
    seen.send("Network.enable")
    page.goto(url)
    wait_for_state(page, "live")
    page.wait_for_timeout(1_000)
    context.close()
    return round(sum(sizes.values()) + sum(frames)), len(sizes)


def update_bytes(server: Server, event_id: int, token: str) -> int:
    """Of the results' message, as a socket gets it."""
    games: list[dict[str, Any]] = server.call("GET", f"/api/events/{event_id}/schedule/")["fixtures"]
    coming = next(game["id"] for game in games if game["status"] == "SCHEDULED")
    client = Client.connect(f"ws://127.0.0.1:{server.port}/ws/events/{event_id}/stream/?topics=results")
    try:
        server.call("PUT", f"/api/fixtures/{coming}/result/", {"home_score": 2, "away_score": 1}, token)
        while text := client.receive(timeout=10):
            message = json.loads(text)
            if message["type"] == "results_update" and message["since"] > 0:
                return len(str(text).encode())
    finally:
        client.close()
    raise RuntimeError("no message arrived")


if __name__ == "__main__":
    main()
