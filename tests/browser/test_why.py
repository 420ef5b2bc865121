"""The explanation of a row follows the results; so does a table across the groups, and its links."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ORGANISER, League, Visitor, make_league
from tests.browser.pages import assert_not_reloaded, open_live, sign_in

pytestmark = pytest.mark.browser

# Two groups of three; the better of the third-placed comes through.
GROUPS: dict[str, Any] = {
    "name": "Cup of Thirds",
    "sport": "football",
    "teams": ["Ash", "Birch", "Cedar", "Dill", "Elm", "Fern"],
    "groups": {"A": ["Ash", "Birch", "Cedar"], "B": ["Dill", "Elm", "Fern"]},
    "matches": [
        {"home": "Ash", "away": "Birch", "home_score": 1, "away_score": 0},
        {"home": "Birch", "away": "Cedar", "home_score": 1, "away_score": 0},
        {"home": "Dill", "away": "Elm", "home_score": 1, "away_score": 0},
        {"home": "Elm", "away": "Fern", "home_score": 2, "away_score": 0},
        {"home": "Cedar", "away": "Ash"},
        {
            "stage": "knockout",
            "round": "Final",
            "code": "F",
            "home_from": {"group": "A", "position": 1},
            "away_from": {"groups": ["A", "B"], "position": 3},
        },
    ],
}
SOON = 10_000  # the page waits up to two seconds, so that a hall does not ask at once


def test_the_explanation_follows_the_results(league: League, visit: Callable[..., Visitor]) -> None:
    hall = visit()
    open_live(hall.page, league.url("leaderboard/"))
    hall.page.locator("tr", has_text="Ash").locator(".why-link").first.click()
    expect(hall.page.locator(".why h2")).to_contain_text("Why Ash shares 1st place")
    open_live(hall.page, hall.page.url)
    league.save("Ash-Birch", 2, 0)
    expect(hall.page.locator(".why h2")).to_contain_text("Why Ash is 1st", timeout=SOON)
    expect(hall.page.locator(".why-step.is-deciding")).to_contain_text("Points")
    assert_not_reloaded(hall.page)
    assert hall.complaints == []


def test_a_table_across_the_groups_follows_the_results(league: League, visit: Callable[..., Visitor]) -> None:
    cup = make_league(league.server, **GROUPS)
    hall = visit()
    open_live(hall.page, cup.url("leaderboard/"))
    thirds = hall.page.locator("tbody[data-table=best-0-3] tr[data-row]")
    expect(thirds.locator("[data-field=team_name]")).to_have_text(["Cedar", "Fern"])
    expect(thirds.locator("[data-field=group]")).to_have_text(["A", "B"])
    expect(thirds.first).to_have_class("is-through")
    cup.save("Cedar-Ash", 9, 0)
    expect(thirds.locator("[data-field=team_name]")).to_have_text(["Ash", "Fern"], timeout=SOON)
    assert_not_reloaded(hall.page)
    # The new row leads where the server would have led it.
    thirds.first.locator(".why-link").click()
    expect(hall.page.locator(".why h2")).to_contain_text("Why Ash is 1st")
    expect(hall.page.locator(".why h2 small")).to_contain_text("Best third-placed · Group A")


def test_an_own_rulebook_is_built_without_script(league: League, visit: Callable[..., Visitor]) -> None:
    desk = visit(java_script_enabled=False)
    page = desk.page
    sign_in(page, league.server, ORGANISER)
    page.goto(league.server.url(f"/admin/events/{league.id}/rules/own/"))
    titles = page.locator("#order .order-title")
    first, second = titles.nth(0).inner_text(), titles.nth(1).inner_text()
    page.get_by_role("button", name=f"{second}: up", exact=True).click()
    expect(titles.nth(0)).to_have_text(second)
    expect(titles.nth(1)).to_have_text(first)
    # Enter looks at what would change; it moves nothing.
    page.get_by_label("A win", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Take these rules")).to_be_visible()
    page.get_by_role("button", name="Take these rules").click()
    expect(page.locator(".flash.is-success")).to_contain_text("The table goes by these rules now.")
