"""The browser's clock is set, an hour back or an hour on, while the page is open: the status indicator is right."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ORGANISER, League, Visitor
from tests.browser.pages import AT_ONCE, assert_not_reloaded, cell, open_live, wait_for_state

pytestmark = pytest.mark.browser

HOUR = 3_600_000
# The page's own clock: what it asks of Date is moved by `window.jumped` milliseconds.
SETTABLE = """
(function () {
  var read = Date.prototype.getTime, real = Date.now;
  window.jumped = 0;
  Date.prototype.getTime = function () { return read.call(this) + window.jumped; };
  Date.now = function () { return real() + window.jumped; };
}());
"""
# Every state that the status indicator goes through from now on.
WATCH = """
() => {
  const indicator = document.querySelector("[data-indicator]");
  window.states = [];
  new MutationObserver(() => window.states.push(indicator.getAttribute("data-now")))
    .observe(indicator, { attributes: true, attributeFilter: ["data-now"] });
}
"""


def ago(page: Page) -> int:
    """The seconds that stand beside "Live"."""
    words = page.locator(".live-light-ago").first.inner_text()
    return int("".join(letter for letter in words if letter.isdigit()) or -1)


def save(league: League, home: int) -> None:
    path = f"/api/fixtures/{league.games['Ash-Birch']}/result/"
    body = {"home_score": home, "away_score": 0, "reason": "again"}
    league.server.call("PUT", path, body, league.server.token_of(ORGANISER))


@pytest.mark.parametrize("pipe", ["socket", "polling", "stream", "xhr", "ws"])
@pytest.mark.parametrize("jump", [-HOUR, HOUR])
def test_the_page_goes_on_live(pipe: str, jump: int, league: League, visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.page
    page.add_init_script(SETTABLE)
    open_live(page, league.url(f"leaderboard/?transport={pipe}"))
    asked = len(visitor.asked)
    page.evaluate(WATCH)
    page.evaluate("jump => { window.jumped += jump; }", jump)
    page.wait_for_timeout(3_000)
    wait_for_state(page, "live", 5_000)
    assert 0 <= ago(page) < 12
    # Set back, there is nothing to doubt; set on, it might have been a sleep, and is asked before it is said.
    assert set(page.evaluate("window.states")) <= ({"live", "reconnecting"} if jump > 0 else set())
    save(league, 3)
    expect(cell(page, "Ash", "gf")).to_have_text("3", timeout=AT_ONCE)
    save(league, 4)
    expect(cell(page, "Ash", "gf")).to_have_text("4", timeout=AT_ONCE)
    assert_not_reloaded(page)
    assert len([url for url in visitor.asked[asked:] if "/poll/" not in url and "transport=polling" not in url]) < 8
    assert visitor.complaints == []


def test_a_clock_set_back_does_not_keep_a_dead_page_live(league: League, visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.page
    page.add_init_script(SETTABLE)
    open_live(page, league.url("leaderboard/?transport=xhr"))
    # The poll that is under way is still answered, sooner or later; of the next one nothing can be heard.
    with page.expect_event("requestfailed", timeout=60_000):
        page.route("**/api/**", lambda route: route.abort())
        page.route("**/healthz*", lambda route: route.abort())
        page.route("**/socket.io/**", lambda route: route.abort())
    page.evaluate("jump => { window.jumped -= jump; }", HOUR)
    wait_for_state(page, "reconnecting", 15_000)
    page.evaluate("jump => { window.jumped += jump; }", 40_000)
    wait_for_state(page, "stale", 8_000)
    expect(page.locator("[data-indicator]").first).to_contain_text("Out of date since")
