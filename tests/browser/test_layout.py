"""A timetable that is being laid out: the page shows how far it is, and then the plan, without being touched."""

import json

from playwright.sync_api import Route, expect

from tests.browser.conftest import ORGANISER
from tests.browser.pages import sign_in
from tests.conftest import LEAGUE
from tests.forty import forty

WAITING = """<!doctype html><html lang="en"><body><div data-progress="{progress}">
<progress max="100" value="0">0 %</progress> <b data-percent>0 %</b></div>
<script src="/static/js/admin/timetable_progress.js"></script>
</body></html>"""


def test_the_bar_moves_and_the_plan_comes_by_itself(server, visit):
    number, _ = server.import_event({**LEAGUE, **forty(name="Winter Cup")}, "--owner", ORGANISER)
    visitor = visit()
    page = visitor.page
    sign_in(page, server, ORGANISER)
    path = f"/admin/events/{number}/timetable/plan/"
    answers = [{"percent": 40, "is_over": False}] * 3 + [{"percent": 100, "is_over": True}]

    # Such a small plan is there before anybody sees a bar: what a large one says stands in for it, once.
    def still_at_it(route: Route) -> None:
        route.fulfill(content_type="text/html", body=WAITING.format(progress=f"{path}progress/"))

    def how_far(route: Route) -> None:
        if answers:
            route.fulfill(content_type="application/json", body=json.dumps(answers.pop(0)))
        else:
            route.continue_()

    page.route(f"**{path}", still_at_it, times=1)
    page.route(f"**{path}progress/", how_far)
    page.goto(server.url(path))
    expect(page.locator("[data-percent]")).to_have_text("40 %")
    expect(page.locator("progress")).to_have_attribute("value", "40")
    expect(page.get_by_role("heading", name="All 96 games have a place")).to_be_visible(timeout=20_000)
    assert answers == []
    page.get_by_role("button", name="Save this timetable").click()
    expect(page.get_by_text("The timetable is saved: 96 games moved.")).to_be_visible(timeout=20_000)
    assert visitor.complaints == []
