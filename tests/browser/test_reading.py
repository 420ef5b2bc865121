"""Nothing jumps while one reads: what is looked at, what has the focus and what is open stay through an update."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ORGANISER, League, Visitor, make_league
from tests.browser.pages import AT_ONCE, cell, open_live, row_of
from tests.browser.server import Server

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 640}
TALL = {"width": 360, "height": 1100}
# As in an engine that does not hold what is read in its place by itself.
NO_ANCHORING = """(function () {
    document.addEventListener("DOMContentLoaded", function () { document.body.style.overflowAnchor = "none"; });
}())"""


def save(league: League, game: str, home: int, away: int) -> None:
    path = f"/api/fixtures/{league.games[game]}/result/"
    league.server.call("PUT", path, {"home_score": home, "away_score": away}, league.server.token_of(ORGANISER))


def is_focused(page: Page, team: str) -> bool:
    return bool(row_of(page, team).evaluate("row => row.contains(document.activeElement)"))


def test_the_focus_and_an_open_row_survive_a_climb(league: League, visit: Callable[..., Visitor]) -> None:
    """The row that has the focus is one of those that move."""
    page = open_live(visit(viewport=PHONE).page, league.url("leaderboard/"))
    for team in ("Birch", "Dogwood"):
        row_of(page, team).get_by_role("button").click()
    assert is_focused(page, "Dogwood")
    save(league, "Cedar-Dogwood", 0, 4)
    expect(cell(page, "Dogwood", "pts")).to_have_text("3", timeout=AT_ONCE)
    assert is_focused(page, "Dogwood")
    save(league, "Ash-Birch", 6, 0)
    expect(cell(page, "Ash", "pts")).to_have_text("3", timeout=AT_ONCE)
    assert is_focused(page, "Dogwood")
    for team in ("Birch", "Dogwood"):
        expect(row_of(page, team).get_by_role("button")).to_have_attribute("aria-expanded", "true")
        assert row_of(page, team).get_attribute("data-open") is not None


def rows_at(page: Page) -> dict[str, float]:
    """{id: its distance from the upper edge of the window} of the games in sight, the first two left out."""
    found: dict[str, float] = page.evaluate(
        """() => {
            const rows = [...document.querySelectorAll(".column-wide li[data-row]:not([hidden])")], at = {};
            rows.map(row => [row.getAttribute("data-row"), row.getBoundingClientRect()])
                .filter(one => one[1].bottom > 0 && one[1].top < innerHeight).slice(2, 6)
                .forEach(one => { at[one[0]] = one[1].top; });
            return at;
        }"""
    )
    return found


@pytest.mark.parametrize("script", ["", NO_ANCHORING], ids=["newer", "older"])
def test_what_is_read_stays_under_the_eyes(script: str, server: Server, visit: Callable[..., Visitor]) -> None:
    """A game that lands above pushes nothing down; one that is put off while it is looked at takes nothing along."""
    matches = [
        {"home": "Ash", "away": "Birch", "round": str(number), "date": f"2026-12-{number:02}", "time_local": "10:00"}
        for number in range(1, 25)
    ]
    league = make_league(server, name=f"A Long Season {bool(script)}", matches=matches)
    visitor = visit(viewport=TALL)
    if script:
        visitor.page.add_init_script(script)
    page = open_live(visitor.page, league.url("schedule/"))
    games = page.locator(".column-wide li[data-row]:visible")
    games.nth(15).evaluate("row => scrollTo(0, row.getBoundingClientRect().top + scrollY - 20)")
    page.wait_for_timeout(300)
    before, token = rows_at(page), server.token_of(ORGANISER)
    assert len(before) == 4
    ids = [game["id"] for game in server.call("GET", f"/api/events/{league.id}/schedule/")["fixtures"]]

    server.call("PATCH", f"/api/fixtures/{ids[-1]}/", {"start_at": "2026-12-01T06:00:00Z"}, token)
    expect(games.first).to_have_attribute("data-row", str(ids[-1]), timeout=AT_ONCE)
    server.call("PATCH", f"/api/fixtures/{ids[15]}/", {"start_at": "2026-12-30T06:00:00Z"}, token)
    expect(games.last).to_have_attribute("data-row", str(ids[15]), timeout=AT_ONCE)

    page.wait_for_timeout(900)  # until the rows have travelled
    after = page.evaluate(
        "ids => ids.map(id => document.querySelector(`.column-wide li[data-row='${id}']`).getBoundingClientRect().top)",
        list(before),
    )
    assert after == pytest.approx(list(before.values()), abs=3)


def test_an_open_fold_stays_open_when_the_page_is_laid_anew(league: League, visit: Callable[..., Visitor]) -> None:
    """Also where what is fetched has it shut, and with the focus and what is typed inside."""
    page = open_live(visit().page, league.url())
    page.evaluate(
        """() => {
            const fold = document.createElement("details");
            fold.id = "fold";
            fold.open = true;
            fold.appendChild(document.createElement("summary")).textContent = "More";
            document.querySelector("main [data-fresh]").appendChild(fold);
            const real = XMLHttpRequest.prototype, text = Object.getOwnPropertyDescriptor(real, "responseText");
            Object.defineProperty(real, "responseText", { get: function () {
                return text.get.call(this).replace("</main>", "<i></i></main>")
                    .replace(/<\\/div>\\s*<i>/, '<details id="fold"><summary>More</summary></details></div><i>');
            } });
            fold.querySelector("summary").focus();
            window.loaded = false;
            Timely.pageRefresh.load(function () { loaded = true; });
        }"""
    )
    page.wait_for_timeout(1000)
    assert page.evaluate("loaded") is True
    assert page.evaluate("document.getElementById('fold').open") is True
    assert page.evaluate("document.activeElement.nodeName") == "SUMMARY"
