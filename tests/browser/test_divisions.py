"""Divisions live: a page of one of them shows its own results at once, and is not fetched anew for the others'."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor, make_league
from tests.browser.pages import AT_ONCE, assert_not_reloaded, cell, expect_order, open_live
from tests.browser.server import Server

pytestmark = pytest.mark.browser


def test_a_page_of_one_division_moves_by_itself(server: Server, visit: Callable[..., Visitor]) -> None:
    again = {"home": "Birch", "away": "Ash", "division": "U10"}
    league = make_league(
        server,
        divisions=["U10", "U12"],
        teams=[{"name": name, "division": "U10"} for name in ("Ash", "Birch")]
        + [{"name": name, "division": "U12"} for name in ("Cedar", "Dogwood")],
        matches=[
            {"home": "Ash", "away": "Birch", "date": "2026-11-28", "division": "U10"},
            {"home": "Cedar", "away": "Dogwood", "date": "2026-11-28", "division": "U12"},
            # Played and still to come: an event that begins or ends is drawn anew, whenever the clock has found it out.
            {**again, "date": "2026-11-27", "home_score": 0, "away_score": 0},
            {**again, "date": "2026-12-31"},
        ],
    )
    table, day = visit(), visit()
    open_live(table.page, league.url("leaderboard/"))
    table.page.get_by_role("navigation", name="Divisions").get_by_role("link", name="U12").click()
    open_live(table.page, table.page.url)
    open_live(day.page, league.url("schedule/"))
    expect_order(table.page, ["Cedar", "Dogwood"])
    asked: list[str] = []
    table.page.on("request", lambda request: asked.append(f"{request.resource_type} {request.url}"))

    league.save("Ash-Birch", 4, 0)
    expect(day.page.locator(f"li[data-row='{league.games['Ash-Birch']}']").first).to_contain_text("4", timeout=AT_ONCE)
    league.save("Cedar-Dogwood", 0, 2)
    expect_order(table.page, ["Dogwood", "Cedar"])
    expect(cell(table.page, "Dogwood", "pts")).to_have_text("3")
    # Each game stays in the list of its own division.
    cards = day.page.locator("section.card:visible")
    expect(cards.filter(has_text="U10").first).to_contain_text("Ash")
    expect(cards.filter(has_text="U12").first.locator("li[data-row]")).to_have_count(1)
    table.page.wait_for_timeout(2_500)  # a page that thinks it lacks a table asks for itself within two seconds
    assert [url for url in asked if "/leaderboard/" in url] == []
    for visitor in (table, day):
        assert_not_reloaded(visitor.page)
        assert visitor.complaints == []
