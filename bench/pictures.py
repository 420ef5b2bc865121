"""Pictures of every public page with names and scores that are hard to lay out, on every screen, light and dark.

    .venv/bin/python -m bench.pictures FOLDER [--only schedule display] [--sizes 360x740 1920x1080]

They are there to be looked at. What can be measured is in tests/browser/test_long_names.py.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from bench.limits import GENEROUS
from tests.browser.chromium import a_browser
from tests.browser.pages import wait_for_state
from tests.browser.server import Server
from tests.long_names import NOTICES, divisions_file, groups_file, league_file
from timely.clock import now
from timely.demo.example import example_file

SIZES = ("360x740", "667x375", "768x1024", "1280x800", "1920x1080", "1080x1920")
TABS = ("", "leaderboard/", "schedule/", "bracket/", "announcements/")
TALLEST = 12_000


def main() -> None:
    asked = argparse.ArgumentParser(description="Pictures of every public page.")
    asked.add_argument("folder", type=Path)
    asked.add_argument("--only", nargs="+", metavar="PAGE", help="parts of the names of pages")
    asked.add_argument("--sizes", nargs="+", default=SIZES, metavar="WIDTHxHEIGHT")
    asked.add_argument("--schemes", nargs="+", default=("light", "dark"), choices=("light", "dark"))
    options = asked.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        with Server(data_dir, **GENEROUS) as server, a_browser() as browser:
            server.add_person("Ada", "administrator")
            pages = addresses(server)
            if options.only:
                pages = {name: path for name, path in pages.items() if any(part in name for part in options.only)}
            for size in options.sizes:
                for scheme in options.schemes:
                    take(browser, server, pages, options.folder, size, scheme)


def addresses(server: Server) -> dict[str, str]:
    """{name of a picture: path of its page}."""
    moment = now()
    files = {
        "long": league_file(moment),
        "quiet": league_file(moment, name="A Quiet Cup", announcements=NOTICES),
        "groups": groups_file(moment, announcements=NOTICES),
        "divisions": divisions_file(moment, 16, announcements=NOTICES),
        "cup32": divisions_file(moment, 32, name="A Cup of 32", announcements=[]),
        "plain": example_file(moment, "UTC"),
        "empty": {"name": "Nothing Yet", "sport": "football", "status": "PUBLISHED"},
    }
    pages = {"front": "/", "matches": "/matches/", "login": "/login/", "wrong": "/nowhere/"}
    for name, file in files.items():
        event_id, address = server.import_event(file, "--owner", "Ada")
        slug = address.strip("/").split("/")[-1]
        pages |= {f"{name}-{tab.strip('/') or 'details'}": f"{address}{tab}" for tab in TABS}
        pages |= {f"{name}-display": f"/display/{slug}/"}
        pages |= {f"{name}-embed-{part}": f"/embed/events/{slug}/{part}/" for part in ("leaderboard", "schedule")}
        for table in server.call("GET", f"/api/events/{event_id}/leaderboard/")["tables"][:1]:
            for row in table["leaderboard"][1:2]:
                pages[f"{name}-why"] = f"{address}leaderboard/{table['id']}/{row['team_id']}/"
    return pages


def take(browser: Browser, server: Server, pages: dict[str, str], folder: Path, size: str, scheme: Any) -> None:
    width, height = map(int, size.split("x"))
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    for name, path in pages.items():
        page.goto(server.url(path))
        if page.locator("[data-indicator]").count():
            wait_for_state(page, "live")
        if "display" in name:
            take_screens(page, folder / f"{name}-{size}")
        else:
            page.screenshot(path=folder / f"{name}-{size}-{scheme}.png", full_page=tallness(page) < TALLEST)
            if scheme == "light" and size == "1280x800":
                page.emulate_media(media="print", color_scheme=scheme)
                page.pdf(path=folder / f"{name}-paper.pdf", format="A4", prefer_css_page_size=True)
                page.emulate_media(media="screen", color_scheme=scheme)
    context.close()


def tallness(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


def take_screens(page: Page, path: Path) -> None:
    """Every screen that the projector turns to, once."""
    seen = set[str]()
    for number in range(12):
        title = page.locator("[data-screen-title]").inner_text() + page.locator("[data-stage]").inner_text()[:200]
        if title in seen:
            return
        seen.add(title)
        page.screenshot(path=path.with_name(f"{path.name}-{number}.png"))
        page.keyboard.press("ArrowRight")


if __name__ == "__main__":
    main()
