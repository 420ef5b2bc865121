"""Reasons why a game has no place, as text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from timely.domain.timetable.games import GameKey, Pitch
from timely.domain.timetable.local_times import Clocks, minutes_text, moment_of
from timely.domain.timetable.problem import NEVER, Problem
from timely.domain.timetable.scheduler import Placing
from timely.domain.translation import LazyText, Text, lazy_gettext


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A game that found no place, and the reason."""

    game: GameKey
    reason: Text

    @property
    def why(self) -> str:
        """The reason in the reader's language."""
        return str(self.reason)


def why_unplaced(
    sheet: Problem, pitches: Sequence[Pitch], clocks: Clocks, placed: Mapping[int, Placing], missing: Sequence[int]
) -> Iterator[Unplaced]:
    lost = set(missing)
    for number in missing:
        yield Unplaced(sheet.games[number].key, _why(sheet, pitches, clocks, placed, lost, number))


def _why(
    sheet: Problem,
    pitches: Sequence[Pitch],
    clocks: Clocks,
    placed: Mapping[int, Placing],
    lost: set[int],
    number: int,
) -> LazyText:
    line, game = sheet.lines[number], sheet.games[number]
    if not line.pitches:
        return lazy_gettext("No pitch that it may be played on has any hours.")
    longest = max((until - since for pitch in line.pitches for since, until in sheet.free[pitch]), default=0)
    if longest < line.length:
        return lazy_gettext(
            "It takes %(minutes)s, and no pitch that it may be played on is free for that long.",
            minutes=minutes_text(game.minutes),
        )
    for earlier in line.after:
        if earlier in lost:
            return lazy_gettext("It waits for %(game)s, which has no place.", game=sheet.games[earlier].title)
    last, pitch = max((sheet.free[one][-1][1], one) for one in line.pitches if sheet.free[one])
    if line.ceiling < NEVER and line.ceiling < last:
        return lazy_gettext(
            "It must be over by %(time)s, because what comes after it is locked or has begun.",
            time=clocks.at(moment_of(line.ceiling), pitches[pitch].key),
        )
    rested = line.floor
    who: Text = ""
    for other, (_, start) in placed.items():
        shared = [one for one in sheet.lines[other].players if one in line.rivals]
        over = start + sheet.lines[other].length + sheet.rest
        if shared and over > rested:
            rested = over
            who = next(
                (side.name for side, one in zip((game.home, game.away), line.players, strict=True) if one in shared),
                game.title,
            )
    closing = clocks.at(moment_of(last), pitches[pitch].key)
    if who and rested + line.length > last:
        at = clocks.at(moment_of(rested), pitches[pitch].key)
        return lazy_gettext(
            "%(team)s is rested at %(time)s, too late before %(closing)s.", team=who, time=at, closing=closing
        )
    return lazy_gettext("No pitch is free for it any more; the last one closes at %(time)s.", time=closing)
