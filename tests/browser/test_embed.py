"""The club's own web site: a page of another origin that follows an event, and one that frames its table."""

import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.conftest import League, Prepared, Visitor
from tests.browser.pages import AT_ONCE, FOUND_AGAIN
from tests.browser.words import words

pytestmark = pytest.mark.browser

OWN_PAGE = """<!doctype html><meta charset="utf-8"><title>Our club</title>
<p id="leader">nothing yet</p><p id="state"></p><p id="games"></p><p id="pipe"></p><p id="error"></p>
<script src="{server}/live.js"></script>
<script>
  function put(id, text) {{ document.getElementById(id).textContent = text; }}
  window.live = Timely.live({event}, {{
    topics: ["results"],
    transport: {transport},
    onResultsUpdate: function (data, envelope) {{
      var first = data.leaderboard[0];
      put("leader", first.team_name + " " + first.pts + (envelope.since ? " changed" : ""));
      put("pipe", live.transport());
    }},
    onState: function (state) {{ put("state", state); }},
    onError: function (error) {{ put("error", error.code); }}
  }});
  function count(data) {{ put("games", String(data.fixtures.length)); }}
  Timely.schedule({event}, count, {{transport: {transport}}});
</script>"""

# The same frame twice, in two languages; the second tag says it in its address.
TWO_FRAMES_PAGE = """<!doctype html><meta charset="utf-8"><title>Our club</title>
<script src="{server}/embed/{slug}.js" data-show="schedule" data-title="German" data-lang="de"></script>
<script src="{server}/embed/{slug}.js?lang=fr" data-show="schedule" data-title="French" data-theme="light"></script>"""

TWO_LANGUAGES_PAGE = """<!doctype html><meta charset="utf-8"><title>Our club</title><p id="de"></p><p id="fr"></p>
<script src="{server}/live.js"></script>
<script>
  ["de", "fr"].forEach(function (lang) {{
    Timely.schedule({event}, function (data, envelope) {{
      var done = data.fixtures.filter(function (game) {{ return game.status === "FINISHED"; }});
      document.getElementById(lang).textContent = envelope.lang + " " +
        done.map(function (game) {{ return game.status_text; }}).join();
    }}, {{transport: "{transport}", lang: lang}});
  }});
</script>"""

