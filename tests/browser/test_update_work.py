"""An update does little on the page: counted, because a phone feels it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import League, Visitor
from tests.browser.pages import expect_order, open_live

pytestmark = pytest.mark.browser

# Counts what happens to the table from now on, and lists measurements and animations in their order.
WATCH = """() => {
  const table = document.querySelector("[data-list=leaderboard]");
  const seen = window.seen = {moved: 0, changed: [], calls: []};
  new MutationObserver(all => all.forEach(one => {
    if (one.target === table) { seen.moved += one.addedNodes.length; return; }
    const row = (one.target.nodeType === 1 ? one.target : one.target.parentNode).closest("[data-row]");
    const name = row.querySelector("[data-field=team_name]").textContent;
    if (!seen.changed.includes(name)) { seen.changed.push(name); }
  })).observe(table, {subtree: true, childList: true, characterData: true, attributes: true});
  ["getBoundingClientRect", "animate"].forEach(name => {
    const own = Element.prototype[name];
    Element.prototype[name] = function () { seen.calls.push(name); return own.apply(this, arguments); };
  });
}"""
COUNT_FITS = """() => {
  const fit = Timely.display.fitTables;
  window.fits = 0;
  Timely.display.fitTables = function () { window.fits += 1; fit.apply(this, arguments); };
}"""


def watched(visit: Callable[..., Visitor], league: League, path: str) -> Page:
    page = open_live(visit().page, league.server.url(path))
    page.evaluate(WATCH)
    return page


def correct(league: League, game: str, home: int, away: int) -> None:
    fields = {"home_score": home, "away_score": away, "reason": "misheard"}
    league.server.call("PUT", f"/api/fixtures/{league.games[game]}/result/", fields, league.token)


def test_a_team_that_falls_is_the_only_row_that_moves(league: League, visit: Callable[..., Visitor]) -> None:
    page = watched(visit, league, f"{league.address}leaderboard/")
    league.save("Ash-Birch", 0, 3)
    expect_order(page, ["Birch", "Cedar", "Dogwood", "Ash"])
    assert page.evaluate("seen.moved") == 1


def test_all_rows_are_measured_before_any_is_animated(league: League, visit: Callable[..., Visitor]) -> None:
    page = watched(visit, league, f"{league.address}leaderboard/")
    league.save("Ash-Birch", 0, 3)
    expect_order(page, ["Birch", "Cedar", "Dogwood", "Ash"])
    calls = page.evaluate("seen.calls")
    first, last = calls.index("animate"), len(calls) - calls[::-1].index("animate")
    assert "getBoundingClientRect" not in calls[first:last]


def test_rows_that_are_the_same_as_before_are_not_touched(league: League, visit: Callable[..., Visitor]) -> None:
    page = open_live(visit().page, league.url("leaderboard/"))
    league.save("Cedar-Dogwood", 5, 0)
    expect_order(page, ["Cedar", "Ash", "Birch", "Dogwood"])
    page.evaluate("() => new Promise(done => setTimeout(done, 0))")
    page.evaluate(WATCH)
    correct(league, "Cedar-Dogwood", 6, 0)
    page.wait_for_selector("tr[data-row] b[data-field=gd]:text-is('-6')")
    assert set(page.evaluate("seen.changed")) <= {"Cedar", "Dogwood"}


def test_a_display_is_fitted_again_only_if_something_has_another_width(
    league: League, visit: Callable[..., Visitor]
) -> None:
    page = open_live(visit().page, league.server.url(league.address.replace("/events/", "/display/")))
    league.save("Cedar-Dogwood", 5, 0)
    page.wait_for_selector("tr[data-row] b[data-field=gf]:text-is('5')")
    page.evaluate(COUNT_FITS)
    correct(league, "Cedar-Dogwood", 6, 0)
    page.wait_for_selector("tr[data-row] b[data-field=gf]:text-is('6')")
    assert page.evaluate("fits") == 0
    correct(league, "Cedar-Dogwood", 10, 0)
    page.wait_for_selector("tr[data-row] b[data-field=gf]:text-is('10')")
    assert page.evaluate("fits") > 0
