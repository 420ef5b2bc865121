"""Long names and high scores on every public page: names give way, figures never do, on any screen and on paper."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ORGANISER, Visitor, staffed_server
from tests.browser.pages import AT_ONCE, open_live, sign_in
from tests.browser.server import Server
from tests.long_names import NOTICES, SAID, divisions_file, groups_file, league_file
from timely.clock import now

pytestmark = pytest.mark.browser

SCREENS = ((360, 740), (667, 375), (720, 900), (768, 1024), (920, 700), (1024, 768), (1280, 800), (1920, 1080))
HALLS = ((1920, 1080), (1280, 720), (1080, 1920))
PAGES = {
    "league": ("", "leaderboard/", "schedule/", "announcements/"),
    "groups": ("leaderboard/",),
    "divisions": ("schedule/", "bracket/"),
}

# All that may not be: text that stands in more than one line or outside its card, a name of a few letters, a row as
# high as a page. It answers with what it found wrong.
WRONG = """
() => {
  // The list of a bracket that is drawn is for those who hear the page.
  const isHeard = element => (element.closest(".bracket-list") || {}).offsetWidth === 1;
  const wrong = [];
  const seen = element => element.getClientRects().length && element.textContent.trim() && !isHeard(element);
  const figures = ".side-score, .fixture-time, .standings td b, .form b, .move, .why-value, .badge, .display-clock";
  const lines = element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const middles = Array.from(range.getClientRects()).filter(one => one.width).map(one => (one.top + one.bottom) / 2);
    return middles.length ? Math.max(...middles) - Math.min(...middles) : 0;
  };
  document.querySelectorAll(figures).forEach(element => {
    if (!seen(element)) { return; }
    const at = element.getBoundingClientRect(), box = element.closest(".card, .scroll, body").getBoundingClientRect();
    if (lines(element) > 6) { wrong.push(`torn: ${element.textContent}`); }
    if (element.clientWidth && element.scrollWidth > element.clientWidth + 1) {
      wrong.push(`cut: ${element.textContent}`);
    }
    if (!element.closest(".scroll.is-dense") && (at.left < box.left || at.right > box.right + 1)) {
      wrong.push(`outside its card: ${element.className} ${element.textContent}`);
    }
  });
  document.querySelectorAll(".side-name bdi, .team-name bdi, .fixture-where").forEach(element => {
    if (!seen(element)) { return; }
    const isCut = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    const room = element.getBoundingClientRect().width / parseFloat(getComputedStyle(element).fontSize);
    if (isCut && room < 5) { wrong.push(`${room.toFixed(1)} em for ${element.textContent}`); }
    if (isCut && !document.querySelector(".display") && element.title !== element.textContent) {
      wrong.push(`no title: ${element.textContent}`);
    }
  });
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data, box = texts.currentNode.parentElement;
    const isShown = box.getClientRects().length && !box.closest("svg, option, textarea");
    if (isShown && /(^|[^A-Za-z0-9½])[0-9½]+[-–][0-9½]/.test(text) && getComputedStyle(box).whiteSpace !== "nowrap") {
      wrong.push(`may be torn: ${text.trim().slice(0, 60)}`);
    }
  }
  document.querySelectorAll("tr, .fixture").forEach(row => {
    if (seen(row) && !document.querySelector(".display") && row.offsetHeight > 260) {
      wrong.push(`${row.offsetHeight} px high: ${row.textContent.trim().slice(0, 40)}`);
    }
  });
  document.querySelectorAll("svg .bracket-tie").forEach(tie => {
    if (!tie.getBoundingClientRect().width) { return; }
    tie.querySelectorAll(".bracket-home, .bracket-away").forEach(side => {
      const name = side.querySelector(".bracket-name").getBoundingClientRect();
      const score = side.querySelector(".bracket-score").getBoundingClientRect();
      if (score.width && name.right > score.left + 1) { wrong.push(`over its score: ${side.textContent.trim()}`); }
    });
  });
  if (document.documentElement.scrollWidth > innerWidth) {
    wrong.push(`${document.documentElement.scrollWidth} px wide on ${innerWidth}`);
  }
  return Array.from(new Set(wrong));
}
"""
# A page hears of its new size when it is drawn next.
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Scores that come live may be longer than any that the page was drawn with.
RAISE = """() => document.querySelectorAll(".side-score").forEach(one => {
    if (one.textContent) { one.textContent = "1000"; }
})"""


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of this file's own: what is urgent here would stand on every page of the other tests."""
    with staffed_server(tmp_path_factory.mktemp("urgent")) as server:
        yield server


