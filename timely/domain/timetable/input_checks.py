"""Checks the input of the scheduler: whether games and pitches make sense at all."""

from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from timely.domain.errors import ValidationError
from timely.domain.list_text import both
from timely.domain.timetable.games import Game, GameKey, Pitch, Spacing
from timely.domain.translation import lazy_gettext
from timely.domain.validation import whole_number

MOST_MINUTES = 7 * 24 * 60


def check(games: Sequence[Game], pitches: Sequence[Pitch], spacing: Spacing) -> None:
    """Raises ValidationError for impossible input: a game twice, a time without a zone, games that wait in a circle."""
    whole_number(spacing.changeover_minutes, "changeover_minutes", 0, MOST_MINUTES)
    whole_number(spacing.rest_minutes, "rest_minutes", 0, MOST_MINUTES)
    whole_number(spacing.step_minutes, "step_minutes", 1, 60)
    _once("games", (game.key for game in games))
    _once("pitches", (pitch.key for pitch in pitches))
    for pitch in pitches:
        _check_pitch(pitch)
    there = {game.key for game in games}
    for game in games:
        path = f"games[{game.title}]"
        whole_number(game.minutes, f"{path}.minutes", 1, MOST_MINUTES)
        if game.home.team is not None and game.home.team == game.away.team:
            raise ValidationError(path, lazy_gettext("%(team)s cannot play itself", team=game.home.name))
        if game.booking:
            require_zone(game.booking.start_at, f"{path}.start_at")
        for key in game.after:
            if key not in there:
                raise ValidationError(f"{path}.after", lazy_gettext("waits for a game that is not among these"))
    in_order(games)


def require_zone(moment: datetime, path: str) -> None:
    if moment.utcoffset() is None:
        raise ValidationError(path, lazy_gettext("needs a time with its zone"))


def in_order(games: Sequence[Game]) -> list[GameKey]:
    """The keys, each game after those it waits for. Raises ValidationError if some wait for each other."""
    waiting = {game.key: len(set(game.after)) for game in games}
    following: dict[GameKey, list[GameKey]] = {game.key: [] for game in games}
    for game in games:
        for key in set(game.after):
            following[key].append(game.key)
    found = [key for key, count in waiting.items() if not count]
    for key in found:  # grows during the loop
        for other in following[key]:
            waiting[other] -= 1
            if not waiting[other]:
                found.append(other)
    if len(found) < len(games):
        stuck = [game.title for game in games if waiting[game.key]]
        raise ValidationError("games", lazy_gettext("%(games)s wait for each other", games=both(stuck[:3])))
    return found


def _check_pitch(pitch: Pitch) -> None:
    path = f"pitches[{pitch.name}]"
    try:
        ZoneInfo(pitch.timezone)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError(
            f"{path}.timezone", lazy_gettext("there is no time zone %(zone)s", zone=repr(pitch.timezone))
        ) from error
    for hours in pitch.hours:
        require_zone(hours.opens_at, f"{path}.hours")
        require_zone(hours.closes_at, f"{path}.hours")
        if hours.closes_at.timestamp() <= hours.opens_at.timestamp():
            raise ValidationError(f"{path}.hours", lazy_gettext("%(pitch)s closes before it opens", pitch=pitch.name))


def _once(path: str, keys: Iterable[Hashable]) -> None:
    seen: set[Hashable] = set()
    for key in keys:
        if key in seen:
            raise ValidationError(path, lazy_gettext("%(key)s is there twice", key=repr(key)))
        seen.add(key)
