"""A result typed on the desk moves the rows of every open page, on WebSocket and on long-polling alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import ORGANISER, League, Visitor
from tests.browser.pages import (
    AT_ONCE,
    assert_not_reloaded,
    cell,
    enter,
    expect_order,
    game,
    open_live,
    row_of,
    settled,
    sign_in,
)

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("pipe", ["", "?transport=polling"])
def test_a_result_moves_the_row_on_every_open_page(
    pipe: str, league: League, visit: Callable[..., Visitor], other_browser: Browser
) -> None:
    table, day, desk = visit(), visit(other_browser), visit(other_browser)
    open_live(table.page, league.url("leaderboard/" + pipe))
    open_live(day.page, league.url("schedule/" + pipe))
    expect_order(table.page, ["Ash", "Birch", "Cedar", "Dogwood"])
    row_of(table.page, "Dogwood").evaluate("row => { row.isTheSame = true }")
    won = league.games["Cedar-Dogwood"]

    sign_in(desk.page, league.server, ORGANISER)
    desk.page.goto(league.server.url(f"/admin/results/?event={league.id}"))
    enter(desk.page, won, 0, 3)

    expect_order(table.page, ["Dogwood", "Ash", "Birch", "Cedar"])
    for key, text in {"pts": "3", "gd": "+3", "gf": "3", "p": "1", "w": "1", "l": "0"}.items():
        expect(cell(table.page, "Dogwood", key)).to_have_text(text)
    expect(cell(table.page, "Cedar", "gd")).to_have_text("-3")
    assert row_of(table.page, "Dogwood").evaluate("row => row.isTheSame") is True
    row = day.page.locator(f"li[data-row='{won}']").first
    expect(row.locator(".side-score")).to_have_text(["0", "3"], timeout=AT_ONCE)
    expect(row.locator("[data-field=status]")).to_have_text("Full time")
    expect(desk.page.get_by_role("status").filter(has_text="Saved")).to_contain_text("Cedar 0–3 Dogwood")
    # The table beside the form moves as the hall's does.
    expect_order(desk.page, ["Dogwood", "Ash", "Birch", "Cedar"])

    for visitor in (table, day):
        assert_not_reloaded(visitor.page)
        assert visitor.complaints == []
        if pipe:
            assert visitor.websockets == []
            assert visitor.page.evaluate("Timely.transportName") == "polling"
        else:
            assert any("transport=websocket" in url for url in visitor.websockets)


def test_a_running_score_is_seen_and_does_not_count(league: League, visit: Callable[..., Visitor]) -> None:
    hall, desk, fixture_id = visit(), visit(), league.games["Ash-Birch"]
    token = league.server.token_of(ORGANISER)
    league.server.call("PATCH", f"/api/fixtures/{fixture_id}/", {"status": "LIVE"}, token)
    open_live(hall.page, league.url("leaderboard/"))
    sign_in(desk.page, league.server, ORGANISER)
    desk.page.goto(league.server.url(f"/admin/results/?event={league.id}"))
    line = game(desk.page, fixture_id)
    line.locator("[name=home_score]").fill("2")
    line.locator("[name=away_score]").fill("1")
    line.get_by_role("button", name="Still on").click()

    on_now = hall.page.locator(".is-now li[data-row]")
    expect(on_now.locator(".side-score")).to_have_text(["2", "1"], timeout=AT_ONCE)
    expect(cell(hall.page, "Ash", "pts")).to_have_text("0")
    assert_not_reloaded(hall.page)


def test_the_desk_moves_with_what_others_save_but_keeps_what_is_typed(
    league: League, visit: Callable[..., Visitor]
) -> None:
    mine, theirs = visit(), visit()
    for visitor, name in ((mine, ORGANISER), (theirs, "Ada")):
        sign_in(visitor.page, league.server, name)
        visitor.page.goto(league.server.url(f"/admin/results/?event={league.id}"))
    open_live(mine.page, mine.page.url)
    typing = game(mine.page, league.games["Ash-Cedar"]).locator("[name=home_score]")
    typing.press_sequentially("4")

    enter(theirs.page, league.games["Cedar-Dogwood"], 0, 1)

    expect(settled(mine.page, league.games["Cedar-Dogwood"])).to_have_text("0–1", timeout=AT_ONCE)
    expect_order(mine.page, ["Dogwood", "Ash", "Birch", "Cedar"])
    expect(typing).to_have_value("4")
    assert_not_reloaded(mine.page)


def test_a_link_to_one_game_leads_to_its_first_field(league: League, visit: Callable[..., Visitor]) -> None:
    page = visit().page
    sign_in(page, league.server, ORGANISER)
    id_, other = (str(one) for one in list(league.games.values())[:2])
    page.goto(league.server.url(f"/admin/results/?event={league.id}#game-{id_}"))
    expect(page.locator(f"#home-{id_}")).to_be_focused()
    # Pressed while the desk is open already, as a link in a message would be.
    page.evaluate("id => { location.hash = 'game-' + id; }", other)
    expect(page.locator(f"#home-{other}")).to_be_focused()
