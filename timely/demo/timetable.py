"""When the games of the example event are: a slot every quarter of an hour, one game on each pitch."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from timely.database import writing
from timely.models import Event, Fixture
from timely.queries.schedule import schedule
from timely.services import fixtures
from timely.services.events import EventDetails, change_event, details_of

PITCHES = ("Pitch 1", "Pitch 2")
APART = timedelta(minutes=15)
FAR_OFF = timedelta(hours=1)


def first_free(moment: datetime) -> datetime:
    """When the next games begin, so that those before them have been on for a few minutes."""
    even = moment.replace(minute=moment.minute - moment.minute % 5, second=0, microsecond=0)
    return even + timedelta(minutes=10)


def slot(place: int, begun: int, free: datetime) -> datetime:
    """The time of the game at *place* in the order of the day, of which *begun* have begun."""
    return free + (place - begun) // len(PITCHES) * APART


def has_begun(game: Fixture) -> bool:
    return game.result is not None or game.status == "LIVE"


def is_out_of_date(event: Event, moment: datetime) -> bool:
    """Whether the last game that began did so hours ago: the laptop was closed, or it is another day."""
    begun = [game for game in schedule(event) if has_begun(game) and game.start_at]
    return any(abs(moment - game.start_at) > FAR_OFF for game in begun[-1:] if game.start_at)


def lay_out(event: Event, moment: datetime) -> None:
    """Lays the games around *moment*, in the order in which they stand."""
    with writing():
        games = [game for game in schedule(event) if has_begun(game) or game.status == "SCHEDULED"]
        games.sort(key=lambda game: not has_begun(game))
        begun, free = sum(map(has_begun, games)), first_free(moment)
        for place, game in enumerate(games):
            start_at = slot(place, begun, free)
            if game.start_at != start_at:
                fixtures.patch(game, start_at=start_at, by=None)
        today = moment.astimezone(ZoneInfo(event.timezone)).date()
        if not event.starts_on or not event.ends_on or not event.starts_on <= today <= event.ends_on:
            details = details_of(event) | {"starts_on": today, "ends_on": today}
            change_event(event, EventDetails(**details), by=None)
