"""Template context of an event's tabs."""

from collections.abc import Sequence
from typing import Any

from flask import abort, request, url_for
from flask_login import current_user

from timely import access
from timely.live.topics import EVENT_KEYS, topic_of, versions_by_key
from timely.models.read_only import EventView
from timely.models.topic import NOTIFICATIONS
from timely.presenters.announcement_rows import announcement_row
from timely.presenters.comparison_rows import comparison_row
from timely.presenters.event_rows import event_row, progress_row
from timely.presenters.final_places import final_places_row
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.leaderboard_rows import tied_text
from timely.presenters.row import Row
from timely.presenters.rules_text import legend
from timely.presenters.table_rows import table_row
from timely.queries.announcements import announcements
from timely.queries.brackets import EventBracket, has_bracket
from timely.queries.comparisons import comparisons
from timely.queries.events import event_by_slug
from timely.queries.final_places import final_places
from timely.queries.public_view import as_public
from timely.queries.qualifying import zones_to_come
from timely.queries.schedule import latest_result, next_up, on_now, played_count
from timely.queries.tables import Table, leaderboard
from timely.queries.versions import epoch, versions_of
from timely.web.language_choice import use_event_language
from timely.web.query_arguments import chosen_argument


def visible_event(slug: str) -> EventView:
    """The event as the public sees it; 404 if the visitor may not, so a draft looks as if it did not exist."""
    event = event_by_slug(slug)
    if event is None or not access.may_see(current_user, event, key_sent(event)):
        abort(404)
    use_event_language(event)
    return as_public(event)


def key_sent(event: EventView) -> str | None:
    """The key in the address of a private event; not read for others, so that it does not split their cached pages."""
    return request.args.get("key") if event.visibility == "private" else None


def public_event_row(event: EventView, played: tuple[int, int] | None = None) -> Row:
    """The event for its head. *played* is (games with a result, all games) if the caller knows it."""
    event = as_public(event)
    return {**event_row(event, played or played_count(event)), "href": url_for("events.show", slug=event.slug)}


def event_versions(event: EventView) -> dict[str, int]:
    """{short name: version} of the event's topics."""
    # With that of the notifications to everybody, which a page shows too.
    found = versions_of([*(topic_of(event.id, key) for key in EVENT_KEYS), NOTIFICATIONS])
    return versions_by_key(event.id, found)


def divisions_shown(event: EventView) -> dict[str, Any]:
    """The divisions, and the id of the chosen one (None: all)."""
    ids = {str(division.id): division.id for division in event.divisions}
    return {
        "divisions": [{"id": division.id, "name": division.name} for division in event.divisions],
        "division_id": ids.get(chosen_argument("division", ids)),
    }


def live_of(event: EventView, versions: dict[str, int]) -> dict[str, Any]:
    """The script's subscription to the event."""
    live: dict[str, Any] = {
        "event_id": event.id,
        "topics": list(EVENT_KEYS),
        "versions": versions,
        "epoch": epoch(),
    }
    if key_sent(event):
        live["key"] = key_sent(event)
    return live


def event_context(event: EventView, versions: dict[str, int]) -> dict[str, Any]:
    """The context of every tab and of the display: the event, what is on and what comes next, what was announced."""
    played = played_count(event)
    now = on_now(event)
    return {
        "event": public_event_row(event, played),
        "played": played,
        "on_now": [fixture_row(fixture) for fixture in now],
        "next_up": [fixture_row(fixture) for fixture in next_up(event)],
        "announcements": [announcement_row(announcement) for announcement in announcements(event)],
        **progress_row(event, latest_result(event, now), played),
        "has_bracket": has_bracket(event),
        **divisions_shown(event),
        "key": key_sent(event) or "",
        "versions": versions,
        "live": live_of(event, versions),
        "may_manage": access.may_manage(current_user, event),
        "may_enter_results": access.may_enter_results(current_user, event),
    }


def places_context(
    event: EventView, boards: Sequence[Table], brackets: Sequence[EventBracket] | None = None
) -> dict[str, Any]:
    """The final places, given the event's tables, and its brackets if they have been read."""
    return {"final_places": [final_places_row(one) for one in final_places(event, boards, brackets)]}


def tables_context(event: EventView, brackets: Sequence[EventBracket] | None = None) -> dict[str, Any]:
    """All tables with their legend, and the final places; given the brackets if they have been read."""
    boards = leaderboard(event)
    tables = [table_row(table) for table in boards]
    compared = [comparison_row(one) for one in comparisons(event, boards)]
    return {
        "tables": tables,
        "comparisons": compared,
        "legend": legend([*tables, *compared], zones_to_come([table.ways for table in boards])),
        "tied_text": tied_text(tables),
        **places_context(event, boards, brackets),
    }
