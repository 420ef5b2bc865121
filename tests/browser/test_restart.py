"""The laptop's plug is pulled and put back: the pages say so, come back by themselves, and miss nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import ORGANISER, Visitor, data_dir_below, make_league
from tests.browser.pages import (
    FOUND_AGAIN,
    assert_not_reloaded,
    cell,
    expect_order,
    open_live,
    wait_for_light,
)
from tests.browser.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def server(playwright_: Playwright, tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, which may be killed."""
    with Server(data_dir_below(tmp_path)) as server:
        server.add_person(ORGANISER, "organiser")
        yield server


def words_of_light(page: Page) -> str:
    return page.locator("[data-light] span").first.inner_text()


def test_after_the_server_is_killed_the_pages_come_back_and_miss_nothing(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    league = make_league(server)
    token, games = server.token_of(ORGANISER), league.games
    socket = open_live(visit().page, league.url("leaderboard/"))
    polling = open_live(visit().page, league.url("leaderboard/?transport=polling"))
    server.call("PUT", f"/api/fixtures/{games['Ash-Birch']}/result/", {"home_score": 1, "away_score": 0}, token)
    for page in (socket, polling):
        expect(cell(page, "Ash", "pts")).to_have_text("3")
        assert words_of_light(page) == "Live"

    server.kill()
    for page in (socket, polling):
        wait_for_light(page, "reconnecting")
        assert words_of_light(page) == "Reconnecting…"
        expect(cell(page, "Ash", "pts")).to_have_text("3")  # what was known stays
    server.save_in_another_process(games["Cedar-Dogwood"], 0, 3)

    server.start()
    for page in (socket, polling):
        expect_order(page, ["Dogwood", "Ash", "Birch", "Cedar"], FOUND_AGAIN)
        wait_for_light(page, "live")
        assert_not_reloaded(page)
    # And it is not only the snapshot: what is saved now is told as well.
    server.call("PUT", f"/api/fixtures/{games['Ash-Cedar']}/result/", {"home_score": 5, "away_score": 0}, token)
    for page in (socket, polling):
        expect_order(page, ["Ash", "Dogwood", "Birch", "Cedar"])
        assert_not_reloaded(page)
