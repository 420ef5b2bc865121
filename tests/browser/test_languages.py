"""Pages in a language that is 40 % longer than English, on the narrowest phone: none is too wide, no button is cut."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.conftest import Visitor, data_dir_below
from tests.browser.server import PASSWORD, Server
from tests.conftest import make_app
from tests.crawl.doors import doors_of, rules_of
from tests.crawl.world import OPEN, make_world
from tests.cups import cup_file
from tests.languages.pseudo import PSEUDO, pseudo
from timely.clock import now
from timely.demo.example import example_file
from timely.extensions import db
from timely.web.language_choice import COOKIE

pytestmark = pytest.mark.browser

NARROW: Any = {"viewport": {"width": 360, "height": 740}}
# Answers that are not pages, and those that never end.
NO_PAGES = ("/api/", "/ws/", "/static/", "/metrics", "/healthz", "/display/", "/embed/", "/page/", "/live.js")
NO_PAGE_ENDS = ("/export/", "/numbers/", "/progress/", "/state/")
TABS = ("", "leaderboard/", "schedule/", "bracket/", "announcements/")

# The width of a page that is too wide, and the texts that are cut, by their own box or by a table's edge.
WRONG = """
() => {
  const root = document.documentElement, wrong = [];
  if (root.scrollWidth > root.clientWidth) { wrong.push(`${root.scrollWidth} px wide`); }
  document.querySelectorAll("button, .button, .tabs a, nav a, summary, .languages a").forEach(one => {
    if (!one.clientWidth || one.closest(".unseen, .skip")) { return; }
    const table = one.closest(".scroll");
    const isOutside = table && one.getBoundingClientRect().right > table.getBoundingClientRect().right + 1;
    if (one.scrollWidth > one.clientWidth + 1 || isOutside) { wrong.push(`cut: ${one.textContent.trim()}`); }
  });
  return wrong;
}
"""


class PseudoServer(Server):
    """One that speaks the pseudo-language, too."""

    program = "tests.languages.pseudo_server"


@pytest.fixture(scope="module")
def paths() -> dict[str, list[str]]:
    """{"public" and "organiser": addresses}, filled in with the server."""
    return {"public": [], "organiser": []}


@pytest.fixture(scope="module")
def pseudo_server(
    playwright_: Playwright,
    empty_database: Path,
    tmp_path_factory: pytest.TempPathFactory,
    paths: dict[str, list[str]],
) -> Iterator[Server]:
    """The events and people of the crawl, an event in the middle of its day, and a cup with its bracket."""
    data_dir = data_dir_below(tmp_path_factory.mktemp("longer"))
    (data_dir / "timely.sqlite3").write_bytes(empty_database.read_bytes())
    app = make_app(data_dir)
    world = make_world(app)
    doors = {door.path for rule in rules_of(app, "GET") for door in doors_of(world, rule) if door.about <= {OPEN}}
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for path in sorted(doors):
        if "?" not in path and not path.startswith(NO_PAGES) and not path.endswith(NO_PAGE_ENDS):
            paths["organiser" if path.startswith("/admin/") else "public"].append(path)
    with PseudoServer(data_dir) as server:
        for file in (example_file(now(), "Europe/Dublin"), cup_file(16, day=now().date().isoformat())):
            number, address = server.import_event(file)
            paths["public"] += [address + tab for tab in TABS]
            paths["organiser"].append(f"/admin/results/?event={number}")
            games = server.call("GET", f"/api/events/{number}/schedule/")["fixtures"]
            paths["organiser"] += [f"/admin/results/{game['id']}/" for game in (games[0], games[-1])]
        yield server
        assert "Traceback" not in server.printed()


def narrow_page(server: Server, visit: Callable[..., Visitor]) -> Page:
    page = visit(**NARROW).page
    page.context.add_cookies([{"name": COOKIE, "value": PSEUDO.code, "url": server.url()}])
    return page


def faults(page: Page, server: Server, paths: list[str]) -> dict[str, list[str]]:
    """{path: what is wrong with it}."""
    found = {}
    for path in paths:
        page.goto(server.url(path))
        assert page.locator("html").get_attribute("lang") == PSEUDO.code, path
        found[path] = page.evaluate(WRONG)
    return {path: wrong for path, wrong in found.items() if wrong}


def test_public_pages_fit(pseudo_server: Server, paths: dict[str, list[str]], visit: Callable[..., Visitor]) -> None:
    page = narrow_page(pseudo_server, visit)
    assert faults(page, pseudo_server, paths["public"]) == {}
    assert len(paths["public"]) > 15


def test_pages_of_organisers_fit(
    pseudo_server: Server, paths: dict[str, list[str]], visit: Callable[..., Visitor]
) -> None:
    page = narrow_page(pseudo_server, visit)
    page.goto(pseudo_server.url("/login/"))
    page.locator("[name=name]").fill("Ada")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name=pseudo("Sign in")).click()
    page.wait_for_url("**/admin/**")
    assert faults(page, pseudo_server, paths["organiser"]) == {}
    assert len(paths["organiser"]) > 40


@pytest.mark.parametrize("path", ["/", "/login/"])
def test_the_menu_of_languages_marks_the_current_one(
    path: str, pseudo_server: Server, visit: Callable[..., Visitor]
) -> None:
    page = narrow_page(pseudo_server, visit)
    page.goto(pseudo_server.url(path))
    links = page.locator(".languages a")
    current = page.locator(".languages [aria-current]")
    assert current.get_attribute("lang") == PSEUDO.code
    boxes = [one.bounding_box() or {} for one in links.all()]
    assert all(box["height"] >= 44 and box["width"] >= 44 for box in boxes)
    page.get_by_role("link", name="Deutsch").click()
    page.locator("html[lang=de]").wait_for()
    assert page.locator(".languages [aria-current]").inner_text() == "Deutsch"
    page.emulate_media(media="print")
    assert not links.first.is_visible()
