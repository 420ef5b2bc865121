"""A notification in the header: live, put away, and on pages that are not live; the count of who is watching."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ORGANISER, League, Visitor
from tests.browser.pages import AT_ONCE, assert_not_reloaded, open_live, sign_in

pytestmark = pytest.mark.browser


def send(page: Page, league: League, title: str) -> None:
    page.goto(league.server.url("/admin/notifications/"))
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").filter(has_text="Sent")).to_be_visible()


def withdraw(page: Page, league: League, title: str) -> None:
    page.goto(league.server.url("/admin/notifications/"))
    with page.expect_navigation():
        page.locator(".sent-list li").filter(has_text=title).get_by_role("button", name="Withdraw").click()


def test_it_appears_without_a_reload_stays_away_once_dismissed_and_goes_when_withdrawn(
    league: League, visit: Callable[..., Visitor], other_browser: Browser
) -> None:
    hall, phone, desk = visit(), visit(), visit(other_browser)
    open_live(hall.page, league.url("leaderboard/"))
    open_live(phone.page, league.url("schedule/?transport=polling"))
    sign_in(desk.page, league.server, ORGANISER)
    send(desk.page, league, f"Tea for {league.id}")

    notices = [one.page.locator(".notice").filter(has_text=f"Tea for {league.id}") for one in (hall, phone)]
    for notice in notices:
        expect(notice).to_be_visible(timeout=AT_ONCE)
    notices[0].get_by_role("button", name="Dismiss").click()
    expect(notices[0]).to_be_hidden()
    hall.page.reload()
    expect(notices[0]).to_be_hidden()
    expect(notices[1]).to_be_visible()

    withdraw(desk.page, league, f"Tea for {league.id}")
    expect(notices[1]).to_have_count(0, timeout=AT_ONCE)
    assert_not_reloaded(phone.page)
    assert hall.complaints + phone.complaints + desk.complaints == []


def test_a_form_hears_of_it_too_and_keeps_what_is_being_typed(
    league: League, visit: Callable[..., Visitor], other_browser: Browser
) -> None:
    form, desk = visit(), visit(other_browser)
    sign_in(form.page, league.server, ORGANISER)
    form.page.goto(league.server.url(f"/admin/events/{league.id}/announcements/new/"))
    form.page.get_by_label("Title").fill("Half a sentence")
    sign_in(desk.page, league.server, ORGANISER)
    send(desk.page, league, f"Cake for {league.id}")
    expect(form.page.locator(".notice").filter(has_text=f"Cake for {league.id}")).to_be_visible(timeout=20_000)
    expect(form.page.get_by_label("Title")).to_have_value("Half a sentence")
    withdraw(desk.page, league, f"Cake for {league.id}")


def test_the_organiser_sees_who_is_watching_grow(
    league: League, visit: Callable[..., Visitor], other_browser: Browser
) -> None:
    desk, first, second = visit(other_browser), visit(), visit()
    sign_in(desk.page, league.server, ORGANISER)
    open_live(first.page, league.url("leaderboard/"))
    desk.page.goto(league.server.url("/admin/live/"))
    row = desk.page.locator("tbody[data-list=watch-events] tr[data-row]").filter(
        has=desk.page.locator(f"a[href*='{league.url('').split('/events/')[1].strip('/')}']")
    )
    expect(row.locator("[data-field=count]")).to_have_text("1")
    open_live(second.page, league.url("schedule/"))
    expect(row.locator("[data-field=count]")).to_have_text("2", timeout=10_000)
    expect(desk.page.locator("[data-field=watching]")).to_have_text(re.compile(r"\d+ watching"))
    second.page.close()
    expect(row.locator("[data-field=count]")).to_have_text("1", timeout=20_000)
    assert desk.complaints == []
