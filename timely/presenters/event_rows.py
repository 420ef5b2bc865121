"""Events and their progress as dicts, shared by page, API and live message."""

from collections.abc import Sequence

from timely.domain.translation import gettext
from timely.models.columns import is_unreadable
from timely.models.read_only import EventView, FixtureView
from timely.presenters.date_text import dates_text, time_with_seconds_text
from timely.presenters.leaderboard_rows import tied_text
from timely.presenters.row import Row
from timely.presenters.score_text import played_text, result_text
from timely.presenters.state_text import EVENT_STATE_TEXT
from timely.presenters.unreadable_rows import UNREADABLE
from timely.queries.public_view import HELD_TEXT


def event_card(event: EventView) -> Row:
    """An event in a list, where nothing is said of its games."""
    return {
        "event_id": event.id,
        "slug": event.slug,
        "name": event.name,
        "sport": event.sport,
        "sport_text": gettext(event.sport_kind.name) if event.sport_kind.key != "generic" else event.sport.capitalize(),
        "season": event.season,
        "status": event.status,
        "status_text": str(UNREADABLE if is_unreadable(event.status) else EVENT_STATE_TEXT[event.state]),
        "state": event.state,
        "starts_on": event.starts_on.isoformat() if event.starts_on else None,
        "ends_on": event.ends_on.isoformat() if event.ends_on else None,
        "dates_text": dates_text(event.starts_on, event.ends_on),
        "place": event.place,
        "timezone": event.timezone,
        "details": event.details,
        "accent": event.accent,
    }


def event_row(event: EventView, played: tuple[int, int]) -> Row:
    """An event for its header and details tab. *played* is (games with a result, all games)."""
    return {
        **event_card(event),
        "played_text": played_text(played),
        "held_text": str(HELD_TEXT) if event.frozen is not None else "",
    }


def event_entry(event: EventView) -> Row:
    """One event for the API's list."""
    return {
        "id": event.id,
        "slug": event.slug,
        "name": event.name,
        "sport": event.sport,
        "status": event.status,
        "state": event.state,
        "starts_on": event.starts_on.isoformat() if event.starts_on else None,
        "ends_on": event.ends_on.isoformat() if event.ends_on else None,
    }


def progress_row(
    event: EventView, latest: FixtureView | None, played: tuple[int, int], tables: Sequence[Row] = ()
) -> Row:
    """The texts around the tables: the latest result and its time, games played, and whether teams are level."""
    saved_at = latest.result.entered_at.astimezone(event.zone) if latest and latest.result else None
    return {
        "updated_text": time_with_seconds_text(saved_at) if saved_at else "",
        "latest_text": result_text(latest) if latest else "",
        "played_text": played_text(played),
        "tied_text": tied_text(tables),
    }
