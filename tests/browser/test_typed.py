"""Typed text outlives a sign-in that has ended, a server that is away, and another person's save."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ORGANISER, League, Visitor, make_league
from tests.browser.pages import FOUND_AGAIN, game, sign_in, wait_for_state
from tests.browser.server import PASSWORD, Server

pytestmark = pytest.mark.browser

KEPT = "localStorage.getItem('timely-typed')"


def open_desk(page: Page, league: League) -> None:
    page.goto(league.server.url(f"/admin/results/?event={league.id}"))
    wait_for_state(page, "live")


def type_score(page: Page, fixture_id: int, home: str, away: str) -> Locator:
    line = game(page, fixture_id)
    line.locator("[name=home_score]").fill(home)
    line.locator("[name=away_score]").fill(away)
    return line


def test_signed_out_in_another_tab_the_desk_says_so_and_save_asks_for_the_password(
    league: League, visit: Callable[..., Visitor]
) -> None:
    page, fixture_id = visit().page, league.games["Ash-Birch"]
    sign_in(page, league.server, ORGANISER)
    open_desk(page, league)
    form = page.context.new_page()
    form.goto(league.server.url(f"/admin/events/{league.id}/teams/"))
    other = page.context.new_page()
    other.goto(league.server.url("/admin/"))
    type_score(page, fixture_id, "4", "2")
    other.get_by_role("button", name="Sign out").click()
    for one in (page, form):
        expect(one.locator("[data-session]")).to_contain_text("You are signed out.")
    indicator = page.locator("[data-indicator]").first
    expect(indicator).to_have_attribute("data-now", "stale")
    expect(indicator.locator("span").first).to_have_text("Signed out")
    game(page, fixture_id).locator("[name=away_score]").press("Enter")
    expect(page.get_by_role("heading", name="Sign in to save it")).to_be_visible()
    page.get_by_label("Your name").fill(ORGANISER)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in and save").click()
    expect(page.locator(".flash.is-success")).to_contain_text("Saved: Ash 4–2 Birch")
    # Nothing of it waits to be put back, and the other page is good again, form and all.
    expect(form.locator("[data-session]")).to_be_hidden()
    page.reload()
    assert page.evaluate(KEPT) in ("{}", None)
    form.locator("[name=names]").fill("Elm")
    form.locator("form:has([name=names]) button[type=submit]").first.click()
    expect(form.locator(".flash.is-success")).to_contain_text("1 team is added")


def test_while_the_server_is_away_save_stays_and_what_was_typed_is_put_back(
    own_league: League, visit: Callable[..., Visitor]
) -> None:
    server, fixture_id = own_league.server, own_league.games["Ash-Birch"]
    server.add_person("Ada", "administrator")
    page = visit().page
    sign_in(page, server, ORGANISER)
    open_desk(page, own_league)
    line = type_score(page, fixture_id, "3", "1")
    server.kill()
    line.locator("[name=away_score]").press("Enter")
    expect(line.locator("[data-typed-note]")).to_contain_text("Not saved yet: Timely does not answer.")
    expect(line.locator("[name=home_score]")).to_have_value("3")
    assert PASSWORD not in page.evaluate(KEPT)
    server.start()
    # The page is opened again, perhaps the next morning: the fields are filled in, and nothing was sent by itself.
    page = page.context.new_page()
    open_desk(page, own_league)
    line = game(page, fixture_id)
    expect(line.locator("[data-typed-note]")).to_contain_text("is back in its fields")
    expect(line.locator("[name=home_score]")).to_have_value("3")
    expect(line.locator("[name=away_score]")).to_have_value("1")
    assert own_league.server.call("GET", f"/api/fixtures/{fixture_id}/", token=own_league.token)["home_score"] is None
    with page.expect_navigation():
        line.get_by_role("button", name="Save").click()
    expect(page.locator(".flash.is-success")).to_contain_text("Saved: Ash 3–1 Birch")
    assert page.evaluate(KEPT) == "{}"


def test_what_is_put_back_over_somebody_elses_save_meets_the_page_of_two_saves(
    own_league: League, visit: Callable[..., Visitor]
) -> None:
    server, fixture_id = own_league.server, own_league.games["Ash-Birch"]
    server.add_person("Ada", "administrator")
    page = visit().page
    sign_in(page, server, ORGANISER)
    page.goto(server.url(f"/admin/results/{fixture_id}/"))
    page.locator("[name=home_score]").fill("7")
    page.locator("[name=away_score]").fill("0")
    server.kill()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[data-typed-note]")).to_contain_text("kept on this device")
    server.start()
    own_league.save("Ash-Birch", 1, 1)
    page.reload()
    expect(page.locator("[name=home_score]")).to_have_value("7")
    page.locator("[name=reason]").fill("The card says so")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Somebody was quicker", timeout=FOUND_AGAIN)


def test_it_can_be_forgotten_and_is_nobody_elses(own_league: League, visit: Callable[..., Visitor]) -> None:
    server, fixture_id = own_league.server, own_league.games["Ash-Birch"]
    server.add_person("Ada", "administrator")
    page = visit().page
    sign_in(page, server, ORGANISER)
    open_desk(page, own_league)
    type_score(page, fixture_id, "3", "1")
    server.kill()
    game(page, fixture_id).get_by_role("button", name="Save").click()
    expect(game(page, fixture_id).locator("[data-typed-note]")).to_be_visible()
    server.start()
    page.goto(server.url("/admin/"))
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(server.url("/"))
    sign_in(page, server, "Ada")
    open_desk(page, own_league)
    expect(game(page, fixture_id).locator("[name=home_score]")).to_have_value("")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(server.url("/"))
    sign_in(page, server, ORGANISER)
    open_desk(page, own_league)
    expect(game(page, fixture_id).locator("[name=home_score]")).to_have_value("3")
    with page.expect_navigation():
        page.get_by_role("button", name="Forget it").click()
    expect(game(page, fixture_id).locator("[name=home_score]")).to_have_value("")
    assert page.evaluate(KEPT) == "{}"


@pytest.mark.parametrize("width", [360, 1280])
def test_what_ends_a_game_stands_apart_from_what_does_not(
    league: League, visit: Callable[..., Visitor], width: int
) -> None:
    page = visit(viewport={"width": width, "height": 900}).page
    ash, cedar = league.games["Ash-Birch"], league.games["Cedar-Dogwood"]
    sign_in(page, league.server, ORGANISER)
    page.goto(league.server.url(f"/admin/events/{league.id}/fixtures/{cedar}/"))
    page.get_by_role("button", name="It is on now").click()
    expect(page.locator(".flash.is-success")).to_be_visible()
    desk = {f"/admin/results/?event={league.id}", f"/admin/results/{cedar}/"}
    for path in (*desk, *(f"/admin/events/{league.id}/fixtures/{one}/" for one in (cedar, ash))):
        page.goto(league.server.url(path))
        near = page.evaluate(NEAR, "Full time|Save" if path in desk else "Call it off…|Abandon…|Delete…")
        assert near["ends"] > 0, path
        assert near["close"] == [], path


# Every button that ends a game with every one that does not, and how far apart the two are.
NEAR = """(ends) => {
  const all = [...document.querySelectorAll("main button, main a.button")].filter((one) => one.offsetParent);
  const isEnd = (one) => new RegExp("^(" + ends + ")$").test(one.textContent.trim());
  const gap = (a, b, low, high) => Math.max(0, a[low] - b[high], b[low] - a[high]);
  const close = [];
  let count = 0;
  for (const one of all.filter(isEnd)) {
    count += 1;
    for (const other of all.filter((it) => !isEnd(it))) {
    const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
    const away = Math.hypot(gap(a, b, "left", "right"), gap(a, b, "top", "bottom"));
    if (away < 31.5) close.push(one.textContent.trim() + " / " + other.textContent.trim() + ": " + away);
    }
  }
  return { ends: count, close };
}"""


def test_a_level_score_opens_the_penalties_of_a_game_that_must_have_a_winner(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    final = {"home": "Ash", "away": "Birch", "stage": "knockout", "round": "Final", "date": "2026-11-30"}
    cup = make_league(server, matches=[final], pitches=[])
    fixture_id = cup.games["Ash-Birch"]
    page = visit().page
    sign_in(page, server, ORGANISER)
    open_desk(page, cup)
    line = game(page, fixture_id)
    pens = line.locator("[name=home_pens]")
    expect(pens).to_be_hidden()
    type_score(page, fixture_id, "2", "1")
    expect(pens).to_be_hidden()
    type_score(page, fixture_id, "1", "1")
    expect(pens).to_be_visible()
    pens.fill("4")
    line.locator("[name=away_pens]").fill("3")
    with page.expect_navigation():
        line.locator("[name=away_pens]").press("Enter")
    expect(page.locator(".flash.is-success")).to_contain_text("Saved: Ash 1–1 (4–3 pens) Birch")
