"""Socket.IO's packets as the page writes and reads them, on an Engine.IO that the test plays."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import League, Visitor

pytestmark = pytest.mark.browser

# Plays engines, and writes down what they are sent and what the owner hears. Timers fire when the test says so.
STAGE = """() => {
  window.engines = [];
  window.heard = [];
  window.timers = [];
  window.eio = (server, options) => {
    const engine = {
      options, sent: [], acts: {}, isClosed: false,
      on: (name, act) => { engine.acts[name] = act; },
      send: text => { engine.sent.push(text); },
      close: () => { engine.isClosed = true; }
    };
    engines.push(engine);
    return engine;
  };
  window.setTimeout = (act, delay) => { timers.push([act, delay]); return timers.length; };
  window.clearTimeout = id => { if (id) { timers[id - 1] = null; } };
  const hear = name => (...values) => { heard.push([name, ...values.filter(value => value !== undefined)]); };
  const owner = {received: hear("received"), upgraded: hear("upgraded"), disconnected: hear("disconnected")};
  owner.connected = () => {
    heard.push(["connected"]);
    connection.emit("subscribe", {topics: ["results"]}, hear("acknowledged"));
  };
  window.connection = new Timely.SocketIoConnection({transports: ["polling", "websocket"], upgrade: true}, owner);
}"""
# *acts*: [name, value] of what the newest engine does; the state after them.
PLAY = """acts => {
  acts.forEach(([name, value]) => engines[engines.length - 1].acts[name](value));
  return state();
}"""
STATE = """() => {
  window.state = () => {
    const newest = engines[engines.length - 1], due = timers.filter(Boolean).map(timer => Math.round(timer[1]));
    const seen = {engines: engines.length, sent: newest.sent, closed: newest.isClosed, heard, due};
    heard = [];
    return seen;
  };
}"""


@pytest.fixture
def page(own_league: League, visit: Any) -> Page:
    """A page that is not live itself, whose own timers would be among those of the test."""
    visitor: Visitor = visit()
    page = visitor.page
    page.goto(own_league.server.url("/login/"))
    page.add_script_tag(url="/live.js")
    page.evaluate(STATE)
    page.evaluate(STAGE)
    return page


def play(page: Page, *acts: tuple[str, str | None]) -> dict[str, Any]:
    seen: dict[str, Any] = page.evaluate(PLAY, [list(act) for act in acts])
    return seen


def test_it_connects_subscribes_and_hears(page: Page) -> None:
    seen = play(page, ("open", None), ("data", '0{"sid":"abc"}'))
    assert seen["sent"] == ["0", '20["subscribe",{"topics":["results"]}]']
    assert (seen["heard"], seen["due"]) == ([["connected"]], [])
    seen = play(page, ("data", '30[{"ok":true}]'), ("data", '30[{"ok":true}]'), ("data", '2["message",{"type":"x"}]'))
    assert seen["heard"] == [["acknowledged", {"ok": True}], ["received", "message", {"type": "x"}]]
    assert play(page, ("upgrade", None))["heard"] == [["upgraded"]]
    page.evaluate("connection.close()")
    seen = play(page)
    assert (seen["sent"][-1], seen["closed"], seen["heard"], seen["due"]) == ("1", True, [], [])


@pytest.mark.parametrize("end", [("close", None), ("data", "2[half")], ids=["closed", "malformed"])
def test_a_lost_connection_is_opened_again_and_later_each_time(page: Page, end: tuple[str, str | None]) -> None:
    seen = play(page, ("open", None), ("data", '0{"sid":"abc"}'), end)
    assert seen["heard"] == [["connected"], ["disconnected", False]]
    assert seen["closed"]
    for least, most in ((200, 600), (400, 1_200), (800, 2_000), (1_600, 2_000), (2_000, 2_000)):
        assert len(seen["due"]) == 1
        assert least <= seen["due"][0] <= most
        page.evaluate("timers.filter(Boolean)[0][0]()")
        seen = play(page, ("close", None))
        assert seen["heard"] == []  # nothing was open
    assert play(page)["engines"] == 6


@pytest.mark.parametrize("packet", ["2", "2null", "30", "39[1]"])
def test_a_packet_that_lacks_its_values_is_no_fault(page: Page, packet: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    seen = play(page, ("open", None), ("data", '0{"sid":"abc"}'), ("data", packet), ("data", '2["message",{}]'))
    assert not seen["closed"]
    assert seen["heard"][-1] == ["received", "message", {}]
    assert faults == []


def test_the_owner_decides_what_follows_when_the_server_has_ended_it(page: Page) -> None:
    seen = play(page, ("open", None), ("data", '0{"sid":"abc"}'), ("data", "1"))
    assert (seen["heard"][-1], seen["closed"], seen["due"]) == (["disconnected", True], True, [])


def test_a_refusal_is_final(page: Page) -> None:
    seen = play(page, ("open", None), ("data", '4{"message":"no"}'), ("close", None))
    assert (seen["heard"], seen["closed"], seen["due"]) == ([], True, [])


def test_a_fault_of_the_owner_stops_no_engine(page: Page) -> None:
    page.evaluate("() => { connection.owner.received = () => { throw new Error('a fault'); }; }")
    seen = play(page, ("open", None), ("data", '0{"sid":"abc"}'), ("data", '2["message",{}]'))
    assert (seen["closed"], len(seen["due"])) == (False, 1)
