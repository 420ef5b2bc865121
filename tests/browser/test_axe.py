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
TABS = ("", "leaderboard/", "schedule/", "bracket/", "announcements/")
ASK_AXE = """async () => {
    const found = await axe.run(document, { resultTypes: ["violations"] });
    const places = one => one.nodes.map(node => node.target.join(" ")).slice(0, 3).join(", ");
    return found.violations.map(one => `${one.id}: ${places(one)}`);
}"""


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of this file's own: what is urgent here would stand on every page of the other tests."""
    with staffed_server(tmp_path_factory.mktemp("urgent")) as server:
        yield server


@pytest.fixture(scope="module")
def paths(shared_server: Server) -> list[str]:
    moment = now()
    files = [
        league_file(moment, name="An Accessible Cup"),
        divisions_file(moment, name="Accessible Halves", accent=""),
        {"name": "Nothing to Hear", "sport": "football", "status": "PUBLISHED"},
    ]
    found = ["/", "/matches/", "/login/", "/nowhere/"]
    for file in files:
        event_id, address = shared_server.import_event(file, "--owner", ORGANISER)
        slug = address.strip("/").split("/")[-1]
        found += [address + tab for tab in TABS]
        found += [f"/display/{slug}/", f"/embed/events/{slug}/leaderboard/", f"/embed/events/{slug}/schedule/"]
        for table in shared_server.call("GET", f"/api/events/{event_id}/leaderboard/")["tables"][:1]:
            found += [f"{address}leaderboard/{table['id']}/{row['team_id']}/" for row in table["leaderboard"][1:2]]
    return found


def violations(page: Page, server: Server, paths: list[str]) -> dict[str, Any]:
    axe = (NODE / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    found = {}
    for path in paths:
        page.goto(server.url(path))
        if path.startswith("/embed/"):  # has no ground of its own, but its host's
            page.evaluate("document.documentElement.style.backgroundColor = 'Canvas'")
        page.evaluate(axe)
        if wrong := page.evaluate(ASK_AXE):
            found[path] = wrong
    return found


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing(
    scheme: str, width: int, paths: list[str], server: Server, visit: Callable[..., Visitor]
) -> None:
    npm.require(NODE)
    visitor = visit(color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    assert violations(visitor.page, server, paths) == {}


def test_the_html_is_valid(paths: list[str], server: Server, visit: Callable[..., Visitor]) -> None:
    npm.require(NODE)
    page = visit().page
    texts = [(path, page.request.get(server.url(path)).text()) for path in paths]
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
