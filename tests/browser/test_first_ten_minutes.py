"""The first ten minutes as the README tells them: from an empty data folder to a table that moves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import Visitor, data_dir_below
from tests.browser.pages import assert_not_reloaded, cell, open_live
from tests.browser.server import PASSWORD, Server

pytestmark = pytest.mark.browser


@pytest.fixture
def server(playwright_: Playwright, tmp_path: Path) -> Iterator[Server]:
    """A server that nobody has set up."""
    with Server(data_dir_below(tmp_path)) as server:
        yield server
        assert "Traceback" not in server.printed()


def press(page: Page, name: str) -> None:
    main = page.get_by_role("main")
    main.get_by_role("link", name=name).or_(main.get_by_role("button", name=name)).first.click()


def test_from_an_empty_folder_to_a_table_that_moves(server: Server, visit: Callable[..., Visitor]) -> None:
    organiser, hall = visit(), visit(viewport={"width": 360, "height": 740})
    page = organiser.page
    page.goto(server.url("/setup/"))
    page.get_by_label("Your name").fill("Olga")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Add an example event").uncheck()
    press(page, "Make my account")

    press(page, "New event")
    page.get_by_label("Name", exact=True).fill("Spring Cup")
    page.get_by_label("Sport").select_option(label="Football")
    press(page, "Make the event")
    page.get_by_label("Teams, one a line").fill("Ash\nBirch\nCedar\nDogwood")
    press(page, "Add the teams")
    page.get_by_role("link", name="Pitches").click()
    page.get_by_label("Pitches, one a line").fill("Pitch 1\nPitch 2")
    press(page, "Add the pitches")
    page.get_by_role("link", name="Fixtures").click()
    press(page, "Choose the format")
    page.locator(".kind").filter(has_text="All meet all").get_by_role("link", name="Choose").click()
    press(page, "Show me")
    expect(page.get_by_role("main")).to_contain_text("6 games, 3 for each team")
    press(page, "Make it")
    page.get_by_role("link", name="Today").click()
    press(page, "Publish")
    expect(page.locator(".flash.is-success")).to_be_visible()

    open_live(hall.page, server.url("/events/spring-cup/leaderboard/"))
    page.get_by_role("link", name="Results", exact=True).first.click()
    line = page.locator("form.score-row").filter(has_text="Ash").first
    names = line.locator(".score-side bdi").all_inner_texts()
    line.locator("[name=home_score]").fill("4")
    line.locator("[name=away_score]").fill("1")
    line.locator("[name=away_score]").press("Enter")
    expect(cell(hall.page, names[0], "pts")).to_have_text("3")
    assert_not_reloaded(hall.page)
    assert organiser.complaints == hall.complaints == []
