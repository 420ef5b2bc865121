"""The bracket fills itself in as games end: drawn, as a list on a phone, and on the projector."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ORGANISER, Visitor
from tests.browser.pages import AT_ONCE, assert_not_reloaded, open_live
from tests.browser.server import Server
from tests.cups import cup_file
from timely.clock import now

pytestmark = pytest.mark.browser

LAPTOP: Any = {"viewport": {"width": 1280, "height": 800}}
PHONE: Any = {"viewport": {"width": 360, "height": 740}}
FULL_HD: Any = {"viewport": {"width": 1920, "height": 1080}}
# Every text of a drawing stays within its own box.
OUT_OF_THEIR_BOX = """
() => Array.from(document.querySelectorAll("svg .bracket-tie")).filter(tie => tie.getBoundingClientRect().width)
  .flatMap(tie => {
    const box = tie.querySelector(".bracket-box").getBoundingClientRect();
    return Array.from(tie.querySelectorAll("text")).filter(text => {
      const at = text.getBoundingClientRect();
      return at.left < box.left - 1 || at.right > box.right + 1 || at.top < box.top - 2 || at.bottom > box.bottom + 3;
    }).map(text => text.textContent);
  })
"""


@pytest.fixture
def cup(server: Server) -> Callable[..., tuple[int, str]]:
    """(id, address) of a new knockout that is played tomorrow."""
    tomorrow = (now() + timedelta(days=1)).date().isoformat()
    return lambda size, **more: server.import_event(cup_file(size, day=tomorrow, **more), "--owner", ORGANISER)


def games(page: Page, server: Server, event_id: int) -> dict[str, int]:
    answer = page.request.get(server.url(f"/api/events/{event_id}/bracket/")).json()
    return {tie["code"]: tie["id"] for one in answer["divisions"][0]["rounds"] for tie in one["ties"]}


def drawn(page: Page, tie: int, key: str) -> Any:
    return page.locator(f"svg.bracket:visible [data-tie='{tie}'] text[data-field^='{key}']")


def test_names_scores_and_winner_fill_in_by_themselves(
    server: Server, cup: Callable[..., tuple[int, str]], visit: Callable[..., Visitor]
) -> None:
    event_id, address = cup(4)
    laptop, phone = visit(**LAPTOP), visit(**PHONE)
    for visitor in (laptop, phone):
        open_live(visitor.page, server.url(f"{address}bracket/"))
    ids = games(laptop.page, server, event_id)
    expect(drawn(laptop.page, ids["F"], "home.sho")).to_have_text("Winner SF1")
    laptop.page.locator(f"svg.is-on-page [data-tie='{ids['F']}']").evaluate("tie => { tie.isTheSame = true }")

    server.save_in_another_process(ids["SF1"], 1, 3)

    expect(drawn(laptop.page, ids["F"], "home.sho")).to_have_text("T4", timeout=AT_ONCE)
    expect(drawn(laptop.page, ids["SF1"], "home.score")).to_have_text("1")
    expect(drawn(laptop.page, ids["SF1"], "away.score")).to_have_text("3")
    tie = laptop.page.locator(f"svg.is-on-page [data-tie='{ids['SF1']}']")
    assert {"is-away", "is-finished"} <= set((tie.get_attribute("class") or "").split())
    final = laptop.page.locator(f"svg.is-on-page [data-tie='{ids['F']}']")
    assert "is-open-away" in (final.get_attribute("class") or "").split()
    assert final.evaluate("tie => tie.isTheSame") is True
    listed = phone.page.locator(f"li[data-tie='{ids['F']}']")
    expect(listed.locator("[data-field='home.name']")).to_have_text("T4", timeout=AT_ONCE)
    expect(phone.page.locator(f"li[data-tie='{ids['SF1']}'] .side-score")).to_have_text(["1", "3"])
    for visitor in (laptop, phone):
        assert_not_reloaded(visitor.page)
        assert visitor.complaints == []


@pytest.mark.parametrize("size", [4, 16, 64])
def test_a_phone_has_lists_and_a_laptop_the_drawing_and_neither_scrolls_sideways(
    size: int, server: Server, cup: Callable[..., tuple[int, str]], visit: Callable[..., Visitor]
) -> None:
    long = [f"Sportvereinigung Ölbäume & WÖRTHERSEE {number} 東京" for number in range(1, size + 1)]
    file = cup_file(size)
    named = {f"T{number}": name for number, name in enumerate(long, 1)}
    for match in file["matches"]:
        match |= {key: named[match[key]] for key in ("home", "away") if key in match}
    _, address = cup(size, teams=long, matches=file["matches"])
    for screen, has_drawing in ((PHONE, False), (LAPTOP, True), (FULL_HD, True)):
        page = visit(**screen).page
        page.goto(server.url(f"{address}bracket/"))
        expect(page.locator("svg.is-on-page")).to_be_visible(visible=has_drawing)
        expect(page.locator("svg.is-on-paper")).to_be_hidden()
        width = page.evaluate("document.querySelector('.bracket-list').getBoundingClientRect().width")
        assert (width > 300) is not has_drawing
        assert page.evaluate("document.documentElement.scrollWidth") == screen["viewport"]["width"]
        assert page.evaluate(OUT_OF_THEIR_BOX) == []


@pytest.mark.parametrize("size", [4, 16, 64])
def test_it_is_printed_on_one_sheet(
    size: int, server: Server, cup: Callable[..., tuple[int, str]], visit: Callable[..., Visitor]
) -> None:
    _, address = cup(size)
    page = visit(**LAPTOP).page
    page.goto(server.url(f"{address}bracket/"))
    page.emulate_media(media="print")
    expect(page.locator("svg.is-on-paper")).to_be_visible()
    expect(page.locator("svg.is-on-page")).to_be_hidden()
    sheet = page.pdf(prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") == 1
    assert page.evaluate(OUT_OF_THEIR_BOX) == []


def test_the_projector_shows_what_is_still_played_for(
    server: Server, cup: Callable[..., tuple[int, str]], visit: Callable[..., Visitor]
) -> None:
    event_id, address = cup(32)
    visitor = visit(**FULL_HD)
    page = open_live(visitor.page, server.url(f"/display/{address.strip('/').split('/')[-1]}/"))
    title = page.locator("[data-screen-title]")
    expect(title).to_have_text("Knockout, part 1 of 2")
    box = page.locator(".display-bracket:visible svg").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["y"] + box["height"] <= 1080
    assert page.evaluate(OUT_OF_THEIR_BOX) == []
    ids = games(page, server, event_id)

    server.save_in_another_process(ids["R32-1"], 2, 0)

    expect(drawn(page, ids["R32-1"], "home.score")).to_have_text("2", timeout=AT_ONCE)
    # The quarter-finals and what follows are not near yet: after the second part comes the next kind of screen.
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text("Knockout, part 2 of 2")
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text("Now and next")
    assert visitor.complaints == []


def test_a_tie_that_the_page_has_not_drawn_is_fetched(
    server: Server, cup: Callable[..., tuple[int, str]], visit: Callable[..., Visitor]
) -> None:
    event_id, address = cup(4)
    visitor = visit(**LAPTOP)
    page = open_live(visitor.page, server.url(f"{address}bracket/"))
    ids = games(page, server, event_id)
    # As a page that was drawn before this tie was arranged.
    page.evaluate("id => document.querySelectorAll(`[data-tie='${id}']`).forEach(tie => tie.remove())", ids["SF2"])
    expect(page.locator("svg.is-on-page .bracket-tie")).to_have_count(3)

    server.save_in_another_process(ids["SF2"], 2, 0)

    expect(page.locator("svg.is-on-page .bracket-tie")).to_have_count(4, timeout=2 * AT_ONCE)
    expect(drawn(page, ids["SF2"], "home.score")).to_have_text("2")
    assert_not_reloaded(page)
    assert visitor.complaints == []


def test_the_champion_and_the_final_places_come_by_themselves_and_go_again(
    server: Server, cup: Callable[..., tuple[int, str]], visit: Callable[..., Visitor]
) -> None:
    event_id, address = cup(4)
    page, screen = visit(**LAPTOP), visit(**FULL_HD)
    open_live(page.page, server.url(f"{address}bracket/"))
    open_live(screen.page, server.url(address.replace("/events/", "/display/")))
    ids = games(page.page, server, event_id)
    champion = page.page.locator(".champion")
    expect(champion).to_be_hidden()
    server.save_in_another_process(ids["SF1"], 1, 0)
    server.save_in_another_process(ids["SF2"], 1, 0)
    server.save_in_another_process(ids["3P"], 2, 0)
    rows = page.page.locator("[data-list=places] [data-row]")
    expect(rows).to_have_text(["3 T4", "4 T3"], timeout=AT_ONCE, use_inner_text=True)
    expect(page.page.locator(".places-card small")).to_have_text("2 places are still open.")
    expect(champion).to_be_hidden()
    server.save_in_another_process(ids["F"], 0, 1)
    expect(champion).to_have_text("Champion T2", timeout=AT_ONCE)
    expect(screen.page.locator(".champion")).to_have_text("Champion T2", timeout=AT_ONCE)
    expect(rows.locator("[data-field=team_name]")).to_have_text(["T2", "T1", "T4", "T3"])
    for visitor in (page, screen):
        assert_not_reloaded(visitor.page)
        assert visitor.complaints == []