@pytest.fixture(scope="module")
def addresses(shared_server: Server) -> dict[str, str]:
    moment = now()
    files = {
        "league": league_file(moment, teams=8),
        "groups": groups_file(moment, announcements=NOTICES),
        "divisions": divisions_file(moment, announcements=NOTICES),
        "quiet": league_file(moment, name="A Quiet Cup", announcements=[]),
    }
    return {name: shared_server.import_event(file, "--owner", ORGANISER)[1] for name, file in files.items()}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def faults(page: Page, screens: Any = SCREENS) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = {}
    for screen in screens:
        page.set_viewport_size({"width": screen[0], "height": screen[1]})
        page.evaluate(DRAWN)
        if wrong := page.evaluate(WRONG):
            found[screen] = wrong
    return found


@pytest.mark.parametrize(("event", "tab"), [(event, tab) for event, tabs in PAGES.items() for tab in tabs])
def test_figures_stay_whole_and_names_give_way(
    event: str, tab: str, page: Page, server: Server, addresses: dict[str, str]
) -> None:
    page.goto(server.url(addresses[event] + tab))
    assert faults(page) == {}
    page.evaluate(RAISE)
    assert faults(page, SCREENS[:2]) == {}
    page.emulate_media(media="print")
    try:
        # A bracket has a sheet of its own, on its side.
        assert faults(page, [(1123, 794) if tab == "bracket/" else (760, 1000)]) == {}
    finally:
        page.emulate_media(media="screen")


@pytest.mark.parametrize("path", ["/matches/", "/", "/embed/events/{}/schedule/", "/embed/events/{}/leaderboard/"])
def test_pages_of_several_events_and_in_frames(
    path: str, page: Page, server: Server, addresses: dict[str, str]
) -> None:
    page.goto(server.url(path.format(addresses["league"].strip("/").split("/")[-1])))
    assert faults(page) == {}


def test_a_score_that_comes_live_in_a_sentence_is_whole(page: Page, server: Server, addresses: dict[str, str]) -> None:
    """Latest results, notes of games, announcements, notifications, the line of what is urgent."""
    page.set_viewport_size({"width": 360, "height": 740})
    token = server.token_of(ORGANISER)
    slug = addresses["quiet"].strip("/").split("/")[-1]
    event_id = next(one["id"] for one in server.call("GET", "/api/events/")["events"] if one["slug"] == slug)
    games = server.call("GET", f"/api/events/{event_id}/schedule/")["fixtures"]
    game = next(one["id"] for one in games if one["status"] == "SCHEDULED")
    for tab in ("leaderboard/", "schedule/"):
        open_live(page, server.url(addresses["quiet"] + tab))
        said = {"title": f"{tab} {SAID}"[:100], "message": SAID, "priority": "urgent", "type": "result"}
        server.call("POST", f"/api/events/{event_id}/announcements/", said, token)
        expect(page.locator(".stay-urgent [data-row]:not([hidden]) .whole").first).to_be_attached(timeout=AT_ONCE)
        expect(page.locator(".notice .whole").first).to_be_visible(timeout=AT_ONCE)
    score = {"home_score": 102, "away_score": 98, "extra": {"periods": [[51, 49], [51, 49]]}}
    server.call("PUT", f"/api/fixtures/{game}/result/", score, token)
    expect(page.locator(f"[data-row='{game}'] .fixture-note:visible .whole").first).to_be_visible(timeout=AT_ONCE)
    assert faults(page, SCREENS[:1]) == {}
    page.goto(server.url(addresses["quiet"] + "leaderboard/"))
    assert "102–98" in page.locator("[data-field=latest_text] .whole").first.inner_text()
    assert faults(page, SCREENS[:1]) == {}


