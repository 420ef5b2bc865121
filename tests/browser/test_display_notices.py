"""Notifications in the hall: large, live, whole, and never over the table."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ORGANISER, Visitor
from tests.browser.pages import AT_ONCE, MARK, assert_not_reloaded, sign_in, wait_for_state
from tests.browser.server import Server
from tests.browser.test_display import FULL_HD, require_whole
from timely.clock import now
from timely.demo.example import example_file

pytestmark = pytest.mark.browser

LONG = (
    "Thunder is coming from the west: please leave pitches 1 to 4 at once and wait in the sports hall. "
    "Games that were on are stopped and go on after the all-clear, with the score at which they were stopped. "
) * 2
OVERLAP = """
() => {
  const strip = document.querySelector("[data-hall]").getBoundingClientRect();
  const head = document.querySelector(".display-head").getBoundingClientRect();
  const stage = document.querySelector("[data-stage]").getBoundingClientRect();
  return [head.bottom <= strip.top, strip.bottom <= stage.top, strip.height <= innerHeight * 0.35];
}
"""
CUT = """
() => Array.from(document.querySelectorAll("[data-stage] [data-row], [data-hall] [data-row]")).filter(row => {
  const stage = document.querySelector("[data-stage]").getBoundingClientRect(), box = row.getBoundingClientRect();
  return box.height && (row.scrollWidth > row.clientWidth + 1 || box.bottom > stage.bottom + 2);
}).map(row => row.textContent.trim())
"""


@pytest.fixture(scope="module")
def slug(shared_server: Server) -> str:
    """The slug of a tournament with a full table, games and announcements."""
    _, address = shared_server.import_event(example_file(now(), "UTC"), "--owner", ORGANISER)
    return address.strip("/").split("/")[-1]


@pytest.fixture
def desk(server: Server, visit: Callable[..., Visitor], other_browser: Browser) -> Iterator[Page]:
    """An organiser's page; what they sent is withdrawn at the end."""
    page = visit(other_browser).page
    sign_in(page, server, ORGANISER)
    yield page
    page.goto(server.url("/admin/notifications/"))
    while page.get_by_role("button", name="Withdraw").count():
        with page.expect_navigation():  # or the next look would find a page that is going
            page.get_by_role("button", name="Withdraw").first.click()


def send(desk: Page, server: Server, title: str, message: str = "", priority: str = "normal", to: str = "") -> None:
    desk.goto(server.url("/admin/notifications/"))
    desk.get_by_label("Title").fill(title)
    desk.locator("[name=message]").fill(message)
    desk.locator("[name=priority]").select_option(priority)
    if to:
        desk.locator("[name=to]").select_option(label=desk.locator("[name=to] option", has_text=to).inner_text())
    desk.get_by_role("button", name="Send").click()
    expect(desk.get_by_role("status").filter(has_text="Sent")).to_be_visible()


def open_display(page: Page, server: Server, slug: str) -> Any:
    page.goto(server.url(f"/display/{slug}/"))
    wait_for_state(page, "live")
    page.evaluate(MARK)
    return page.locator("[data-hall] [data-row]:visible")


def test_they_come_and_go_without_a_reload_and_cover_nothing(
    server: Server,
    slug: str,
    desk: Page,
    visit: Callable[..., Visitor],
) -> None:
    visitor = visit(**FULL_HD)
    page = visitor.page
    shown = open_display(page, server, slug)
    expect(shown).to_have_count(0)
    send(desk, server, "Tea is ready")
    expect(shown).to_have_text(["Tea is ready"], timeout=AT_ONCE)
    send(desk, server, "Inside, please", LONG, "urgent")
    expect(shown.first).to_contain_text("all-clear", timeout=AT_ONCE)
    expect(shown.first).to_have_class("hall-notice is-urgent")
    page.wait_for_timeout(2_500)
    for _ in range(3):
        assert page.evaluate(OVERLAP) == [True, True, True]
        assert page.evaluate(CUT) == []
        require_whole(page)
        assert float(shown.first.evaluate("row => parseFloat(getComputedStyle(row).fontSize)")) >= 1080 / 37
        page.keyboard.press("ArrowRight")
    desk.goto(server.url("/admin/notifications/"))
    for title in ("Inside, please", "Tea is ready"):
        with desk.expect_navigation():  # or the second would be pressed on a page that is going
            desk.locator(".sent-list li").filter(has_text=title).get_by_role("button", name="Withdraw").click()
    expect(page.locator("[data-hall]")).to_be_hidden(timeout=AT_ONCE)
    assert_not_reloaded(page)
    assert visitor.complaints == []


def test_urgent_ones_stay_on_top_and_the_others_take_turns(
    server: Server,
    slug: str,
    desk: Page,
    visit: Callable[..., Visitor],
) -> None:
    page = visit(viewport={"width": 1280, "height": 720}).page
    shown = open_display(page, server, slug)
    send(desk, server, "Fog", "Drive slowly.", "urgent")
    send(desk, server, "Cake")
    send(desk, server, "Tea")
    seen = set()
    expect(shown).to_have_count(2, timeout=AT_ONCE)
    expect(page.locator("[data-hall] [data-row]")).to_have_count(3, timeout=AT_ONCE)
    for _ in range(4):
        first, second = shown.all_inner_texts()
        assert first.startswith("Fog")
        seen.add(second.strip())
        page.keyboard.press("ArrowRight")
    assert seen == {"Cake", "Tea"}


def test_a_hall_reads_nobodys_own_and_all_that_was_put_away_elsewhere(
    server: Server,
    slug: str,
    desk: Page,
    visit: Callable[..., Visitor],
) -> None:
    page = visit(**FULL_HD).page
    sign_in(page, server, ORGANISER)
    send(desk, server, "For everybody")
    page.goto(server.url("/"))
    page.locator(".notice").filter(has_text="For everybody").get_by_role("button", name="Dismiss").click()
    send(desk, server, "For Olga alone", to=ORGANISER)
    shown = open_display(page, server, slug)
    expect(shown).to_have_text(["For everybody"])
    send(desk, server, "Olga once more", to=ORGANISER)
    send(desk, server, "Last call")
    expect(page.locator("[data-hall] [data-row]")).to_have_count(2, timeout=AT_ONCE)
    assert "Olga" not in page.locator("main").inner_text()


def test_without_script_they_stand_there_as_served(
    server: Server,
    slug: str,
    desk: Page,
    visit: Callable[..., Visitor],
) -> None:
    send(desk, server, "Gate 2 is open", priority="high")
    page = visit(java_script_enabled=False, **FULL_HD).page
    page.goto(server.url(f"/display/{slug}/"))
    expect(page.locator("[data-hall] [data-row]")).to_have_text(["Gate 2 is open"])
    assert page.evaluate(OVERLAP) == [True, True, True]
