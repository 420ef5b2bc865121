"""Spectator counts with their charts, as rows shared by the page and its script."""

import time
from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import url_for

from timely.domain.translation import gettext, ngettext
from timely.live import presence
from timely.models import Event
from timely.presenters.chart import HEIGHT, SMALL_HEIGHT, SMALL_WIDTH, WIDTH, area, bar, line
from timely.presenters.number_text import grouped
from timely.presenters.row import Row

SPAN = presence.KEPT_SAMPLES * presence.SAMPLE_EVERY


def watching_text(number: int) -> str:
    return ngettext("%(count)s watching", "%(count)s watching", number, count=grouped(number))


def event_numbers(event: Event) -> Row:
    """The count shown on the event's results desk."""
    watching = presence.count().by_event[event.id]
    return {"watching": watching, "watching_text": watching_text(watching)}


def numbers(events: list[Event]) -> dict[str, Any]:
    """Counts in all, and by event (of *events*), transport and page; each with its chart."""
    count, history, end = presence.count(), presence.history(), time.monotonic()
    samples = [(one.at, one.total) for one in history] + [(end, count.total)]
    points = line(samples, SPAN, end, WIDTH, HEIGHT)
    most = max(number for _, number in samples)
    return {
        "watching": count.total,
        "watching_text": watching_text(count.total),
        "most_text": _most_text(most) if len(history) > 1 or not most else "",
        "line": points,
        "area": area(points, HEIGHT),
        "events": [_event_row(event, count, history, end) for event in _in_order(events, count.by_event)],
        "pipes": _rows(count.by_transport, presence.TRANSPORTS),
        "pages": _rows(count.by_page, {**presence.PAGES, "": presence.OTHER_PAGE}),
    }


def _most_text(most: int) -> str:
    if not most:
        return gettext("Nobody yet. The page Today has the QR code for them.")
    return ngettext(
        "%(count)s at most in the last hour", "%(count)s at most in the last hour", most, count=grouped(most)
    )


def _in_order(events: list[Event], by_event: Counter[int]) -> list[Event]:
    """Events with spectators, most first, and events that are on."""
    shown = [event for event in events if by_event[event.id] or event.status == "LIVE"]
    return sorted(shown, key=lambda event: (-by_event[event.id], event.name.casefold(), event.id))


def _event_row(event: Event, count: presence.Count, history: list[presence.Count], end: float) -> Row:
    number = count.by_event[event.id]
    samples = [(one.at, one.by_event[event.id]) for one in history] + [(end, number)]
    return {
        "id": event.id,
        "name": event.name,
        "href": url_for("events.show", slug=event.slug),
        "count": number,
        "count_text": grouped(number),
        "line": line(samples, SPAN, end, SMALL_WIDTH, SMALL_HEIGHT),
    }


def _rows(counts: Counter[str], names: Mapping[str, str]) -> list[Row]:
    """A row with a bar for each named key, and for any other key that was counted."""
    keys = [*names, *sorted(key for key in counts if key not in names)]
    most = max(counts.values(), default=0)
    return [
        {
            "id": key or "other",
            "name": gettext(names.get(key, key)),
            "count": counts[key],
            "count_text": grouped(counts[key]),
            "bar": bar(counts[key], most),
        }
        for key in keys
    ]
