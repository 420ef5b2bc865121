"""A display in two languages: a whole turn of its screens in each, and nothing is lost when they change."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import League, Visitor
from tests.browser.pages import AT_ONCE, MARK, assert_not_reloaded, cell, wait_for_state
from tests.browser.server import Server
from tests.browser.test_display import FULL_HD
from tests.browser.test_without_script import in_a_hurry
from tests.browser.words import spoken, words
from timely.presenters.score_text import played_text

pytestmark = pytest.mark.browser

TRANSPORTS = ("socket", "polling", "stream", "xhr", "ws")
# Milliseconds for which a language stays at least: STAY in display/other_language.js.
STAY = 20_000
TIME_MACHINE = (
    "(function () { var real = Date.prototype.getTime, ahead = 0;"
    " window.goAhead = function (ms) { ahead += ms; };"
    " Date.prototype.getTime = function () { return real.call(this) + ahead; }; }());"
)


def announce(league: League) -> League:
    """Its display has two screens now: the table with the games beside it, and the announcements."""
    said = {"priority": "normal", "title": "Welcome", "message": "We begin at ten."}
    league.server.call("POST", f"/api/events/{league.id}/announcements/", said, league.token)
    return league


def open_display(visit: Callable[..., Visitor], league: League, query: str) -> Page:
    page = visit(**FULL_HD).page
    page.add_init_script(TIME_MACHINE)
    page.goto(league.server.url(league.address.replace("/events/", "/display/") + query))
    wait_for_state(page, "live")
    page.evaluate(MARK)
    return page


def go_round(page: Page, code: str) -> None:
    """Both screens, by the key that shows the next one; the second is in the language of the first."""
    assert page.evaluate("Timely.display.screens().length") == 2
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-screen-title]")).to_have_text(words(code, "Announcements"))
    page.keyboard.press("ArrowRight")


def expect_language(page: Page, code: str, played: int) -> None:
    """The first screen is shown in the language, with so many games played."""
    expect(page.locator("html")).to_have_attribute("lang", code, timeout=AT_ONCE)
    expect(page.locator("[data-screen-title]")).to_have_text(words(code, "Leaderboard"))
    expect(page.locator("[data-indicator]")).to_have_attribute("data-reconnecting", words(code, "Reconnecting…"))
    expect_played(page, code, played)


def expect_played(page: Page, code: str, played: int) -> None:
    with spoken(code):
        text = played_text((played, 6))
    assert text != played_text((played, 6)), f"the number of games is not translated into {code!r}"
    expect(page.locator("[data-field=played_text]:visible")).to_have_text(text, timeout=AT_ONCE)


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_two_languages_take_turns_with_every_result(
    transport: str, league: League, visit: Callable[..., Visitor]
) -> None:
    page = open_display(visit, announce(league), f"?lang=de,fr&transport={transport}")
    league.save("Ash-Birch", 2, 1)
    expect_language(page, "de", 1)

    page.evaluate(f"goAhead({STAY})")
    go_round(page, "de")
    expect_language(page, "fr", 1)
    league.save("Cedar-Dogwood", 0, 5)
    expect(cell(page, "Dogwood", "pts")).to_have_text("3", timeout=AT_ONCE)
    expect_played(page, "fr", 2)

    page.evaluate(f"goAhead({STAY})")
    go_round(page, "fr")
    expect_language(page, "de", 2)
    league.save("Ash-Cedar", 3, 0)
    expect(cell(page, "Ash", "pts")).to_have_text("6", timeout=AT_ONCE)
    expect_played(page, "de", 3)
    assert page.evaluate("Timely.transportName") == transport
    assert_not_reloaded(page)


def test_a_result_that_is_saved_while_they_change_is_not_lost(league: League, visit: Callable[..., Visitor]) -> None:
    """The page that comes is of before; the result is told in the old language, before or after."""
    page = open_display(visit, announce(league), "?lang=de,fr")
    expect_played(page, "de", 0)

    def save_meanwhile(route: Route) -> None:
        answer = route.fetch()
        league.save("Ash-Birch", 2, 1)
        route.fulfill(response=answer)

    page.route("**/display/**", save_meanwhile)
    page.evaluate(f"goAhead({STAY})")
    go_round(page, "de")
    expect_language(page, "fr", 1)
    expect(cell(page, "Ash", "pts")).to_have_text("3")
    assert_not_reloaded(page)


def test_what_is_told_in_the_old_language_waits_for_the_new_one(league: League, visit: Callable[..., Visitor]) -> None:
    """Applied, it would stand there in German until the next result; and it is not counted as received."""
    page = open_display(visit, league, "?lang=fr")
    applied = page.evaluate(
        """() => {
          const applied = [], one = new Timely.Subscription(7, message => applied.push(message.lang), () => null);
          const told = lang => ({topic: "event_7_results", version: 2, since: 1, epoch: "e", lang: lang});
          one.adopt(["results"], {results: 1}, "e", "fr");
          return [one.receive(told("de")), one.receive(told("fr")), one.receive(told("fr")), applied];
        }"""
    )
    assert applied == [False, False, False, ["fr"]]


def test_a_single_screen_changes_after_a_while(server: Server, visit: Callable[..., Visitor]) -> None:
    """Whoever presses the key as fast as they can does not make it ask more often."""
    visitor = visit(**FULL_HD)
    page = visitor.page
    page.add_init_script(TIME_MACHINE)
    _, address = server.import_event({"name": "One screen", "sport": "football", "teams": ["Ash", "Birch"]})
    page.goto(server.url(address.replace("/events/", "/display/") + "?lang=de,fr"))
    assert page.evaluate("Timely.display.screens().length") == 1
    asked = len(visitor.asked)
    page.evaluate(f"goAhead({STAY / 2})")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(page.locator("[data-screen-title]")).to_have_text(words("de", "Leaderboard"))
    assert [url for url in visitor.asked[asked:] if "/display/" in url] == []
    page.evaluate(f"goAhead({STAY / 2})")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(page.locator("[data-screen-title]")).to_have_text(words("fr", "Leaderboard"))
    assert len([url for url in visitor.asked[asked:] if "/display/" in url]) == 1


def test_while_the_server_is_down_the_screens_turn_in_one_language(
    own_league: League, visit: Callable[..., Visitor]
) -> None:
    page = open_display(visit, announce(own_league), "?lang=de,fr")
    own_league.server.kill()
    page.evaluate(f"goAhead({STAY})")
    go_round(page, "de")
    expect(page.locator("[data-screen-title]")).to_have_text(words("de", "Leaderboard"), timeout=AT_ONCE)
    expect(page.locator("html")).to_have_attribute("lang", "de")
    own_league.server.start()
    expect(page.locator("html")).to_have_attribute("lang", "fr", timeout=STAY)
    assert_not_reloaded(page)


def test_without_script_the_refresh_takes_the_other_one(league: League, visit: Callable[..., Visitor]) -> None:
    page = visit(java_script_enabled=False).page
    page.route("**/display/**", in_a_hurry)
    page.goto(league.server.url(league.address.replace("/events/", "/display/") + "?lang=de,fr"))
    for code in ("de", "fr", "de"):
        expect(page.locator("html")).to_have_attribute("lang", code)
        expect(page.locator("[data-side] h2:visible")).to_have_text(words(code, "Next", "games"))
