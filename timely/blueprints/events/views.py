"""`/events/<slug>/` and its tabs: each has its own address, and works without scripts."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from timely.blueprints.event_brackets import drawn_brackets
from timely.blueprints.event_context import (
    divisions_shown,
    event_context,
    event_versions,
    places_context,
    tables_context,
    visible_event,
)
from timely.blueprints.event_urls import page_address
from timely.domain.event_states import FINISHED
from timely.domain.translation import gettext
from timely.models.read_only import EventView
from timely.presenters.explanation import why as why_row
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.format_text import formats_text
from timely.presenters.qr_code import qr_svg
from timely.presenters.row import Row
from timely.presenters.rules_text import rules_text
from timely.presenters.table_rows import table_row
from timely.queries.brackets import event_brackets
from timely.queries.explanations import explanation
from timely.queries.schedule import schedule
from timely.queries.tables import each_table, groups_in_order, leaderboard
from timely.web.etags import with_etag
from timely.web.time_slices import in_slices

Context = dict[str, Any]

bp = Blueprint("events", __name__, url_prefix="/events")


def tab(
    template: str,
    slug: str,
    more: Callable[[EventView, Context], Context] = lambda event, context: {},
    outside: Callable[[EventView], Context] = lambda event: {},
) -> ResponseReturnValue:
    """The tab's page, or 304. *more* adds to the context; *outside* gives the part that is not from the database."""
    event = visible_event(slug)
    versions = event_versions(event)
    divisions_shown(event)  # recorded as an argument that the page depends on
    given = outside(event)

    def make() -> str:
        context = event_context(event, versions) | given
        return render_template(template, **context | more(event, context))

    return with_etag(versions, make, event.version, given)


def shared_address(event: EventView) -> Context:
    """The event's address for others, and its QR code; it has the address of this computer."""
    address = page_address(event)
    return {"share_url": address, "qr_svg": qr_svg(address)}


def details(event: EventView, context: Context) -> Context:
    """The context of the first tab only; final places once all games are played, or the event is over."""
    played, games = context["played"]
    has_places = event.state == FINISHED or 0 < games <= played
    return {
        "formats_text": formats_text(event),
        "rules_text": rules_text(event),
        "tables": first_table(event),
        **(places_context(event, leaderboard(event)) if has_places else {}),
    }


def first_table(event: EventView) -> list[Row]:
    """Its first table that has teams; of the others only the ids, as none of them is shown."""
    groups = groups_in_order(event)
    shown = next((table for table in each_table(event, groups=groups) if table.lines), None)
    first = {shown.group.id: table_row(shown)} if shown else {}
    return [first.get(group.id) or {"id": group.id} for group in groups]


@bp.get("/<slug>/")
def show(slug: str) -> ResponseReturnValue:
    return tab("events/details.html", slug, details, shared_address)


@bp.get("/<slug>/leaderboard/", endpoint="leaderboard")
def leaderboard_(slug: str) -> ResponseReturnValue:
    return tab("events/leaderboard.html", slug, lambda event, context: tables_context(event))


def page_for(event: EventView, row: Row, way: str) -> Row:
    """The page where the organiser resolves a tie in this way, if there is one."""
    if way == "drawing_of_lots" and row["group_id"]:
        return {"href": url_for("standings.index", event_id=event.id), "do": gettext("Record the lots")}
    if way == "change_the_order":
        return {"href": url_for("rules.own", event_id=event.id), "do": gettext("Change the order")}
    return {}


@bp.get("/<slug>/leaderboard/<table_id>/<int:team_id>/")
def why(slug: str, table_id: str, team_id: int) -> ResponseReturnValue:
    """Explains the team's position in a table, given a group's id or a comparison's."""

    def explained(event: EventView, context: Context) -> Context:
        found = explanation(event, table_id, team_id)
        if found is None:
            abort(404)
        row = why_row(event, found)
        return {"why": row | {"ways_out": [way | page_for(event, row, way["way"]) for way in row["ways_out"]]}}

    return tab("events/why.html", slug, explained)


@bp.get("/<slug>/schedule/", endpoint="schedule")
def schedule_(slug: str) -> ResponseReturnValue:
    return tab(
        "events/schedule.html",
        slug,
        lambda event, context: {"fixtures": [fixture_row(one) for one in in_slices(schedule(event))]},
    )


@bp.get("/<slug>/bracket/")
def bracket(slug: str) -> ResponseReturnValue:
    def more(event: EventView, context: Context) -> Context:
        found = event_brackets(event)
        return drawn_brackets(event, found) | places_context(event, leaderboard(event), found)

    return tab("events/bracket.html", slug, more)


@bp.get("/<slug>/announcements/")
def announcements(slug: str) -> ResponseReturnValue:
    return tab("events/announcements.html", slug)