@pytest.mark.parametrize("event", ["quiet", "groups", "divisions"])
def test_every_screen_in_the_hall(event: str, page: Page, server: Server, addresses: dict[str, str]) -> None:
    """On its side too, where a name once had three letters."""
    page.goto(server.url(addresses[event].replace("/events/", "/display/")))
    for _ in range(4):
        assert faults(page, HALLS) == {}
        page.keyboard.press("ArrowRight")


def test_boards_beside_each_other_are_in_one_type(page: Page, server: Server, addresses: dict[str, str]) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(server.url(addresses["groups"].replace("/events/", "/display/")))
    for _ in range(2):
        sizes = page.evaluate(
            """() => Array.from(document.querySelectorAll(".board:not(.is-off) table"))
                .map(table => getComputedStyle(table).fontSize)"""
        )
        assert len(sizes) == 4
        assert len(set(sizes)) == 1
        page.keyboard.press("ArrowRight")


def test_the_tab_that_is_shown_is_in_view(page: Page, server: Server, addresses: dict[str, str]) -> None:
    """And all the others of an event: they fit on a phone, on its side too."""
    for path in (*(addresses["league"] + tab for tab in PAGES["league"]), addresses["divisions"] + "bracket/"):
        page.goto(server.url(path))
        for width in (360, 641, 667, 768):
            page.set_viewport_size({"width": width, "height": 740})
            ends = page.locator(".tabs a").evaluate_all(
                "all => all.map(one => one.getBoundingClientRect()).map(one => [one.left, one.right])"
            )
            assert min(left for left, _ in ends) >= 0, (path, width)
            assert max(right for _, right in ends) <= width, (path, width)


def test_an_organiser_sees_which_tab_is_shown_and_words_beside_their_buttons(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    number, _ = server.import_event(league_file(now(), name="The Desk"), "--owner", ORGANISER)
    page = visit(viewport={"width": 360, "height": 740}).page
    sign_in(page, server, ORGANISER)
    for part in ("teams/", "timetable/", "audit/", "rules/own/"):
        page.goto(server.url(f"/admin/events/{number}/{part}"))
        box = page.locator(".tabs .is-on").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    below = page.evaluate(
        """() => Array.from(document.querySelectorAll(".field .choice")).filter(label => {
            if (!label.offsetWidth) { return false; }
            const button = label.querySelector("input").getBoundingClientRect();
            return Array.from(label.querySelector("span").getClientRects()).some(line => line.left < button.right);
        }).map(label => label.textContent.trim())"""
    )
    assert below == []
    page.set_viewport_size({"width": 700, "height": 740})
    page.goto(server.url("/admin/"))
    for form in page.locator(".inline-form").all():
        feet = form.evaluate(
            """form => Array.from(form.querySelectorAll("select, input:not([type=hidden]), button"))
                .map(one => Math.round(one.getBoundingClientRect().bottom))"""
        )
        assert len(set(feet)) == 1


def test_the_code_and_the_whole_address_are_on_paper(page: Page, server: Server, addresses: dict[str, str]) -> None:
    page.set_viewport_size({"width": 760, "height": 1000})
    page.goto(server.url(addresses["league"]))
    page.emulate_media(media="print")
    try:
        assert page.locator(".qr svg").is_visible()
        address = page.locator(".address-whole")
        assert address.inner_text() == page.locator("#address").input_value()
        assert address.evaluate("one => one.scrollWidth <= one.clientWidth")
        page.goto(server.url(addresses["divisions"] + "bracket/"))
        assert page.locator("svg.is-on-paper").first.get_by_text(f"{now():%A}"[:3]).first.is_visible()
    finally:
        page.emulate_media(media="screen")
