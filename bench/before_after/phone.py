"""Main thread of a phone, and of the projector's laptop, slowed 6 ×: an update, a long schedule, a first load.

Needs the system's Chromium. Milliseconds are processor time of the page's main thread, not of the clock.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page

from bench import first_load
from bench.before_after.figure import Figure
from bench.before_after.main_thread import CATEGORIES, MARK_CHANGES, Work, longest_ms, total_ms, work
from bench.before_after.trees import Trees
from bench.leagues import large_league
from bench.limits import GENEROUS
from bench.season import GAMES_TO_PLAY, season
from tests.browser.chromium import a_browser
from tests.browser.server import Server

TITLE = "6: on the phone and in the hall, processor slowed 6 ×"
SLOWED = 6
UPDATES = 6
# Until highlights have faded and rows stand still.
CALM_MS = 3_600
# As many games as each team has at home, so that every result is another home team's.
STEP = 19
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
HALL: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}}
# Pixels in each frame: ten screens a second, if the phone keeps up.
SCROLL_STEP = 120
SCROLL = """step => new Promise(done => {
  let last = -1;
  function next() {
    if (scrollY === last) { return done(); }
    last = scrollY;
    scrollBy(0, step);
    requestAnimationFrame(next);
  }
  next();
})"""


@dataclass(frozen=True)
class Kind:
    """A page that is measured."""

    name: str
    path: str
    screen: dict[str, Any]
    most_times: float | None
    scrolled: int = 0


KINDS = (
    Kind("leaderboard of 20", "/events/{}/leaderboard/", PHONE, 0.5),
    Kind("schedule of 380", "/events/{}/schedule/", PHONE, None, 8_000),
    Kind("display of 40 teams", "/display/{}/", HALL, 0.4),
)


def measure(trees: Trees, runs: int) -> list[Figure]:
    """Of each run the median of its updates, on a fresh page."""
    figures: list[Figure] = []
    with a_browser() as browser:
        for kind in KINDS:
            figures += _updates(trees, browser, kind, runs)
        figures += _scroll(trees, browser, runs)
    loads, _ = first_load.measure()
    for tab, (size, _) in loads.items():
        figures.append(Figure(f"first load, {tab}", "kB", most=50, after=[size / 1000]))
    return figures


def _updates(trees: Trees, browser: Browser, kind: Kind, runs: int) -> list[Figure]:
    shown = Figure(f"{kind.name}: an update until it is shown", "ms", most_times=kind.most_times)
    calm = Figure(f"{kind.name}: with its animations, less what idling takes", "ms", most_times=kind.most_times)
    layouts = Figure(f"{kind.name}: layouts that it forces", "")
    with league_of(40 if "40" in kind.name else 20, trees.before) as one:
        for _ in range(runs):
            for root in trees:
                seen = list(one.updates(browser, root, kind))
                for figure, values in (
                    (shown, [work.shown_ms for work in seen]),
                    (calm, [work.calm_ms for work in seen]),
                    (layouts, [work.forced_layouts for work in seen]),
                ):
                    (figure.before if root == trees.before else figure.after).append(median(values))
    return [shown, calm, layouts]


def _scroll(trees: Trees, browser: Browser, runs: int) -> list[Figure]:
    longest = Figure("schedule of 380: longest frame while it scrolls", "ms", most=50)
    kind = KINDS[1]
    with league_of(20, trees.before) as one:
        for _ in range(runs):
            for root in trees:
                with one.served(root) as server, opened(browser, server, one.slug, kind) as page:
                    seen = scrolled_through(browser, page)
                (longest.before if root == trees.before else longest.after).append(seen)
    return [longest]


@dataclass(frozen=True)
class PhoneLeague:
    """A data folder with a league in mid-season."""

    server: Server
    slug: str
    token: str

    @contextmanager
    def served(self, root: Path) -> Iterator[Server]:
        with (
            tempfile.TemporaryDirectory(prefix="timely-bench-") as folder,
            self.server.on_a_copy(Path(folder) / "data", root, **GENEROUS) as server,
        ):
            yield server

    def updates(self, browser: Browser, root: Path, kind: Kind) -> Iterator[Work]:
        """Each is of a result with which a team climbs; one before them makes the engine warm.

        calm_ms is without what the page takes in that time when nothing happens.
        """
        with self.served(root) as server, opened(browser, server, self.slug, kind) as page:
            browser.start_tracing(page=page, categories=CATEGORIES)
            page.wait_for_timeout(CALM_MS)
            idle_ms = total_ms(browser.stop_tracing())
            for number in range(UPDATES + 1):
                browser.start_tracing(page=page, categories=CATEGORIES)
                path = f"/api/fixtures/{1 + number * STEP}/result/"
                server.call("PUT", path, {"home_score": 5 + number, "away_score": 0}, self.token)
                page.wait_for_timeout(CALM_MS)
                seen = work(browser.stop_tracing())
                if number:
                    yield replace(seen, calm_ms=seen.calm_ms - idle_ms)


@contextmanager
def league_of(teams: int, root: Path) -> Iterator[PhoneLeague]:
    """Made by the program in *root*: an older one reads no data of a newer."""
    with season(root, None if teams == 20 else large_league(GAMES_TO_PLAY)) as one:
        yield PhoneLeague(one.server, one.address.strip("/").split("/")[-1], one.token)


@contextmanager
def opened(browser: Browser, server: Server, slug: str, kind: Kind) -> Iterator[Page]:
    """The page, live and slowed."""
    context = browser.new_context(**kind.screen)
    page = context.new_page()
    page.add_init_script(MARK_CHANGES)
    page.goto(server.url(kind.path.format(slug)))
    # Its name in both trees.
    page.wait_for_selector(".live-light[data-now=live]")
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.evaluate("top => window.scrollTo(0, top)", kind.scrolled)
    page.wait_for_timeout(1_500)
    yield page
    context.close()


def scrolled_through(browser: Browser, page: Page) -> float:
    """The longest task of the main thread while the page scrolls from top to bottom, a row or so in each frame."""
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(1_000)
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.evaluate(SCROLL, SCROLL_STEP)
    return longest_ms(browser.stop_tracing())