FRAMING_PAGE = """<!doctype html><meta charset="utf-8"><title>Our club</title>
<h1>Our club</h1>
<script src="{server}/embed/{slug}.js" data-theme="light" data-title="Spring Cup"></script>
<p id="after">after it</p>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """(folder, address) of a static web site on a port of its own: another origin."""
    folder = tmp_path / "site"
    folder.mkdir()
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture
def league(playwright_: Playwright, prepared: Prepared, tmp_path: Path, site: tuple[Path, str]) -> Iterator[League]:
    server, league = prepared.copied(tmp_path, TIMELY_EMBED_ORIGINS=site[1])
    with server:
        yield league


@pytest.mark.parametrize("transport", ["socket", "polling", "stream", "xhr", "ws"])
def test_a_page_of_another_origin_follows_an_event(
    transport: str, league: League, site: tuple[Path, str], visit: Callable[..., Visitor]
) -> None:
    # Between two polls nobody stands there to be told what changed: who polls may get the whole table in its place.
    told: defaultdict[str, str | re.Pattern[str]] = defaultdict(lambda: "Birch 3 changed", xhr=re.compile("^Birch 3"))
    folder, address = site
    page = OWN_PAGE.format(server=league.server.url("").rstrip("/"), event=league.id, transport=f'"{transport}"')
    (folder / "index.html").write_text(page, "utf-8")
    visitor = visit()
    visitor.page.goto(address)
    expect(visitor.page.locator("#leader")).to_have_text("Ash 0", timeout=FOUND_AGAIN)
    expect(visitor.page.locator("#state")).to_have_text("live")
    expect(visitor.page.locator("#games")).to_have_text("6")
    assert visitor.page.evaluate("live.isConnected()") is True
    league.save("Ash-Birch", 0, 2)
    expect(visitor.page.locator("#leader")).to_have_text(told[transport], timeout=AT_ONCE)
    expect(visitor.page.locator("#pipe")).to_have_text(transport)
    assert visitor.page.evaluate("live.lastMessage().topic") == f"event_{league.id}_results"
    assert visitor.page.evaluate("[live.send({type: 'ping'}), live.send({type: 'shout'})]") == [True, False]
    assert [text for text in visitor.complaints if "favicon" not in text and "404" not in text] == []

    visitor.page.evaluate("live.close()")
    assert visitor.page.evaluate("[live.isConnected(), live.state(), live.send({type: 'ping'})]") == [
        False,
        "closed",
        False,
    ]


def test_a_site_that_is_not_named_learns_nothing(
    league: League, site: tuple[Path, str], visit: Callable[..., Visitor]
) -> None:
    folder, address = site
    page = OWN_PAGE.format(server=league.server.url("").rstrip("/"), event=league.id, transport="undefined")
    (folder / "index.html").write_text(page, "utf-8")
    visitor = visit()
    visitor.page.goto(address.replace("127.0.0.1", "localhost"))
    visitor.page.wait_for_timeout(3000)
    assert visitor.page.inner_text("#leader") == "nothing yet"
    assert visitor.page.inner_text("#state") == "connecting"


def test_an_event_that_is_not_there_is_said(
    league: League, site: tuple[Path, str], visit: Callable[..., Visitor]
) -> None:
    folder, address = site
    for transport in ("polling", "xhr", "ws"):
        page = OWN_PAGE.format(server=league.server.url("").rstrip("/"), event=99, transport=f'"{transport}"')
        (folder / "index.html").write_text(page, "utf-8")
        visitor = visit()
        visitor.page.goto(address)
        expect(visitor.page.locator("#error")).to_have_text("not_found", timeout=AT_ONCE)


def test_one_line_puts_a_live_table_of_the_right_height_on_the_site(
    league: League, site: tuple[Path, str], visit: Callable[..., Visitor]
) -> None:
    folder, address = site
    slug = league.address.strip("/").split("/")[-1]
    (folder / "index.html").write_text(
        FRAMING_PAGE.format(server=league.server.url("").rstrip("/"), slug=slug), "utf-8"
    )
    visitor = visit(viewport={"width": 420, "height": 900})
    visitor.page.goto(address)
    frame = visitor.page.frame_locator("iframe[title='Spring Cup']")
    expect(frame.locator("[data-indicator]")).to_have_attribute("data-now", "live", timeout=FOUND_AGAIN)
    order = frame.locator("tr[data-row]:visible [data-field=team_name]")
    expect(order).to_have_text(["Ash", "Birch", "Cedar", "Dogwood"])
    inside = frame.locator("main").evaluate("main => main.offsetHeight")
    expect(visitor.page.locator("iframe")).to_have_js_property("offsetHeight", inside)
    assert visitor.page.locator("iframe + #after").count() == 1
    league.save("Ash-Birch", 0, 2)
    expect(order).to_have_text(["Birch", "Cedar", "Dogwood", "Ash"], timeout=AT_ONCE)
    assert frame.locator("main").evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_two_frames_in_two_languages_follow_one_event(
    league: League, site: tuple[Path, str], visit: Callable[..., Visitor]
) -> None:
    folder, address = site
    slug = league.address.strip("/").split("/")[-1]
    page = TWO_FRAMES_PAGE.format(server=league.server.url("").rstrip("/"), slug=slug)
    (folder / "index.html").write_text(page, "utf-8")
    visitor = visit(viewport={"width": 900, "height": 900})
    visitor.page.goto(address)
    frames = {
        code: visitor.page.frame_locator(f"iframe[title={title}]")
        for code, title in (("de", "German"), ("fr", "French"))
    }
    for code, frame in frames.items():
        expect(frame.locator("[data-indicator]")).to_have_attribute("data-now", "live", timeout=FOUND_AGAIN)
        expect(frame.locator("html")).to_have_attribute("lang", code)
    league.save("Ash-Birch", 0, 2)
    for code, frame in frames.items():
        game = frame.locator("[data-row]").filter(has_text="Ash").filter(has_text="Birch")
        expect(game).to_contain_text(words(code, "Full time", "state of a game"), timeout=AT_ONCE)


@pytest.mark.parametrize("transport", ["socket", "polling", "stream", "xhr", "ws"])
def test_a_page_of_another_origin_may_have_two_languages(
    transport: str, league: League, site: tuple[Path, str], visit: Callable[..., Visitor]
) -> None:
    folder, address = site
    page = TWO_LANGUAGES_PAGE.format(server=league.server.url("").rstrip("/"), event=league.id, transport=transport)
    (folder / "index.html").write_text(page, "utf-8")
    visitor = visit()
    visitor.page.goto(address)
    for code in ("de", "fr"):
        expect(visitor.page.locator(f"#{code}")).to_have_text(code, timeout=FOUND_AGAIN)
    league.save("Ash-Birch", 0, 2)
    for code in ("de", "fr"):
        said = f"{code} {words(code, 'Full time', 'state of a game')}"
        expect(visitor.page.locator(f"#{code}")).to_have_text(said, timeout=AT_ONCE)


def test_a_site_that_is_not_named_may_not_frame(
    league: League, site: tuple[Path, str], visit: Callable[..., Visitor]
) -> None:
    folder, address = site
    slug = league.address.strip("/").split("/")[-1]
    (folder / "index.html").write_text(
        FRAMING_PAGE.format(server=league.server.url("").rstrip("/"), slug=slug), "utf-8"
    )
    visitor = visit()
    visitor.page.goto(address.replace("127.0.0.1", "localhost"))
    visitor.page.wait_for_timeout(1500)
    assert any("frame-ancestors" in text or "refused to connect" in text for text in visitor.complaints)
