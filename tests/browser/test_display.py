"""The projector's page turns by itself, and nothing of it is cut or needs a scroll bar."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ORGANISER, Visitor
from tests.browser.server import Server
from timely.clock import now
from timely.demo.example import example_file

pytestmark = pytest.mark.browser

FULL_HD: Any = {"viewport": {"width": 1920, "height": 1080}}
TURN = 16_000

OUTSIDE = """
() => {
  const seen = document.querySelectorAll("[data-row], h1, [data-clock], [data-light]");
  return Array.from(seen).filter(element => {
    const box = element.getBoundingClientRect();
    return box.height && (box.left < 0 || box.top < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1);
  }).map(element => element.textContent.trim());
}
"""
SCROLLS = """
() => Array.from(document.querySelectorAll("html, body, body *")).filter(element => {
  const how = getComputedStyle(element);
  return (element.scrollHeight > element.clientHeight + 1 && /auto|scroll/.test(how.overflowY) && element.clientHeight)
    || (element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(how.overflowX) && element.clientWidth);
}).map(element => element.tagName + "." + element.className)
"""


@pytest.fixture(scope="module")
def busy_event(shared_server: Server) -> str:
    """The slug of a tournament with a table of eight, games on now and next, and announcements."""
    _, address = shared_server.import_event(example_file(now(), "UTC"), "--owner", ORGANISER)
    return address.strip("/").split("/")[-1]


def title(page: Page) -> str:
    return page.locator("[data-screen-title]").inner_text()


def require_whole(page: Page) -> None:
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(SCROLLS) == []
    assert page.evaluate("[scrollX, scrollY, document.documentElement.scrollHeight]") == [0, 0, 1080]


def test_the_display_turns_by_itself_and_every_screen_fits(
    server: Server, busy_event: str, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(**FULL_HD)
    page = visitor.page
    page.goto(server.url(f"/display/{busy_event}/"))
    expect(page.locator("[data-screen-title]")).to_have_text("Leaderboard")
    expect(page.locator("[data-list=leaderboard] tr[data-row]:visible")).to_have_count(8)
    require_whole(page)
    expect(page.locator("[data-screen-title]")).not_to_have_text("Leaderboard", timeout=TURN)
    seen = {"Leaderboard", title(page)}
    require_whole(page)
    while title(page) != "Leaderboard":
        seen.add(title(page))
        require_whole(page)
        page.keyboard.press("ArrowRight")
    assert seen == {"Leaderboard", "Now and next", "Announcements"}
    assert visitor.complaints == []


@pytest.mark.parametrize("teams", [2, 12, 40])
def test_a_table_of_any_length_is_shown_whole(teams: int, server: Server, visit: Callable[..., Visitor]) -> None:
    names = [f"Team {number} of a rather long name" for number in range(1, teams + 1)]
    _, address = server.import_event({"name": f"{teams} teams", "sport": "football", "teams": names})
    page = visit(**FULL_HD).page
    page.goto(server.url(address.replace("/events/", "/display/")))
    seen: set[str] = set()
    for _ in range(4):
        require_whole(page)
        seen |= set(page.locator("[data-list=leaderboard] tr[data-row]:visible bdi").all_inner_texts())
        page.keyboard.press("ArrowRight")
    assert seen == set(names)
