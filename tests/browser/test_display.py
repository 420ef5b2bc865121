"""The projector's page turns by itself, and nothing of it is cut or needs a scroll bar."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ORGANISER, Visitor
from tests.browser.pages import wait_for_state
from tests.browser.server import Server
from timely.clock import now
from timely.demo.example import example_file

pytestmark = pytest.mark.browser

FULL_HD: Any = {"viewport": {"width": 1920, "height": 1080}}
TURN = 16_000

OUTSIDE = """
() => {
  const seen = document.querySelectorAll("[data-row], h1, [data-clock], [data-indicator]");
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


def test_an_empty_event_has_no_bare_table(server: Server, visit: Callable[..., Visitor]) -> None:
    """It says when and where instead, until the first team is entered."""
    event = {"name": "Nothing Yet", "sport": "football", "status": "PUBLISHED", "place": "Riverside Ground"}
    number, address = server.import_event(event, "--owner", ORGANISER)
    slug = address.strip("/").split("/")[-1]
    page = visit(**FULL_HD).page
    for path in (f"/display/{slug}/", f"/embed/events/{slug}/leaderboard/", address, f"{address}leaderboard/"):
        page.goto(server.url(path))
        assert page.locator("th:visible").count() == 0, path
    page.goto(server.url(f"/display/{slug}/"))
    wait_for_state(page, "live")
    nothing = page.locator("[data-nothing]")
    expect(nothing).to_contain_text("Riverside Ground")
    assert "·" not in page.locator(".display-sub").inner_text()
    game = {"priority": "normal", "title": "Welcome", "message": "We begin at ten."}
    server.call("POST", f"/api/events/{number}/announcements/", game, server.token_of(ORGANISER))
    expect(page.locator("[data-news] .announcement[data-row]")).to_be_visible(timeout=TURN)
    expect(nothing).to_be_hidden()


def test_a_screen_on_its_side_breaks_no_name_for_larger_type(
    server: Server, busy_event: str, visit: Callable[..., Visitor]
) -> None:
    page = visit(viewport={"width": 1080, "height": 1920}).page
    page.goto(server.url(f"/display/{busy_event}/"))
    names = page.locator("[data-list=leaderboard] tr[data-row]:visible .team-name bdi")
    heights = names.evaluate_all("all => all.map(one => one.offsetHeight / parseFloat(getComputedStyle(one).fontSize))")
    assert len(heights) == 8
    assert max(heights) < 1.6


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
