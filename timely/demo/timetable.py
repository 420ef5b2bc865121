"""Timetable of the example event: a slot every quarter of an hour, one game on each pitch."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import zip_longest
from zoneinfo import ZoneInfo

from timely.database.transactions import writing
from timely.models import Event, Fixture
from timely.queries.schedule import recorded_fixtures
from timely.services import fixtures
from timely.services.events import EventDetails, change_event, details_of

PITCHES = ("Pitch 1", "Pitch 2")
APART = timedelta(minutes=15)
FAR_OFF = timedelta(hours=1)


def first_free(moment: datetime) -> datetime:
    """The start of the next games, chosen so that those before them have been on for a few minutes."""
    even = moment.replace(minute=moment.minute - moment.minute % 5, second=0, microsecond=0)
    return even + timedelta(minutes=10)


def slot(place: int, begun: int, free: datetime) -> datetime:
    """The time of the game at *place* in the order of the day, of which *begun* have begun."""
    return free + (place - begun) // len(PITCHES) * APART


def has_begun(game: Fixture) -> bool:
    return game.result is not None or game.status == "LIVE"


def is_out_of_date(event: Event, moment: datetime) -> bool:
    """Whether the last game that began did so hours ago: the laptop was closed, or it is another day."""
    begun = [game for game in recorded_fixtures(event) if has_begun(game) and game.start_at]
    return any(abs(moment - game.start_at) > FAR_OFF for game in begun[-1:] if game.start_at)


def lay_out(event: Event, moment: datetime) -> None:
    """Moves the games around *moment*: those that have begun before it, the others after it, by their rounds."""
    with writing():
        games = [game for game in recorded_fixtures(event) if has_begun(game) or game.status == "SCHEDULED"]
        begun = [game for game in games if has_begun(game)]
        begun.sort(key=lambda game: game.status == "LIVE")
        coming = sorted((game for game in games if not has_begun(game)), key=lambda game: game.id)
        past, free = by_slots(begun), first_free(moment)
        for number, together in enumerate([*past, *by_slots(coming)], -len(past)):
            for pitch, game in zip_longest(event.pitches[: len(together)], together):
                start_at = free + number * APART
                pitch = pitch or game.pitch
                if (game.start_at, game.pitch) != (start_at, pitch):
                    fixtures.patch(game, start_at=start_at, pitch=pitch, by=None)
        today = moment.astimezone(ZoneInfo(event.timezone)).date()
        if not event.starts_on or not event.ends_on or not event.starts_on <= today <= event.ends_on:
            details = details_of(event) | {"starts_on": today, "ends_on": today}
            change_event(event, EventDetails(**details), by=None)


def by_slots(games: Sequence[Fixture]) -> list[list[Fixture]]:
    """The games in order, as many at a time as there are pitches; no team plays two of them at once."""
    left, found = list(games), []
    while left:
        together: list[Fixture] = []
        playing: set[int | None] = set()
        for game in left:
            if len(together) < len(PITCHES) and not playing & {game.home_team_id, game.away_team_id}:
                together.append(game)
                playing |= {game.home_team_id, game.away_team_id}
        left = [game for game in left if game not in together]
        found.append(together)
    return found
