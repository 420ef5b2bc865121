"""Dashboard of the day: what the organisers' first page shows of each event."""

from typing import Any

from flask import url_for
from flask_login import current_user

from timely import access
from timely.blueprints.delay_form import late_form
from timely.blueprints.event_urls import page_address
from timely.blueprints.lot_form import urgent_lot_forms
from timely.domain.game_states import TO_COME
from timely.models import Event
from timely.presenters.desk_sections import section_of
from timely.presenters.event_rows import event_row
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.next_step import next_step
from timely.presenters.qr_code import qr_svg
from timely.queries.event_counts import event_counts
from timely.queries.schedule import schedule

SHOWN = 4
NEEDING_ATTENTION = ("LIVE", "PUBLISHED", "DRAFT")


def needing_attention(events: list[Event]) -> list[Event]:
    """The events that still need attention: those that are on first, then by day."""
    return sorted(
        (event for event in events if event.status in NEEDING_ATTENTION),
        key=lambda event: (
            event.status != "LIVE",
            event.starts_on is None,
            event.starts_on.isoformat() if event.starts_on else "",
            event.id,
        ),
    )


def event_summary(event: Event) -> dict[str, Any]:
    """One event: missing results, games on now and next, the next step, and its public address."""
    games: dict[str, list[Any]] = {"due": [], "now": [], "pending": [], "coming": [], "done": []}
    for fixture in schedule(event):
        if access.may_enter_result(current_user, fixture):
            games[section_of(fixture)].append(fixture)
    counts = event_counts([event])[event.id]
    manages = access.may_manage(current_user, event)
    address = page_address(event, as_chosen=True)
    return {
        "event": event_row(event, (counts.played, counts.games)),
        "missing": [fixture_row(fixture) for fixture in games["due"][:SHOWN]],
        "missing_count": len(games["due"]),
        "pending_count": len(games["pending"]),
        "on_now": [fixture_row(fixture) for fixture in games["now"][:SHOWN]],
        "next_up": [fixture_row(one) for one in games["coming"] if one.state in TO_COME][:SHOWN],
        "step": next_step(event, counts) if manages else None,
        "manages": manages,
        "ties": urgent_lot_forms(event) if manages else [],
        "late_form": late_form(event) if manages and event.status == "LIVE" and games["coming"] else None,
        "results_href": url_for("results.desk", event=event.id),
        "share_url": address,
        "qr_svg": qr_svg(address) if event.is_published else "",
    }
