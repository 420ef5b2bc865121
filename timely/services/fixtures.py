"""Fixtures: arranged, changed, moved, postponed, cancelled, deleted.

A change that breaks the timetable (pitch, team, rest, order) raises `TimetableBroken`, unless *accepted* is ANYWAY or
the fingerprint of just these violations. Violations that were accepted, and mild ones, are added to *remarks*.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from timely.clock import now
from timely.database.transactions import writing
from timely.domain.timetable import Violation
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.models import Event, Fixture, Pitch, User
from timely.services import audit
from timely.services.advancement import clear_dangling_sources, follow_arranged
from timely.services.errors import RuleBroken, require_current
from timely.services.fixture_audit import action_of, record_change
from timely.services.fixture_details import Arrangement, arrange, audit_values, set_start
from timely.services.side_labels import read_labels
from timely.services.status_words import game_word
from timely.services.timetable_checks import ANYWAY, TimetableCheck

MOST_FIXTURES = 5000

# Means "leave it as it is", where None means "remove it".
KEEP: Any = object()

# Allowed steps by hand. A result finishes a game, and taking it back opens it again.
NEXT = {
    "SCHEDULED": ("LIVE", "POSTPONED", "CANCELLED", "ABANDONED"),
    "LIVE": ("SCHEDULED", "POSTPONED", "CANCELLED", "ABANDONED"),
    "POSTPONED": ("SCHEDULED", "LIVE", "CANCELLED"),
    "CANCELLED": ("SCHEDULED",),
    "ABANDONED": ("SCHEDULED", "CANCELLED"),
    "FINISHED": (),
    "WALKOVER": (),
}


def arrange_fixture(
    event: Event,
    wanted: Arrangement,
    *,
    by: User | None,
    accepted: str = ANYWAY,
    remarks: list[Violation] | None = None,
) -> Fixture:
    """The new fixture. Raises RuleBroken with the field, TimetableBroken."""
    with writing():
        require_room(event, 1)
        watched = TimetableCheck(event)
        fixture = Fixture(event_id=event.id)
        arrange(fixture, event, wanted)
        event.fixtures.append(fixture)
        read_labels(event, fixture)
        _add_remarks(remarks, watched.require(accepted))
        audit.record(
            gettext_noop("arrange game"), title(fixture), by=by, event_id=event.id, after=audit_values(fixture)
        )
        follow_arranged(event)  # a group that was complete has a game left
    return fixture


def change_fixture(
    fixture: Fixture,
    wanted: Arrangement,
    *,
    by: User | None,
    seen_version: int | None = None,
    accepted: str = ANYWAY,
    remarks: list[Violation] | None = None,
) -> None:
    """Saves the change. Raises StaleVersion, TimetableBroken; RuleBroken with the field, as for other teams later."""
    with writing():
        require_current(seen_version, fixture.version)
        watched = TimetableCheck(fixture.event)
        before = audit_values(fixture)
        old = (fixture.home_team_id, fixture.away_team_id, fixture.group_id)
        arrange(fixture, fixture.event, wanted)
        clear_dangling_sources(fixture.event)
        read_labels(fixture.event, fixture)
        new = (
            fixture.home_team.id if fixture.home_team else None,
            fixture.away_team.id if fixture.away_team else None,
            fixture.group.id if fixture.group else None,
        )
        if fixture.result and old != new:
            raise RuleBroken(
                lazy_gettext("This game has a score, so its teams and its table stay. Take the score back first."),
                field="home_team" if old[:2] != new[:2] else "group",
            )
        _reopen(fixture, before["start_on"], before["start_at"])
        _add_remarks(remarks, watched.require(accepted))
        record_change(gettext_noop("change game"), title(fixture), fixture, by, before)
        follow_arranged(fixture.event)


def reschedule(
    fixture: Fixture,
    *,
    start_at: datetime | None = KEEP,
    start_on: date | None = KEEP,
    pitch: Pitch | None = KEEP,
    by: User | None,
    seen_version: int | None = None,
) -> None:
    """Sets another time, day or pitch; what is left out stays. A time sets its day. Raises RuleBroken, StaleVersion."""
    patch(fixture, start_at=start_at, start_on=start_on, pitch=pitch, by=by, seen_version=seen_version)


def set_status(
    fixture: Fixture,
    status: str,
    *,
    by: User | None,
    seen_version: int | None = None,
    remarks: list[Violation] | None = None,
) -> None:
    """Sets the status. Raises RuleBroken for a step that is not allowed, or once there is a score."""
    patch(fixture, status=status, by=by, seen_version=seen_version, remarks=remarks)


def patch(
    fixture: Fixture,
    *,
    start_at: datetime | None = KEEP,
    start_on: date | None = KEEP,
    pitch: Pitch | None = KEEP,
    status: str | None = None,
    by: User | None,
    seen_version: int | None = None,
    accepted: str = ANYWAY,
    remarks: list[Violation] | None = None,
) -> None:
    """Sets time or pitch, and status where one is given, in one transaction. Raises what the other functions raise."""
    with writing():
        require_current(seen_version, fixture.version)
        watched = TimetableCheck(fixture.event)
        before = audit_values(fixture)
        if pitch is not KEEP:
            if pitch is not None and pitch.event_id != fixture.event_id:
                raise RuleBroken(lazy_gettext("That pitch is not one of this event."), field="pitch")
            fixture.pitch = pitch
        if start_at is not KEEP or start_on is not KEEP:
            day = fixture.start_on if start_on is KEEP else start_on
            moment = start_at if start_at is not KEEP else None
            set_start(fixture, ZoneInfo(fixture.timezone), day, moment)
        elif fixture.start_at is not None:
            # Another pitch may be in another time zone, where the same moment may be another day.
            set_start(fixture, ZoneInfo(fixture.timezone), None, fixture.start_at)
        if status is None:
            _reopen(fixture, before["start_on"], before["start_at"])
        elif status != fixture.status:
            require_step(fixture, status)
            fixture.status = status
        _add_remarks(remarks, watched.require(accepted))
        record_change(action_of(before, fixture), title(fixture), fixture, by, before)
        if status is not None:
            follow_arranged(fixture.event)  # a group may be complete without it


def delete_fixture(fixture: Fixture, *, by: User | None) -> None:
    """Raises RuleBroken once there is a score."""
    with writing():
        if fixture.result:
            raise RuleBroken(lazy_gettext("This game has a score. Take the score back first, or call the game off."))
        audit.record(
            gettext_noop("delete game"), title(fixture), by=by, event_id=fixture.event_id, before=audit_values(fixture)
        )
        event = fixture.event
        event.fixtures.remove(fixture)
        clear_dangling_sources(event)
        follow_arranged(event)


def delete_unplayed(event: Event, *, by: User | None) -> int:
    """Deletes all games that have no score and have not begun, and returns how many."""
    with writing():
        fixtures = unplayed(event.fixtures)
        for fixture in fixtures:
            event.fixtures.remove(fixture)
        if fixtures:
            before = {"games": len(fixtures)}
            audit.record(gettext_noop("delete unplayed games"), event.name, by=by, event_id=event.id, before=before)
            clear_dangling_sources(event)
            follow_arranged(event)
    return len(fixtures)


def unplayed(fixtures: Iterable[Fixture]) -> list[Fixture]:
    return [fixture for fixture in fixtures if not fixture.result and fixture.status_now != "LIVE"]


def require_step(fixture: Fixture, status: str) -> None:
    """Raises RuleBroken if the game cannot become *status* by hand."""
    if fixture.result:
        raise RuleBroken(lazy_gettext("This game has a score. Take the score back first."), field="status")
    if status in ("FINISHED", "WALKOVER"):
        raise RuleBroken(lazy_gettext("Enter the result; that finishes the game."), field="status")
    if status not in NEXT[fixture.status]:
        raise RuleBroken(
            lazy_gettext(
                "A game that is %(state)s cannot become %(wanted)s. Put it back on the schedule first.",
                state=game_word(fixture.status),
                wanted=game_word(status),
            ),
            field="status",
        )
    if status == "LIVE" and not (fixture.home_team and fixture.away_team):
        raise RuleBroken(lazy_gettext("The teams of this game are not known yet."), field="status")


def require_room(event: Event, more: int) -> None:
    """Raises RuleBroken if the event cannot hold *more* games."""
    room = MOST_FIXTURES - len(event.fixtures)
    if more > room:
        raise RuleBroken(
            lazy_gettext(
                "An event holds at most %(most)s games; there is room for %(room)s more.",
                most=MOST_FIXTURES,
                room=max(room, 0),
            )
        )


def title(fixture: Fixture) -> str:
    return f"{fixture.home_name} – {fixture.away_name}"


def _add_remarks(remarks: list[Violation] | None, found: list[Violation]) -> None:
    if remarks is not None:
        remarks.extend(found)


def _reopen(fixture: Fixture, start_on: str | None, start_at: str | None) -> None:
    """Reschedules a postponed game that has a new day, and a LIVE one whose new time is in the future."""
    after = audit_values(fixture)
    if (after["start_on"], after["start_at"]) == (start_on, start_at):
        return
    has_day_again = fixture.status == "POSTPONED" and fixture.start_on is not None
    is_still_to_come = fixture.start_at is not None and fixture.start_at > now()
    if has_day_again or (fixture.status == "LIVE" and not fixture.result and is_still_to_come):
        fixture.status = "SCHEDULED"
