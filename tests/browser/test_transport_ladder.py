"""Every transport: shows the table, moves without a reload, survives a killed server, and ends true."""

import json
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import League, Visitor
from tests.browser.pages import AT_ONCE, FOUND_AGAIN, assert_not_reloaded, cell, expect_order, open_live, wait_for_state
from tests.browser.proxy import Proxy

pytestmark = pytest.mark.browser

TRANSPORTS = ("socket", "polling", "stream", "xhr", "ws")
# What is dead is left after 4 s without an answer; before that a WebSocket is tried for one second.
STEPPED_DOWN = 10_000

ROWS = """() => {
    const shown = element => element.getAttribute("data-form") ? element.textContent : element.innerText;
    return [...document.querySelectorAll("main [data-row]")]
        .filter(row => row.getClientRects().length)
        .map(row => [row.parentNode.getAttribute("data-list"), row.getAttribute("data-row"), row.className,
            ...[...row.querySelectorAll("[data-field], [data-form]")].map(cell => shown(cell).trim())]
            .map(text => text.replace("is-changed", "").trim()));
}"""


@pytest.fixture
def league(own_league: League) -> League:
    return own_league


def wait_for(page: Page, expression: str, timeout: int) -> None:
    """Until the expression is true. Playwright's own way is refused by the content policy."""
    give_up_at = time.monotonic() + timeout / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < give_up_at, f"{expression} did not come true"
        page.wait_for_timeout(50)


def transport_of(page: Page) -> str:
    return str(page.evaluate("Timely.transportName"))


def assert_true(page: Page, fresh: Page, url: str) -> None:
    """The page says, row by row and cell by cell, what a fresh load says."""
    fresh.goto(url)
    wait_for_state(fresh, "live")
    expected = fresh.evaluate(ROWS)
    assert len(expected) >= 4
    give_up_at = time.monotonic() + 10
    while page.evaluate(ROWS) != expected and time.monotonic() < give_up_at:
        page.wait_for_timeout(100)  # until what has changed glows no more
    assert page.evaluate(ROWS) == expected


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_transport_delivers_recovers_and_ends_true(
    transport: str, league: League, visit: Callable[..., Visitor]
) -> None:
    server = league.server
    visitor, fresh = visit(), visit().page
    page, address = visitor.page, league.url("leaderboard/")
    open_live(page, f"{address}?transport={transport}")
    expect_order(page, ["Ash", "Birch", "Cedar", "Dogwood"])
    assert transport_of(page) == transport

    league.save("Ash-Birch", 1, 2)
    expect(cell(page, "Birch", "pts")).to_have_text("3", timeout=AT_ONCE)
    assert_true(page, fresh, address)
    assert visitor.complaints == []

    away = league.games["Cedar-Dogwood"]
    server.kill()
    wait_for_state(page, "reconnecting")
    server.save_in_another_process(away, 0, 5)
    server.start()
    expect_order(page, ["Dogwood", "Birch", "Ash", "Cedar"], FOUND_AGAIN)
    wait_for_state(page, "live")
    league.save("Ash-Cedar", 4, 0)
    expect_order(page, ["Dogwood", "Ash", "Birch", "Cedar"])
    assert transport_of(page) == transport
    assert_true(page, fresh, address)
    assert_not_reloaded(page)


def test_a_proxy_that_swallows_frames_is_left_within_seconds(league: League, visit: Callable[..., Visitor]) -> None:
    """It answers 101 to a WebSocket, and then nothing ever comes through."""
    with Proxy(league.server.port) as proxy:
        page = visit().page
        started = time.monotonic()
        open_live(page, f"http://127.0.0.1:{proxy.port}{league.address}leaderboard/")
        wait_for(page, "Timely.transportName === 'polling'", STEPPED_DOWN)
        print(f"stepped down after {time.monotonic() - started:.1f} s")
        assert proxy.swallowed > 0
        league.save("Ash-Birch", 0, 1)
        expect(cell(page, "Birch", "pts")).to_have_text("3", timeout=AT_ONCE)
        assert_not_reloaded(page)


def test_without_socket_io_the_event_stream_comes_next(league: League, visit: Callable[..., Visitor]) -> None:
    page = visit().page
    page.route("**/socket.io/**", lambda route: route.abort())
    open_live(page, league.url("leaderboard/"), 45_000)
    assert transport_of(page) == "stream"
    league.save("Ash-Birch", 0, 1)
    expect(cell(page, "Birch", "pts")).to_have_text("3", timeout=AT_ONCE)


