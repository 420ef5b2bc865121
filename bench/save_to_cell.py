"""Time from pressing Save on the desk to the changed cell in a second browser, on every transport.

    python3 start.py test --co -q          (once: installs what tests and benches need)
    .venv/bin/python -m bench.save_to_cell [--saves 20]

Starts a server of its own with a temporary data folder, and two processes of the system's Chromium.
"""

import argparse
import tempfile
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import open_browser
from tests.browser.pages import enter, open_live, sign_in
from tests.browser.server import Server

ORGANISER = "Olga"
PIPES = {
    "socket": "Socket.IO, WebSocket",
    "polling": "Socket.IO, polling",
    "ws": "WebSocket",
    "stream": "event stream",
    "xhr": "polling",
}

# The clock of the wall, as fine as a page may read it: both browsers read the same one.
CLOCK = "performance.timeOrigin + performance.now()"
NOTE_SUBMIT = f"""
document.addEventListener("submit", () => localStorage.setItem("saved_at", {CLOCK}), true);
"""
NOTE_CHANGE = f"""
team => {{
  const cell = document.querySelector("[data-list=leaderboard] [data-row='" + team + "'] [data-field=p]");
  const before = cell.textContent;
  window.changedAt = 0;
  new MutationObserver((changes, observer) => {{
    if (cell.textContent === before) {{ return; }}
    window.changedAt = {CLOCK};
    observer.disconnect();
  }}).observe(cell, {{subtree: true, childList: true, characterData: true}});
}}
"""


def main() -> None:
    options = argparse.ArgumentParser(description="Save to cell changed, in milliseconds.")
    options.add_argument("--saves", type=int, default=20, choices=range(1, 67), metavar="1-66")
    saves = options.parse_args().saves
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        desk, hall = open_browser(playwright), open_browser(playwright)
        with Server(data_dir) as server:
            server.add_person("Ada", "administrator")  # without one, signing in leads to the set-up
            server.add_person(ORGANISER, "organiser")
            measured = [(name, measure(server, desk, hall, transport, saves)) for transport, name in PIPES.items()]
        for browser in (desk, hall):
            browser.close()
    print(f"{'save to cell, ms':22}{'saves':>6}{'median':>8}{'largest':>9}{'smallest':>10}")
    for pipe, times in measured:
        print(f"{pipe:22}{len(times):6}{median(times):8.1f}{max(times):9.1f}{min(times):10.1f}")


def measure(server: Server, desk: Browser, hall: Browser, transport: str, saves: int) -> list[float]:
    """Milliseconds of each save, on an event of its own: twelve teams, everybody meets everybody."""
    teams = [f"Team {number:02}" for number in range(12)]
    matches = [{"home": one, "away": other} for one, other in combinations(teams, 2)]
    file = {"name": f"Measured on {transport}", "sport": "football", "teams": teams, "matches": matches}
    event_id, address = server.import_event(file, "--owner", ORGANISER)
    coming = server.call("GET", f"/api/events/{event_id}/schedule/")["fixtures"][:saves]
    organiser = desk.new_context().new_page()
    # The pages forbid eval, by which Playwright waits for a function.
    spectator = hall.new_context(bypass_csp=True).new_page()
    organiser.add_init_script(NOTE_SUBMIT)
    sign_in(organiser, server, ORGANISER)
    organiser.goto(server.url(f"/admin/results/?event={event_id}"))
    open_live(spectator, server.url(f"{address}leaderboard/?transport={transport}"))
    spectator.wait_for_timeout(1500)  # until Socket.IO has changed over to its WebSocket
    assert spectator.evaluate("Timely.transportName") == transport
    times = [save(organiser, spectator, game, number) for number, game in enumerate(coming)]
    for page in (organiser, spectator):
        page.context.close()
    return times


def save(organiser: Page, spectator: Page, game: dict[str, Any], number: int) -> float:
    """From the desk's form to the home team's count of games, in the other browser."""
    spectator.evaluate(NOTE_CHANGE, game["home_team"]["id"])
    enter(organiser, game["id"], 1 + number % 3, number % 2)
    changed_at = spectator.wait_for_function("window.changedAt").json_value()
    saved_at = organiser.evaluate("localStorage.getItem('saved_at')")
    return float(changed_at) - float(saved_at)


if __name__ == "__main__":
    main()
