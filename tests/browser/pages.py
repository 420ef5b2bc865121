"""Actions on an open page: watch its status indicator and its table, sign in, enter a result."""

import json
from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from tests.browser.server import PASSWORD, Server

# A change is told at once; what another process saved, within a second or two.
AT_ONCE = 4_000
# A browser that has lost the server looks for it again every few seconds.
FOUND_AGAIN = 20_000

MARK = "window.seenByThisTest = 'since before'"


def open_live(page: Page, url: str, timeout: int = FOUND_AGAIN) -> Page:
    """The page once it is live, marked so that a reload would be noticed."""
    page.goto(url)
    wait_for_state(page, "live", timeout)
    page.evaluate(MARK)
    return page


def wait_for_state(page: Page, state: str, timeout: int = FOUND_AGAIN) -> None:
    expect(page.locator("[data-indicator]").first).to_have_attribute("data-now", state, timeout=timeout)


def assert_not_reloaded(page: Page) -> None:
    assert page.evaluate("window.seenByThisTest") == "since before"


def rows(page: Page) -> Locator:
    return page.locator("[data-list=leaderboard] tr[data-row]:visible")


def row_of(page: Page, team: str) -> Locator:
    return rows(page).filter(has=page.locator("[data-field=team_name]", has_text=team))


def cell(page: Page, team: str, key: str) -> Locator:
    return row_of(page, team).locator(f"td [data-field={key}]")


def expect_order(page: Page, teams: Sequence[str], timeout: int = AT_ONCE) -> None:
    """The rows stand so in the document, from the top; where they are on the screen follows from it."""
    names = page.locator("[data-list=leaderboard] tr[data-row]:visible [data-field=team_name]")
    expect(names).to_have_text(list(teams), timeout=timeout)


def sign_in(page: Page, server: Server, name: str) -> None:
    page.goto(server.url("/login/"))
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/**")


def game(page: Page, fixture_id: int) -> Locator:
    """The line of a game on the desk in which its score is typed."""
    return page.locator(f"form#game-{fixture_id}")


def settled(page: Page, fixture_id: int) -> Locator:
    """The score in the line of a game that is done."""
    return page.locator(f"div#game-{fixture_id} .score-final")


def enter(page: Page, fixture_id: int, home: int, away: int) -> None:
    """Types the score into the desk's line and presses Enter; the page that answers has loaded."""
    line = game(page, fixture_id)
    line.locator("[name=home_score]").fill(str(home))
    line.locator("[name=away_score]").fill(str(away))
    with page.expect_navigation():
        line.locator("[name=away_score]").press("Enter")


def have(page: Page) -> dict[str, int]:
    """The versions that the page was drawn with."""
    versions: dict[str, int] = json.loads(page.locator("body").get_attribute("data-live") or "{}")["versions"]
    return versions
