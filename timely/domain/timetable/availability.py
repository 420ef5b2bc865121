"""Availability of pitches: their hours, less the games that stay booked on them."""

from collections import defaultdict
from collections.abc import Sequence

from timely.domain.timetable.games import Game, Pitch, PitchKey, Spacing
from timely.domain.timetable.local_times import seconds

Opening = tuple[int, int]  # from, until, in seconds since 1970


def openings(pitches: Sequence[Pitch], staying: Sequence[Game], spacing: Spacing) -> list[list[Opening]]:
    """For each pitch its free times, in order and not adjacent."""
    between = spacing.changeover_minutes * 60
    taken: dict[PitchKey, list[Opening]] = defaultdict(list)
    for game in staying:
        if game.booking:
            start = seconds(game.booking.start_at)
            taken[game.booking.pitch].append((start - between, start + game.minutes * 60 + between))
    return [_less(_hours(pitch), sorted(taken[pitch.key])) for pitch in pitches]


def _hours(pitch: Pitch) -> list[Opening]:
    found: list[Opening] = []
    for start, end in sorted((seconds(one.opens_at), seconds(one.closes_at)) for one in pitch.hours):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _less(hours: Sequence[Opening], taken: Sequence[Opening]) -> list[Opening]:
    found = []
    waiting = list(reversed(taken))
    for start, end in hours:
        while waiting and waiting[-1][0] < end:
            begin, over = waiting[-1]
            if begin > start:
                found.append((start, begin))
            start = max(start, over)
            if over >= end:
                break  # it may reach into the next hours
            waiting.pop()
        if start < end:
            found.append((start, end))
    return found
