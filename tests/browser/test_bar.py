"""The bar that stays in view: the status indicator, and what is urgent; and the colours that mean something."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ORGANISER, League, Visitor, make_league, staffed_server
from tests.browser.pages import AT_ONCE, open_live, sign_in
from tests.browser.server import Server
from tests.long_names import URGENT, league_file
from tests.static.files import STATIC
from timely.clock import now
from timely.services.accent_colour import contrast, is_readable, rgb_of

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
TOP = "element => element.getBoundingClientRect().top"
BOTTOM = "element => element.getBoundingClientRect().bottom"
COVERED = """element => {
    const at = element.getBoundingClientRect();
    return !element.contains(document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2));
}"""
TO_THE_END = "scrollTo(0, document.documentElement.scrollHeight)"


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of this file's own: what is urgent here would stand on every page of the other tests."""
    with staffed_server(tmp_path_factory.mktemp("urgent")) as server:
        yield server


@pytest.fixture
def long_page(server: Server) -> League:
    return make_league(server, **league_file(now(), announcements=[], accent="#ff0000"))


def announce(league: League, **more: str) -> None:
    said = {key: URGENT[key] for key in ("title", "message", "priority", "type")} | more
    league.server.call("POST", f"/api/events/{league.id}/announcements/", said, league.token)


