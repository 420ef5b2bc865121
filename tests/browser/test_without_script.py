"""Without JavaScript the page is the same page, and refreshes itself."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import ORGANISER, League, Visitor
from tests.browser.pages import cell, rows

pytestmark = pytest.mark.browser


def in_a_hurry(route: Route) -> None:
    """The page as the server sends it, only that it refreshes itself after a second."""
    answer = route.fetch()
    body, changed = re.subn(r'(http-equiv="refresh" content=")\d+', r"\g<1>1", answer.text())
    assert changed == 1
    route.fulfill(response=answer, body=body)


def test_the_page_is_whole_and_refreshes_itself(league: League, visit: Callable[..., Visitor]) -> None:
    token, games = league.server.token_of(ORGANISER), league.games
    league.server.call("PUT", f"/api/fixtures/{games['Ash-Birch']}/result/", {"home_score": 0, "away_score": 2}, token)
    visitor = visit(java_script_enabled=False)
    visitor.page.route("**/leaderboard/", in_a_hurry)
    visitor.page.goto(league.url("leaderboard/"))
    expect(rows(visitor.page)).to_have_count(4)
    expect(cell(visitor.page, "Birch", "pts")).to_have_text("3")
    # By its element: Playwright passes over the words of a noscript.
    expect(visitor.page.locator("noscript .live-light")).to_be_visible()

    league.server.call(
        "PUT", f"/api/fixtures/{games['Cedar-Dogwood']}/result/", {"home_score": 1, "away_score": 4}, token
    )
    expect(cell(visitor.page, "Dogwood", "pts")).to_have_text("3", timeout=5000)


@pytest.mark.parametrize("tab", ["", "leaderboard/", "schedule/", "announcements/"])
def test_every_tab_is_a_page_of_its_own(tab: str, league: League, visit: Callable[..., Visitor]) -> None:
    page = visit(java_script_enabled=False).page
    page.goto(league.url(tab))
    expect(page.locator("h1")).to_have_text("Saturday League")
    expect(page.locator("meta[http-equiv=refresh]")).to_have_count(1)
    if tab == "schedule/":
        expect(page.locator("li.fixture[data-row]:visible").filter(has_text="Ash")).not_to_have_count(0)
