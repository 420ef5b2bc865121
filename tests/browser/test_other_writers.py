"""Saves from elsewhere reach open pages: a program with a token, and another process on the same data folder."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ORGANISER, League, Visitor
from tests.browser.pages import assert_not_reloaded, cell, open_live
from timely.live.hub import CHECK_INTERVAL

pytestmark = pytest.mark.browser

# Another process cannot signal: its save is seen by the next look.
NEXT_LOOK = CHECK_INTERVAL * 1000 + 1000


def test_a_result_by_the_api_is_told_at_once(league: League, visit: Callable[..., Visitor]) -> None:
    page = open_live(visit().page, league.url("leaderboard/"))
    token = league.server.token_of(ORGANISER)
    path = f"/api/fixtures/{league.games['Ash-Birch']}/result/"

    answer = league.server.call("PUT", path, {"home_score": 2, "away_score": 0}, token)
    assert answer["score_text"] == "2–0"
    expect(cell(page, "Ash", "pts")).to_have_text("3", timeout=1000)

    league.server.call("DELETE", path, token=token)
    expect(cell(page, "Ash", "pts")).to_have_text("0", timeout=1000)
    assert_not_reloaded(page)


def test_a_result_of_another_process_is_told_within_a_second_or_two(
    league: League, visit: Callable[..., Visitor]
) -> None:
    page = open_live(visit().page, league.url("leaderboard/"))
    league.server.save_in_another_process(league.games["Ash-Birch"], 0, 2)
    expect(cell(page, "Birch", "pts")).to_have_text("3", timeout=NEXT_LOOK)
    assert_not_reloaded(page)


def test_an_event_that_is_imported_appears_on_the_front_page(league: League, visit: Callable[..., Visitor]) -> None:
    page = open_live(visit().page, league.server.url("/"))
    name = "An Evening Cup that was not there before"
    league.server.import_event({"name": name, "sport": "handball", "teams": ["Ash", "Birch"]})
    expect(page.get_by_text(name).first).to_be_visible(timeout=NEXT_LOOK + 3000)
    assert_not_reloaded(page)