def test_what_is_urgent_comes_into_view_wherever_the_page_is_scrolled_to(
    long_page: League, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(viewport=PHONE)
    page = open_live(visitor.page, long_page.url("schedule/"))
    page.evaluate(TO_THE_END)
    indicator, urgent = page.locator(".stay .live-light"), page.locator(".stay-urgent li[data-row]")
    assert indicator.evaluate(TOP) == pytest.approx(0, abs=1)
    assert indicator.evaluate(BOTTOM) <= 46

    announce(long_page)
    expect(urgent).to_be_visible(timeout=AT_ONCE)
    expect(urgent).to_contain_text("Thunderstorm")
    page.evaluate(TO_THE_END)
    assert urgent.evaluate(TOP) == pytest.approx(0, abs=1)
    assert indicator.evaluate(TOP) == pytest.approx(urgent.evaluate(BOTTOM), abs=1)
    assert indicator.evaluate(BOTTOM) <= 90

    desk = visit().page
    sign_in(desk, long_page.server, ORGANISER)
    desk.goto(long_page.server.url(f"/admin/events/{long_page.id}/announcements/"))
    desk.get_by_role("button", name="Withdraw").click()
    expect(urgent).to_have_count(0, timeout=AT_ONCE)
    assert indicator.evaluate(TOP) == pytest.approx(0, abs=1)
    assert visitor.complaints == []


def test_it_says_nothing_twice_and_everything_once(long_page: League, visit: Callable[..., Visitor]) -> None:
    """At the top of the page the header says it; put away there, the bar does."""
    page = open_live(visit(viewport=PHONE).page, long_page.url("leaderboard/"))
    announce(long_page)
    notices = page.locator(".notice.is-urgent:visible")
    expect(notices.first).to_be_visible(timeout=AT_ONCE)
    urgent = page.locator(".stay-urgent li[data-row]")
    expect(urgent).to_have_count(1, timeout=AT_ONCE)
    assert urgent.evaluate(COVERED)
    # Those of the other tests' events stand there too.
    while notices.count():
        notices.first.get_by_role("button", name="Dismiss").click()
    page.evaluate("scrollTo(0, 0)")
    assert not urgent.evaluate(COVERED)


def test_what_another_event_says_in_the_header_hides_no_bar(long_page: League, visit: Callable[..., Visitor]) -> None:
    """The bar waits only while the header says the same; what is urgent elsewhere is another thing."""
    page = open_live(visit(viewport=PHONE).page, long_page.url("leaderboard/"))
    announce(long_page, title="Stop at once")
    urgent, notices = page.locator(".stay-urgent li[data-row]"), page.locator(".notice.is-urgent:visible")
    expect(notices.filter(has_text="Stop at once")).to_be_visible(timeout=AT_ONCE)
    expect(urgent).to_have_count(1, timeout=AT_ONCE)
    assert urgent.evaluate(COVERED)
    announce(make_league(long_page.server, name="Elsewhere"), title="A car is in the way")
    expect(notices.filter(has_text="A car is in the way")).to_be_visible(timeout=AT_ONCE)
    notices.filter(has_text="Stop at once").get_by_role("button", name="Dismiss").click()
    page.evaluate("scrollTo(0, 0)")
    assert notices.count()
    assert not urgent.evaluate(COVERED)
    open_live(page, long_page.url("leaderboard/"))
    assert notices.count()
    assert not urgent.evaluate(COVERED)


def test_the_bar_never_covers_what_has_the_focus(long_page: League, visit: Callable[..., Visitor]) -> None:
    announce(long_page)
    page = open_live(visit(viewport={"width": 360, "height": 420}).page, long_page.url("leaderboard/"))
    page.evaluate(TO_THE_END)
    page.locator(".foot a").first.focus()
    seen = 0
    for _ in range(24):
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate(
            """() => {
                const focused = document.activeElement, bar = document.querySelector(".stay");
                if (!focused.closest(".columns")) { return null; }
                return focused.getBoundingClientRect().top < bar.getBoundingClientRect().bottom - 1;
            }"""
        )
        assert hidden in (None, False)
        seen += hidden is False
    assert seen > 10


@pytest.mark.parametrize(("scheme", "green"), [("light", "rgb(8, 115, 74)"), ("dark", "rgb(61, 220, 151)")])
def test_the_dot_says_live_in_green_whatever_the_club_wears(
    scheme: str, green: str, long_page: League, visit: Callable[..., Visitor]
) -> None:
    page = open_live(visit(color_scheme=scheme).page, long_page.url())
    colour = page.locator("[data-indicator] i").evaluate("dot => getComputedStyle(dot).backgroundColor")
    assert colour == green
    open_live(page, long_page.server.url(long_page.address.replace("/events/", "/display/")))
    colour = page.locator("[data-indicator] i").evaluate("dot => getComputedStyle(dot).backgroundColor")
    assert colour == "rgb(61, 220, 151)"


def test_a_team_in_the_colour_of_the_ground_has_an_edge(long_page: League, visit: Callable[..., Visitor]) -> None:
    for scheme in ("light", "dark"):
        page = visit(color_scheme=scheme).page
        page.goto(long_page.url("leaderboard/"))
        edge = page.locator(".standings .swatch rect[fill='#000000']").first
        colour = edge.evaluate("rect => getComputedStyle(rect).stroke")
        surface = page.locator(".card").first.evaluate("card => getComputedStyle(card).backgroundColor")
        assert contrast(rgb(colour), rgb(surface)) >= 3


def rgb(text: str) -> tuple[int, int, int]:
    red, green, blue = (int(part) for part in re.findall(r"\d+", text)[:3])
    return red, green, blue


def tokens(scheme: str) -> dict[str, tuple[int, int, int]]:
    """{name: colour} of the sheet's ground colours."""
    roots = re.findall(r":root \{([^}]*)\}", (STATIC / "css" / "timely" / "colours.css").read_text("utf-8"))
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", roots[scheme == "dark"]))
    long = {name: text if len(text) == 7 else "#" + "".join(2 * i for i in text[1:]) for name, text in found.items()}
    return {name: rgb_of(text) for name, text in long.items()}


def test_every_colour_of_a_club_can_be_read_on_every_ground(server: Server, visit: Callable[..., Visitor]) -> None:
    """Words in the accent stand on cards, on the ground and on the wash of *Why*; white or ink stands on the accent."""
    page = visit().page
    page.goto(server.url("/"))
    script = (STATIC / "js" / "page" / "head.js").read_text("utf-8")
    steps = range(0, 256, 51)
    accents = [(red, green, blue) for red in steps for green in steps for blue in steps]
    accents = [one for one in accents if is_readable(one)]
    assert len(accents) > 150
    shown = page.evaluate(
        """([script, accents]) => accents.map(accent => {
            const html = document.documentElement;
            html.setAttribute("data-accent", accent);
            (0, eval)(script);
            return ["light", "dark"].map(one => html.style.getPropertyValue("--club-" + one));
        })""",
        [script, ["#{:02x}{:02x}{:02x}".format(*one) for one in accents]],
    )
    for accent, pair in zip(accents, shown, strict=True):
        for scheme, colour in zip(("light", "dark"), pair, strict=True):
            of = tokens(scheme)
            for ground in ("surface", "ground", "wash", "accent-ink"):
                assert contrast(rgb(colour), of[ground]) >= 4.5, (accent, scheme, ground, colour)
