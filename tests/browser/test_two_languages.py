"""Two browsers in two languages follow one event on each transport: one result at once, each in its own words."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import League, Visitor
from tests.browser.pages import AT_ONCE, assert_not_reloaded, open_live
from tests.browser.words import spoken, words
from timely.presenters.score_text import played_text

pytestmark = pytest.mark.browser

# "polling" is Socket.IO without WebSocket.
TRANSPORTS = ("socket", "polling", "stream", "xhr", "ws")


def expect_result(page: Page, code: str, home: str, away: str, score: tuple[int, int], played: int) -> None:
    """The game is over, and so many of six are played, in the language."""
    row = page.locator("li.fixture[data-row]:visible").filter(has_text=home).filter(has_text=away)
    expect(row).to_contain_text(words(code, "Full time", "state of a game"), timeout=AT_ONCE)
    expect(row.locator("[data-field$=_score]")).to_have_text([str(score[0]), str(score[1])])
    with spoken(code):
        text = played_text((played, 6))
    assert text != played_text((played, 6)), f"the number of games is not translated into {code!r}"
    expect(page.locator("[data-field=played_text]:visible").first).to_have_text(text, timeout=AT_ONCE)


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_each_browser_is_told_in_its_own_language(
    transport: str, league: League, visit: Callable[..., Visitor], other_browser: Browser
) -> None:
    visitors = {"de": visit(locale="de-AT"), "fr": visit(other_browser, locale="fr-CH")}
    for code, visitor in visitors.items():
        open_live(visitor.page, league.url(f"schedule/?transport={transport}"))
        expect(visitor.page.locator("html")).to_have_attribute("lang", code)
    for number, (home, away, score) in enumerate([("Ash", "Birch", (2, 1)), ("Cedar", "Dogwood", (0, 4))], 1):
        league.save(f"{home}-{away}", *score)
        for code, visitor in visitors.items():
            expect_result(visitor.page, code, home, away, score, number)
    for visitor in visitors.values():
        assert_not_reloaded(visitor.page)
        assert visitor.page.evaluate("Timely.transportName") == transport
        assert visitor.complaints == []


def test_who_chooses_another_language_is_told_in_that_one(league: League, visit: Callable[..., Visitor]) -> None:
    """By the menu in the foot; the page keeps its place, and the next result is in the new language."""
    page = open_live(visit(locale="de-DE").page, league.url("schedule/"))
    page.get_by_role("contentinfo").get_by_role("link", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    league.save("Ash-Birch", 2, 1)
    expect_result(page, "fr", "Ash", "Birch", (2, 1), 1)
    open_live(page, league.url("schedule/"))
    expect_result(page, "fr", "Ash", "Birch", (2, 1), 1)
