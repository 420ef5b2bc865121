"""Every public page for those who do not see it, and for every parser: axe finds nothing, and the HTML is valid."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests import npm
from tests.browser.conftest import ORGANISER, Visitor, staffed_server
from tests.browser.server import Server
from tests.long_names import divisions_file, league_file
from timely.clock import now

pytestmark = pytest.mark.browser

NODE = Path(__file__).parent / "node"
EVENTS = ("none", "league", "divisions", "empty")
TABS = ("", "leaderboard/", "schedule/", "bracket/", "announcements/")
# In the dark, on a phone, other colours and other places: the rest of the rules would say the same again.
COLOURS_AND_PLACES = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
ASK_AXE = """async (rules) => {
    const found = await axe.run(document, { resultTypes: ["violations"], ...(rules && { runOnly: rules }) });
    const places = one => one.nodes.map(node => node.target.join(" ")).slice(0, 3).join(", ");
    return found.violations.map(one => `${one.id}: ${places(one)}`);
}"""


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of this file's own: what is urgent here would stand on every page of the other tests."""
    with staffed_server(tmp_path_factory.mktemp("urgent")) as server:
        yield server


@pytest.fixture(scope="module")
def paths(shared_server: Server) -> dict[str, list[str]]:
    """The pages of each event, and those of none. Few teams: a page of forty has more of the same, for a long time."""
    moment = now()
    files = {
        "league": league_file(moment, 5, name="An Accessible Cup"),
        "divisions": divisions_file(moment, 4, name="Accessible Halves", accent=""),
        "empty": {"name": "Nothing to Hear", "sport": "football", "status": "PUBLISHED"},
    }
    found = {"none": ["/", "/matches/", "/login/", "/help/", "/nowhere/"]}
    for name, file in files.items():
        event_id, address = shared_server.import_event(file, "--owner", ORGANISER)
        slug = address.strip("/").split("/")[-1]
        found[name] = [address + tab for tab in TABS]
        found[name] += [f"/display/{slug}/", f"/embed/events/{slug}/leaderboard/", f"/embed/events/{slug}/schedule/"]
        for table in shared_server.call("GET", f"/api/events/{event_id}/leaderboard/")["tables"][:1]:
            found[name] += [
                f"{address}leaderboard/{table['id']}/{row['team_id']}/" for row in table["leaderboard"][1:2]
            ]
    return found


def violations(page: Page, server: Server, paths: list[str], rules: list[str] | None) -> dict[str, Any]:
    axe = (NODE / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    found = {}
    for path in paths:
        page.goto(server.url(path))
        if path.startswith("/embed/"):  # has no ground of its own, but its host's
            page.evaluate("document.documentElement.style.backgroundColor = 'Canvas'")
        page.evaluate(axe)
        if wrong := page.evaluate(ASK_AXE, rules):
            found[path] = wrong
    return found


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize(("scheme", "width", "rules"), [("light", 1280, None), ("dark", 360, COLOURS_AND_PLACES)])
def test_axe_finds_nothing(
    scheme: str,
    width: int,
    rules: list[str] | None,
    event: str,
    paths: dict[str, list[str]],
    server: Server,
    visit: Callable[..., Visitor],
) -> None:
    npm.require(NODE)
    visitor = visit(color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    assert violations(visitor.page, server, paths[event], rules) == {}


def test_the_html_is_valid(paths: dict[str, list[str]], server: Server, visit: Callable[..., Visitor]) -> None:
    npm.require(NODE)
    page = visit().page
    texts = [(path, page.request.get(server.url(path)).text()) for listed in paths.values() for path in listed]
    run = subprocess.run(
        ["node", str(NODE / "validate.mjs")],
        input=json.dumps(texts),
        cwd=NODE,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert {path: wrong for path, wrong in json.loads(run.stdout) if wrong} == {}