def test_where_streams_are_held_back_too_it_polls(league: League, visit: Callable[..., Visitor]) -> None:
    """As behind a proxy that waits for the end of an answer which has none."""
    page = visit().page
    page.route("**/stream/**", lambda route: None)
    open_live(page, league.url("leaderboard/?transport=stream"))
    assert transport_of(page) == "xhr"
    league.save("Ash-Birch", 0, 1)
    expect(cell(page, "Birch", "pts")).to_have_text("3", timeout=AT_ONCE)


def test_with_every_pipe_shut_the_page_is_fetched_again(league: League, visit: Callable[..., Visitor]) -> None:
    page = visit().page
    page.route("**/poll/**", lambda route: route.fulfill(status=502, body="no"))
    open_live(page, league.url("leaderboard/?transport=xhr"))
    assert transport_of(page) == "page"
    league.save("Ash-Birch", 0, 1)
    expect(cell(page, "Birch", "pts")).to_have_text("3", timeout=15_000)
    assert_not_reloaded(page)


def test_no_transport_is_left_while_the_server_is_down(league: League, visit: Callable[..., Visitor]) -> None:
    pages = {
        transport: open_live(visit().page, league.url(f"leaderboard/?transport={transport}"))
        for transport in TRANSPORTS
    }
    league.server.kill()
    for page in pages.values():
        wait_for_state(page, "stale", 45_000)
    league.server.start()
    for transport, page in pages.items():
        wait_for_state(page, "live", 5_000)
        assert transport_of(page) == transport
        assert_not_reloaded(page)


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_page_that_slept_asks_before_it_trusts_itself(
    transport: str, league: League, visit: Callable[..., Visitor]
) -> None:
    """The connection is dead without a word, as after a sleep: what was saved meanwhile is asked for at once."""
    page = visit().page
    page.add_init_script(
        "(function () { var real = Date.prototype.getTime, ahead = 0;"
        " window.sleepFor = function (ms) { ahead += ms; };"
        " Date.prototype.getTime = function () { return real.call(this) + ahead; }; }());"
    )
    open_live(page, league.url(f"leaderboard/?transport={transport}"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("sleepFor(60000); document.dispatchEvent(new Event('visibilitychange'))")
    wait_for_state(page, "live", 3_000)
    league.save("Ash-Birch", 0, 1)
    expect(cell(page, "Birch", "pts")).to_have_text("3", timeout=AT_ONCE)
    assert transport_of(page) == transport
    if transport in ("stream", "xhr"):
        assert any(f"results={1}" in url for url in asked), "it says what it has"


def test_back_from_the_cache_of_the_back_button(league: League, visit: Callable[..., Visitor]) -> None:
    """The page as it was, shown again: it fires pageshow only, and catches up."""
    page = open_live(visit().page, league.url("leaderboard/"))
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    league.save("Ash-Birch", 0, 1)
    expect(cell(page, "Birch", "pts")).to_have_text("3", timeout=AT_ONCE)


def test_several_followers_share_one_connection(league: League, visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = open_live(visitor.page, league.url())
    before = len(visitor.websockets)
    page.evaluate(
        f"""window.got = [];
        Timely.results({league.id}, function (data) {{ got.push("results " + data.results.length); }});
        window.games = Timely.schedule({league.id}, function (data) {{
            got.push("schedule " + data.fixtures.length);
        }});
        Timely.announcements({league.id}, function (data) {{ got.push("announcements"); }});"""
    )
    wait_for(page, "got.length === 3", AT_ONCE)
    assert sorted(page.evaluate("got")) == ["announcements", "results 0", "schedule 6"]
    page.wait_for_timeout(1500)
    assert len(visitor.websockets) == before + 1
    page.evaluate("games.close(); got.length = 0")
    league.save("Ash-Birch", 0, 1)
    wait_for(page, "got.length > 0", AT_ONCE)
    page.wait_for_timeout(500)
    assert page.evaluate("got") == ["results 1"]
    assert page.evaluate("games.isConnected()") is False
    assert json.loads(page.evaluate("JSON.stringify(games.lastMessage().since)")) == 0
