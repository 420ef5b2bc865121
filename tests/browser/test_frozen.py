"""The tables held back before the eyes of the hall: nothing moves until the organiser shows them, then all of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ORGANISER, League, Visitor
from tests.browser.pages import AT_ONCE, assert_not_reloaded, cell, enter, expect_order, open_live, row_of, sign_in

pytestmark = pytest.mark.browser

HELD = "The tables are held back until the prize-giving."


def test_the_hall_sees_nothing_until_the_reveal_and_the_desk_sees_all(
    league: League, visit: Callable[..., Visitor]
) -> None:
    hall, schedule, desk = visit(), visit(), visit()
    open_live(hall.page, league.url("leaderboard/"))
    open_live(schedule.page, league.url("schedule/"))
    sign_in(desk.page, league.server, ORGANISER)
    standings = league.server.url(f"/admin/events/{league.id}/standings/")
    desk.page.goto(standings)
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name="Hold the tables back").click()
    expect(hall.page.locator(".held")).to_have_text(HELD, timeout=AT_ONCE)

    won = league.games["Cedar-Dogwood"]
    desk.page.goto(league.server.url(f"/admin/results/?event={league.id}"))
    enter(desk.page, won, 0, 3)
    expect(row_of(desk.page, "Dogwood").locator("[data-field=pts]").first).to_have_text("3")
    row = schedule.page.locator(f"li[data-row='{won}']").first
    expect(row.locator("[data-field=status]")).to_have_text("Full time", timeout=AT_ONCE)
    expect(row.locator(".side-score")).to_have_text(["", ""])
    expect(cell(hall.page, "Dogwood", "pts")).to_have_text("0")

    desk.page.goto(standings)
    desk.page.get_by_role("button", name="Show the tables now").click()
    expect_order(hall.page, ["Dogwood", "Ash", "Birch", "Cedar"])
    expect(hall.page.locator(".held")).to_be_hidden()
    expect(row.locator(".side-score")).to_have_text(["0", "3"], timeout=AT_ONCE)

    desk.page.get_by_role("button", name="Undo").click()
    expect(hall.page.locator(".held")).to_be_visible(timeout=AT_ONCE)
    expect(cell(hall.page, "Dogwood", "pts")).to_have_text("0")
    for visitor in (hall, schedule):
        assert_not_reloaded(visitor.page)
        assert visitor.complaints == []
