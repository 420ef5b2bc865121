"""Moves games along when their event is moved to another day: each keeps its local time."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from timely.clock import local_moment
from timely.domain.errors import ValidationError
from timely.domain.translation import lazy_gettext
from timely.models import Event, Fixture
from timely.presenters.round_text import away_name, home_name
from timely.queries.timetables import has_begun, settings_of
from timely.services.errors import RuleBroken
from timely.services.fixture_details import set_start


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Games that would stay on the old days: how many, and the first and the last of their days."""

    games: int
    moved_from: date  # the event's first day so far
    first: date
    last: date


def left_behind(event: Event, starts_on: date | None) -> LeftBehind | None:
    """The games left behind if the event began on *starts_on*; None if there are none, or if it does not move."""
    if event.starts_on is None or starts_on is None or starts_on == event.starts_on:
        return None
    days = [game.start_on for game in movable(event) if game.start_on is not None]
    return LeftBehind(len(days), event.starts_on, min(days), max(days)) if days else None


def movable(event: Event) -> list[Fixture]:
    """Games with a day that have not begun; one that was cancelled stays on the day that was announced."""
    return [
        game
        for game in event.fixtures
        if game.start_on is not None and game.status in ("SCHEDULED", "POSTPONED") and not has_begun(game)
    ]


def move_games(event: Event, days: int) -> int:
    """Moves all games and days of the timetable by *days*, inside the running transaction; returns how many games.

    Raises RuleBroken for a local time that does not exist on the new day.
    """
    games = movable(event)
    for game in games:
        zone = ZoneInfo(game.timezone)
        try:
            if game.start_at is not None:
                local = game.start_at.astimezone(zone)
                moment = local_moment(local.date() + timedelta(days=days), local.time(), zone)
                set_start(game, zone, None, moment)
            elif game.start_on is not None:
                set_start(game, zone, game.start_on + timedelta(days=days), None)
        except ValidationError as fault:
            title = f"{home_name(game)} – {away_name(game)}"
            raise RuleBroken(
                lazy_gettext("%(title)s cannot move there: %(fault)s.", title=title, fault=fault.text),
                field="starts_on",
            ) from fault
    if event.timetable is not None:
        settings = settings_of(event)
        moved = tuple(replace(one, day=one.day + timedelta(days=days)) for one in settings.days)
        event.timetable = replace(settings, days=moved).as_dict()
    return len(games)
