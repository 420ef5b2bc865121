"""The clock at the event, wherever the computer that shows it believes to be."""

import re
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ORGANISER, Visitor
from tests.browser.pages import sign_in
from tests.browser.server import Server
from tests.conftest import LEAGUE
from timely.clock import now

pytestmark = pytest.mark.browser


def clocks(zone: str) -> re.Pattern[str]:
    """What a clock there shows while a test looks at it: now, or a minute later."""
    shown = [f"{(now() + timedelta(minutes=more)).astimezone(ZoneInfo(zone)):%H:%M}" for more in (0, 1)]
    return re.compile("|".join(shown))


def test_the_clock_in_the_hall_is_the_one_at_the_event(server: Server, visit: Callable[..., Visitor]) -> None:
    _, address = server.import_event({**LEAGUE, "timezone": "Asia/Kathmandu"}, "--owner", ORGANISER)
    slug = address.strip("/").split("/")[-1]
    visitor = visit(timezone_id="America/New_York")
    visitor.page.goto(server.url(f"/display/{slug}/"))
    expect(visitor.page.locator("[data-clock]")).to_have_text(clocks("Asia/Kathmandu"))
    assert visitor.complaints == []


def test_a_new_event_is_where_its_organiser_is(server: Server, visit: Callable[..., Visitor]) -> None:
    visitor = visit(timezone_id="Australia/Adelaide")
    page = visitor.page
    sign_in(page, server, ORGANISER)
    page.goto(server.url("/admin/events/new/"))
    field, told = page.get_by_label("Time zone"), page.locator("[data-zone-words]")
    expect(field).to_have_value("Australia/Adelaide")
    expect(told).to_have_text(clocks("Australia/Adelaide"))
    field.fill("Asia/Tokyo")
    expect(told).to_have_text(clocks("Asia/Tokyo"))
    field.fill("Nowhere")
    expect(told).to_be_hidden()
    assert visitor.complaints == []
