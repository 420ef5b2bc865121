"""`/events/<slug>/` and its tabs: every one an address of its own, whole without script."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from timely.blueprints.events.context import event_context, event_versions, visible_event
from timely.blueprints.share import page_address
from timely.conditional import unless_unchanged
from timely.models import Event
from timely.qr import qr_svg
from timely.queries.schedule import schedule
from timely.rows import fixture_row

bp = Blueprint("events", __name__, url_prefix="/events")


def tab(template: str, slug: str, more: Callable[[Event], dict[str, Any]] = lambda event: {}) -> ResponseReturnValue:
    """The tab's page, or 304."""
    event = visible_event(slug)
    versions = event_versions(event)
    return unless_unchanged(
        versions,
        lambda: render_template(template, **event_context(event, versions), **more(event)),
        event.version,
    )


def shared(event: Event) -> dict[str, Any]:
    address = page_address(event)
    return {"share_url": address, "qr_svg": qr_svg(address)}


@bp.get("/<slug>/")
def show(slug: str) -> ResponseReturnValue:
    return tab("events/details.html", slug, shared)


@bp.get("/<slug>/leaderboard/")
def leaderboard(slug: str) -> ResponseReturnValue:
    return tab("events/leaderboard.html", slug)


@bp.get("/<slug>/schedule/", endpoint="schedule")
def schedule_(slug: str) -> ResponseReturnValue:
    return tab(
        "events/schedule.html",
        slug,
        lambda event: {"fixtures": [fixture_row(one) for one in schedule(event)]},
    )


@bp.get("/<slug>/announcements/")
def announcements(slug: str) -> ResponseReturnValue:
    return tab("events/announcements.html", slug)
