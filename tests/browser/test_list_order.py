"""Rows that arrive in any order stand on the page as the server has them."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ORGANISER, Visitor
from tests.browser.pages import open_live
from tests.browser.server import Server

pytestmark = pytest.mark.browser

EVENT = {
    "name": "Out of Order",
    "sport": "football",
    "teams": ["Ash", "Birch", "Cedar", "Dogwood"],
    "status": "PUBLISHED",
    "timezone": "Pacific/Auckland",
    "matches": [
        {"home": "Ash", "away": "Birch"},
        {"home": "Cedar", "away": "Dogwood", "date": "2026-11-29", "time_local": "10:00"},
        {"home": "Ash", "away": "Cedar", "date": "2026-11-28", "time_local": "14:00"},
        {"home": "Birch", "away": "Dogwood", "date": "2026-11-28", "time_local": "10:00"},
        {"home": "Ash", "away": "Dogwood", "date": "2026-11-28", "time_local": "10:00"},
        {"home": "Birch", "away": "Cedar", "date": "2026-11-28"},
    ],
}
# Takes every row out, and puts them back one by one, those that stood last first.
PUT_BACK = """([selector, rows]) => {
  const list = document.querySelector(selector);
  Timely.lists.merge(list, [], rows.map(row => row.id));
  const taken = list.querySelectorAll("[data-row]").length;
  rows.slice().reverse().forEach(row => Timely.lists.merge(list, [row], []));
  return taken;
}"""

# Takes one row after the other out, and puts it back among those that the server drew.
PUT_BACK_EACH = """([selector, rows]) => {
  const list = document.querySelector(selector);
  rows.forEach(row => {
    Timely.lists.merge(list, [], [row.id]);
    Timely.lists.merge(list, [row], []);
  });
}"""


def ids(page: Page, selector: str) -> list[int]:
    rows = page.locator(f"{selector} > [data-row]")
    return [int(row) for row in rows.evaluate_all("rows => rows.map(row => row.getAttribute('data-row'))")]


def sort_keys(page: Page, selector: str) -> list[list[int | str]]:
    rows = page.locator(f"{selector} > [data-row]")
    return [json.loads(key) for key in rows.evaluate_all("rows => rows.map(row => row.getAttribute('data-sort'))")]


@pytest.fixture(scope="module")
def event(shared_server: Server) -> tuple[int, str]:
    """(id, address) of the event, with announcements of which the urgent one is the oldest."""
    number, address = shared_server.import_event(EVENT, "--owner", ORGANISER)
    token = shared_server.token_of(ORGANISER)
    posts = f"/api/events/{number}/announcements/"
    for title, priority in (("Storm", "urgent"), ("Tea", "normal"), ("Pitch 2", "high"), ("Cake", "low")):
        shared_server.call("POST", posts, {"title": title, "priority": priority}, token)
    return number, address


@pytest.mark.parametrize(
    ("tab", "key", "which"),
    [("schedule", "fixtures", "[data-headed]"), ("announcements", "announcements", ".is-large")],
)
def test_rows_are_sorted_as_the_server_sorts_them(
    tab: str, key: str, which: str, event: tuple[int, str], server: Server, visit: Callable[..., Visitor]
) -> None:
    number, address = event
    page, selector = visit().page, f"main [data-list={key}]{which}"
    open_live(page, server.url(f"{address}{tab}/"))
    drawn = ids(page, selector)
    rows = server.call("GET", f"/api/events/{number}/{tab}/")[key]
    assert [row["id"] for row in rows] == drawn
    assert drawn not in (sorted(drawn), sorted(drawn, reverse=True))
    page.evaluate(PUT_BACK_EACH, [selector, rows])
    assert ids(page, selector) == drawn
    assert sort_keys(page, selector) == [row["sort_key"] for row in rows]
    assert page.evaluate(PUT_BACK, [selector, rows]) == 0
    assert ids(page, selector) == drawn
