"""The real server, real browsers, and a league of which nothing is played."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.chromium import MISSING, find_chromium, open_browser
from tests.browser.server import Server
from tests.conftest import LEAGUE

ORGANISER = "Olga"


@pytest.fixture(scope="package")
def playwright_() -> Iterator[Playwright]:
    """Ends with this folder's tests: Playwright keeps an event loop running, which is nobody else's business."""
    if find_chromium() is None:
        # Where tests must count, a browser that is missing is a fault and no excuse.
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright_: Playwright) -> Iterator[Browser]:
    browser = open_browser(playwright_)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def other_browser(playwright_: Playwright) -> Iterator[Browser]:
    """Another browser, in a process of its own: another person's."""
    browser = open_browser(playwright_)
    yield browser
    browser.close()


@dataclass
class Visitor:
    """One page, and what its browser complained of: errors of scripts, and what the content policy refused."""

    page: Page
    complaints: list[str]
    websockets: list[str]
    asked: list[str]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Opens pages of visitors who know nothing of each other; closed at the end of the test."""
    contexts: list[BrowserContext] = []

    def visit(by: Browser | None = None, **settings: Any) -> Visitor:
        context = (by or browser).new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        visitor = Visitor(page, [], [], [])
        page.on("console", lambda said: said.type == "error" and visitor.complaints.append(said.text))
        page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        page.on("websocket", lambda socket: visitor.websockets.append(socket.url))
        page.on("request", lambda request: visitor.asked.append(request.url))
        return visitor

    yield visit
    for context in contexts:
        context.close()


@contextmanager
def staffed_server(folder: Path) -> Iterator[Server]:
    """A server with Ada and Olga. It must not have complained."""
    server = Server(data_dir_below(folder))
    with server:
        server.add_person("Ada", "administrator")
        server.add_person(ORGANISER, "organiser")
        yield server
        assert "Traceback" not in server.printed()


@pytest.fixture(scope="package")
def shared_server(playwright_: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the tests that only need a league of their own on it."""
    with staffed_server(tmp_path_factory.mktemp("browser")) as server:
        yield server


@pytest.fixture
def server(shared_server: Server) -> Server:
    return shared_server


@dataclass
class Prepared:
    """A data folder with Olga and her league, made once: a test that wants a server of its own starts on a copy."""

    server: Server
    league: int
    address: str
    token: str

    def copied(self, folder: Path, **settings: str) -> tuple[Server, "League"]:
        server = self.server.on_a_copy(folder / "data", **settings)
        return server, League(self.league, self.address, server, self.token)


@pytest.fixture(scope="package")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    server = Server(data_dir_below(tmp_path_factory.mktemp("prepared")))
    server.add_person(ORGANISER, "organiser")
    league = make_league(server)
    return Prepared(server, league.id, league.address, league.token)


@pytest.fixture
def own_league(playwright_: Playwright, prepared: Prepared, tmp_path: Path) -> Iterator["League"]:
    """The league on a server of the test's own, which may be killed."""
    server, league = prepared.copied(tmp_path)
    with server:
        yield league


def data_dir_below(folder: Path) -> Path:
    data_dir = folder / "data"
    data_dir.mkdir()
    return data_dir


@dataclass
class League:
    """An event on a running server: its teams Ash, Birch, Cedar, Dogwood and the ids of its games."""

    id: int
    address: str
    server: Server
    token: str  # Olga's

    def url(self, tab: str = "") -> str:
        return self.server.url(f"{self.address}{tab}")

    def save(self, game: str, home: int, away: int) -> None:
        """Olga enters a result."""
        path = f"/api/fixtures/{self.games[game]}/result/"
        self.server.call("PUT", path, {"home_score": home, "away_score": away}, self.token)

    @property
    def games(self) -> dict[str, int]:
        """{"Ash-Birch": fixture id}."""
        schedule = self.server.call("GET", f"/api/events/{self.id}/schedule/")
        return {f"{game['home_team']['name']}-{game['away_team']['name']}": game["id"] for game in schedule["fixtures"]}


def make_league(server: Server, **changed: Any) -> League:
    """The league of the other tests, today as far as the server is concerned; Olga is its organiser."""
    imported = server.import_event({**LEAGUE, **changed}, "--owner", ORGANISER)
    return League(*imported, server, server.token_of(ORGANISER))


@pytest.fixture
def league(server: Server) -> League:
    return make_league(server)
