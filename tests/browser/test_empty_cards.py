"""A card that has nothing to show has no words either; once it has, it reads as on a page loaded afresh."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ORGANISER, League, Visitor
from tests.browser.pages import AT_ONCE, assert_not_reloaded, open_live

pytestmark = pytest.mark.browser

# What the page shows, without what a load or a glow leaves behind.
CARDS = """() => Array.from(document.querySelectorAll("[data-box]")).map(card => {
  const words = Array.from(card.querySelectorAll("[data-words]")).map(one => one.textContent);
  return [card.hasAttribute("hidden"), card.innerText.replace(/\\s+/g, " ").trim(), words];
})"""


def require_as_loaded(page: Page, visit: Callable[..., Visitor]) -> None:
    fresh = visit().page
    open_live(fresh, page.url)
    assert page.evaluate(CARDS) == fresh.evaluate(CARDS)


@pytest.mark.parametrize("tab", ["", "schedule/", "announcements/"])
def test_a_card_gets_its_heading_with_its_first_row(tab: str, league: League, visit: Callable[..., Visitor]) -> None:
    page, token = visit().page, league.server.token_of(ORGANISER)
    game = f"/api/fixtures/{league.games['Ash-Birch']}/"
    open_live(page, league.url(tab))
    on_now = page.locator(".card.is-now")
    expect(on_now).to_be_hidden()
    assert on_now.text_content().strip() == ""

    league.server.call("PATCH", game, {"status": "LIVE"}, token)
    expect(on_now.locator("h2")).to_have_text("On now", timeout=AT_ONCE)
    expect(on_now).to_be_visible()
    require_as_loaded(page, visit)

    league.server.call("PATCH", game, {"status": "SCHEDULED"}, token)
    expect(on_now).to_be_hidden(timeout=AT_ONCE)
    assert on_now.text_content().strip() == ""
    require_as_loaded(page, visit)
    assert_not_reloaded(page)


def test_what_says_that_nothing_is_there_goes_and_comes(league: League, visit: Callable[..., Visitor]) -> None:
    page, token = visit().page, league.server.token_of(ORGANISER)
    open_live(page, league.url("announcements/"))
    nothing = page.locator("[data-empty]").first
    expect(nothing).to_contain_text("Nothing announced")
    said = {"title": "Lunch is ready"}
    league.server.call("POST", f"/api/events/{league.id}/announcements/", said, token)
    expect(page.locator("li.announcement[data-row]:visible").first).to_contain_text("Lunch is ready", timeout=AT_ONCE)
    expect(nothing).to_be_hidden()
    assert nothing.text_content().strip() == ""
    assert_not_reloaded(page)


def test_a_new_teams_row_names_its_figures(league: League, visit: Callable[..., Visitor]) -> None:
    """On a phone, where they open on a tap: the row was cloned from a blank one that has no words."""
    page = visit(viewport={"width": 360, "height": 740}).page
    open_live(page, league.url("leaderboard/"))
    row = page.locator("[data-list=leaderboard] tr[data-row]").first
    said = row.locator(".rest").text_content().split()
    clone = page.evaluate(
        """() => {
          const list = document.querySelector("[data-list=leaderboard]");
          Timely.lists.replace(list, [{team_id: 99999, team_name: "New", p: 0, w: 0, d: 0, l: 0, gf: 0, ga: 0,
            gd: 0, pts: 0, form: ""}], "team_id");
          return list.querySelector("[data-row]").querySelector(".rest").textContent;
        }"""
    )
    assert clone.split() == said
    page.locator("[data-list=leaderboard] tr[data-row]").first.get_by_role("button", name="More figures").click()
    expect(page.locator("[data-list=leaderboard] tr[data-row]").first.locator(".rest")).to_be_visible()
