"""Every public page: no error in the console, nothing the content policy refuses, nothing from elsewhere."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ORGANISER, Visitor
from tests.browser.pages import wait_for_state
from tests.browser.server import Server
from timely.clock import now
from timely.demo.example import example_file

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}
LIVE_PAGES = (
    "/",
    "/matches/",
    "/events/{slug}/",
    "/events/{slug}/leaderboard/",
    "/events/{slug}/schedule/",
    "/events/{slug}/announcements/",
    "/display/{slug}/",
)


@pytest.fixture(scope="module")
def slug(shared_server: Server) -> str:
    file = {**example_file(now(), "UTC"), "accent": "#d62828", "name": "The Public Cup"}
    _, address = shared_server.import_event(file, "--owner", ORGANISER)
    return address.strip("/").split("/")[-1]


def require_clean(visitor: Visitor, server: Server) -> None:
    assert visitor.complaints == []
    hosts = {urlsplit(url).netloc for url in visitor.asked if not url.startswith("data:")}
    assert hosts == {f"127.0.0.1:{server.port}"}


def is_too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize("path", LIVE_PAGES)
@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_live_page_is_clean(
    path: str, viewport: dict[str, int], slug: str, server: Server, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(viewport=viewport)
    answer = visitor.page.goto(server.url(path.format(slug=slug)))
    assert answer
    assert answer.status == 200
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    wait_for_state(visitor.page, "live")
    assert not is_too_wide(visitor.page)
    require_clean(visitor, server)


def test_the_sign_in_page_is_clean(server: Server, visit: Callable[..., Visitor]) -> None:
    visitor = visit(viewport=PHONE)
    visitor.page.goto(server.url("/login/"))
    assert not is_too_wide(visitor.page)
    require_clean(visitor, server)


def test_what_is_not_there_is_said_and_nothing_else(server: Server, visit: Callable[..., Visitor]) -> None:
    visitor = visit(viewport=PHONE)
    answer = visitor.page.goto(server.url("/events/no-such-event/"))
    assert answer
    assert answer.status == 404
    assert not is_too_wide(visitor.page)
    assert all("404" in complaint for complaint in visitor.complaints)
