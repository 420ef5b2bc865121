"""Two people save the same result: the second is shown both, and nothing is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import ORGANISER, League, Visitor
from tests.browser.pages import AT_ONCE, enter, expect_order, game, open_live, sign_in

pytestmark = pytest.mark.browser


def test_the_second_to_save_a_result_sees_both_and_decides(
    league: League, visit: Callable[..., Visitor], other_browser: Browser
) -> None:
    first, second, hall = visit(), visit(other_browser), visit()
    desk = league.server.url(f"/admin/results/?event={league.id}")
    fixture_id = league.games["Ash-Birch"]
    for visitor, name in ((first, ORGANISER), (second, "Ada")):
        sign_in(visitor.page, league.server, name)
        visitor.page.goto(desk)
    open_live(hall.page, league.url("leaderboard/"))
    slow = game(second.page, fixture_id)
    slow.locator("[name=home_score]").press_sequentially("0")
    slow.locator("[name=away_score]").press_sequentially("2")

    enter(first.page, fixture_id, 2, 1)
    expect_order(hall.page, ["Ash", "Cedar", "Dogwood", "Birch"])
    # The desk follows what others save, and leaves alone what is being typed: the row goes where the game stands now.
    expect(second.page.locator("#desk-done").locator(f"#game-{fixture_id}")).to_have_count(1, timeout=AT_ONCE)
    expect(second.page.locator(f"[id=game-{fixture_id}]")).to_have_count(1)
    expect(slow.locator("[name=away_score]")).to_have_value("2")
    expect(slow.locator("[name=away_score]")).to_be_focused()
    with second.page.expect_response(lambda response: response.request.method == "POST") as answer:
        slow.locator("[name=away_score]").press("Enter")

    assert answer.value.status == 409
    main = second.page.get_by_role("main")
    expect(main).to_contain_text("Somebody was quicker")
    expect(main).to_contain_text("2–1")
    expect(main).to_contain_text("0–2")
    expect(main).to_contain_text(ORGANISER)
    expect_order(hall.page, ["Ash", "Cedar", "Dogwood", "Birch"])

    second.page.get_by_label("Why is it corrected?").fill("The referee's card says so")
    second.page.get_by_role("button", name="Save mine instead").click()
    # The result is final, so what else changes is shown before it is saved.
    expect(second.page.get_by_role("main")).to_contain_text("climbs from")
    expect_order(hall.page, ["Ash", "Cedar", "Dogwood", "Birch"])
    second.page.get_by_role("button", name="Correct it").click()
    expect_order(hall.page, ["Birch", "Cedar", "Dogwood", "Ash"])
