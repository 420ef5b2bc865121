"""The order of rows: what queries order by and what sort keys say are the same."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from timely.event_file.read import read_event
from timely.extensions import db
from timely.models import Announcement, Event, Fixture, Notification
from timely.presenters.announcement_rows import announcement_row
from timely.presenters.fixture_rows import fixture_row
from timely.queries.announcements import announcements
from timely.queries.schedule import schedule
from timely.services.event_files import import_event
from timely.web.header_notifications import notification_rows

pytestmark = pytest.mark.usefixtures("in_app")

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
DAY = NOON.date()
TEAMS = ["Ash", "Birch", "Cedar", "Dogwood"]


def make_event(games: int = 0) -> Event:
    matches = [{"home": "Ash", "away": "Birch", "round": f"Round {number + 1}"} for number in range(games)]
    return import_event(read_event({"name": "Cup", "sport": "football", "teams": TEAMS, "matches": matches}))


def ids_by_key(rows: Sequence[dict[str, Any]]) -> list[int]:
    """The ids in the order of the sort keys, as a client reads them: through JSON."""
    return [row["id"] for row in sorted(json.loads(json.dumps(rows)), key=lambda row: row["sort_key"])]


def test_fixtures_without_a_day_come_last_and_without_a_time_first_in_their_day() -> None:
    starts: list[tuple[date | None, datetime | None]] = [
        (None, None),
        (DAY, NOON),
        (DAY + timedelta(days=1), None),
        (DAY, NOON + timedelta(microseconds=500_000)),
        (DAY, None),
        (None, None),
        (DAY, NOON),  # as the second
        (DAY, NOON - timedelta(hours=1)),
        (DAY, NOON + timedelta(seconds=1)),
        (DAY - timedelta(days=1), NOON),  # its place is behind UTC
        (DAY, None),
    ]
    event = make_event(len(starts))
    games = db.session.query(Fixture).order_by(Fixture.id).all()
    for game, (start_on, start_at) in zip(games, starts, strict=True):
        game.start_on, game.start_at = start_on, start_at
    db.session.commit()
    db.session.expire_all()
    ordered = schedule(event)
    ids = [game.id for game in games]
    assert [ids.index(one.id) for one in ordered] == [9, 4, 10, 7, 1, 6, 3, 8, 2, 0, 5]
    assert ids_by_key([fixture_row(game) for game in games]) == [one.id for one in ordered]


def test_announcements_are_urgent_first_then_the_newest_then_by_id() -> None:
    event = make_event()
    posts = [
        ("normal", NOON),
        ("urgent", NOON - timedelta(days=1)),
        ("high", NOON + timedelta(microseconds=1)),
        ("urgent", NOON - timedelta(days=2)),
        ("low", NOON),  # as the first
        ("normal", NOON + timedelta(hours=1)),
        ("urgent", NOON - timedelta(days=1)),  # as the second
    ]
    made = [Announcement(event_id=event.id, title="Tea", priority=word, publish_at=at) for word, at in posts]
    db.session.add_all(made)
    db.session.commit()
    db.session.expire_all()
    made.sort(key=lambda one: one.id)
    ordered = announcements(event)
    assert [made.index(one) for one in ordered] == [6, 1, 3, 5, 2, 4, 0]
    assert ids_by_key([announcement_row(one) for one in made]) == [one.id for one in ordered]


def test_notifications_in_the_header_are_urgent_first_then_the_newest() -> None:
    made = [Notification(title="Tea", priority=word) for word in ("urgent", "normal", "urgent", "high")]
    for one in made:
        db.session.add(one)
        db.session.commit()
    (rows,) = notification_rows(None).values()
    assert [row["id"] for row in rows] == [made[place].id for place in (2, 0, 3, 1)]
    assert ids_by_key(rows[::-1]) == [row["id"] for row in rows]
