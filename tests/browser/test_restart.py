"""The laptop's plug is pulled and put back: the pages say so, come back by themselves, and miss nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import League, Visitor
from tests.browser.pages import (
    FOUND_AGAIN,
    assert_not_reloaded,
    cell,
    expect_order,
    open_live,
    wait_for_state,
)

pytestmark = pytest.mark.browser


def indicator_text(page: Page) -> str:
    return page.locator("[data-indicator] span").first.inner_text()


def test_after_the_server_is_killed_the_pages_come_back_and_miss_nothing(
    own_league: League, visit: Callable[..., Visitor]
) -> None:
    league, server, games = own_league, own_league.server, own_league.games
    socket = open_live(visit().page, league.url("leaderboard/"))
    polling = open_live(visit().page, league.url("leaderboard/?transport=polling"))
    league.save("Ash-Birch", 1, 0)
    for page in (socket, polling):
        expect(cell(page, "Ash", "pts")).to_have_text("3")
        assert indicator_text(page) == "Live"

    server.kill()
    for page in (socket, polling):
        wait_for_state(page, "reconnecting")
        assert indicator_text(page) == "Reconnecting…"
        expect(cell(page, "Ash", "pts")).to_have_text("3")  # what was known stays
    server.save_in_another_process(games["Cedar-Dogwood"], 0, 3)

    server.start()
    for page in (socket, polling):
        expect_order(page, ["Dogwood", "Ash", "Birch", "Cedar"], FOUND_AGAIN)
        wait_for_state(page, "live")
        assert_not_reloaded(page)
    # And it is not only the snapshot: what is saved now is told as well.
    league.save("Ash-Cedar", 5, 0)
    for page in (socket, polling):
        expect_order(page, ["Ash", "Dogwood", "Birch", "Cedar"])
        assert_not_reloaded(page)
