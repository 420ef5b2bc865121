"""Shortages that leave games without a place, as sentences, with remedies."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from timely.domain.timetable.games import Pitch
from timely.domain.timetable.heuristics import by_round, by_what_follows
from timely.domain.timetable.local_times import Clocks, minutes_text, moment_of
from timely.domain.timetable.problem import NEVER, Problem
from timely.domain.timetable.scheduler import Attempt

DAY = 24 * 60 * 60
MOST_TEAMS = 3  # that are named; the others are counted


def shortages(sheet: Problem, pitches: Sequence[Pitch], clocks: Clocks) -> list[str]:
    """The sentences, certain shortages first, without repetition."""
    said = [*_hours(sheet, pitches), *_teams(sheet)]
    if any(not line.pitches for line in sheet.lines):
        said.append("Some games have no pitch that they may be played on: give that pitch its hours, or allow another.")
    longer = _open_for_longer(sheet)
    complete = len(longer.run()) == len(sheet.lines)
    if not said and sheet.rest and _without_rest(sheet):
        said.append(
            f"There are hours enough, but not with {minutes_text(sheet.rest // 60)} of rest between two games "
            "of a team: shorten the rest, add a pitch or lengthen the day."
        )
    if complete:
        number, (pitch, start) = max(longer.placed.items(), key=lambda one: one[1][1] + sheet.lines[one[0]].length)
        end = clocks.at(moment_of(start + sheet.lines[number].length), pitches[pitch].key)
        said.append(f"All of it would fit if every pitch of the last day stayed open until {end}.")
    elif any(line.ceiling < NEVER for line in sheet.lines):
        said.append("Games that are locked or have begun leave too little time before them: unlock or move them.")
    return said or ["The games that wait for each other do not fit into the hours: lengthen the day."]


def _hours(sheet: Problem, pitches: Sequence[Pitch]) -> Iterator[str]:
    """Pitch time needed and available, over all pitches, and over those that some games are restricted to."""
    by_pitches: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for line in sheet.lines:
        if line.pitches:
            by_pitches[line.pitches].append(line.length)
    everywhere = tuple(number for number, pitch in enumerate(pitches) if pitch.hours)
    for kept in dict.fromkeys((everywhere, *by_pitches)):
        lengths = [length for where, each in by_pitches.items() if set(where) <= set(kept) for length in each]
        if not lengths:
            continue
        there, room, days = _room(sheet, kept, min(lengths))
        # No changeover is needed after the last game of a day.
        needed = sum(lengths) + sheet.changeover * max(len(lengths) - days, 0)
        if room >= len(lengths) and needed <= there:
            continue
        what = "The games" if kept == everywhere else f"The games that may only be played on {_names(pitches, kept)}"
        alike = f" (room for {room} of {len(lengths)} games)" if min(lengths) == max(lengths) else ""
        change = f"with {minutes_text(sheet.changeover // 60)} between them " if sheet.changeover else ""
        yield (
            f"{what} {change}need {hours_text(needed)} of pitch time, and there are {hours_text(there)}{alike}: "
            "add a pitch, lengthen the day or shorten the games."
        )


def _room(sheet: Problem, kept: Sequence[int], shortest: int) -> tuple[int, int, int]:
    """The seconds that games can use, room for how many of the shortest, and the number of pieces of time."""
    pieces = [until - since for one in kept for since, until in sheet.free[one] if until - since >= shortest]
    slot = shortest + sheet.changeover
    return sum(pieces), sum((piece + sheet.changeover) // slot for piece in pieces), len(pieces)


def _teams(sheet: Problem) -> Iterator[str]:
    """Teams that have more games than fit with their rests, whatever the number of pitches."""
    blocks: list[list[int]] = []
    for since, until in sorted(one for free in sheet.free for one in free):
        if blocks and since <= blocks[-1][1]:
            blocks[-1][1] = max(blocks[-1][1], until)
        else:
            blocks.append([since, until])
    lengths: dict[int, list[int]] = defaultdict(list)
    names: dict[int, str] = {}
    for line, game in zip(sheet.lines, sheet.games, strict=True):
        for one, side in zip(line.players, (game.home, game.away), strict=True):
            if sheet.known[one]:
                lengths[one].append(line.length)
                names[one] = side.name
    found = []
    for one, each in lengths.items():
        slot = min(each) + sheet.rest
        if len(each) > sum((until - since + sheet.rest) // slot for since, until in blocks):
            found.append((names[one], len(each), sum(each) + sheet.rest * (len(each) - 1)))
    hours = sum(until - since for since, until in blocks)
    for name, count, needed in found[:MOST_TEAMS]:
        yield (
            f"{name} has {count} games, which with {minutes_text(sheet.rest // 60)} of rest between them take "
            f"{hours_text(needed)}, and the pitches are open for {hours_text(hours)}: "
            "shorten the rest or the games, or lengthen the day."
        )
    if len(found) > MOST_TEAMS:
        yield f"So have {len(found) - MOST_TEAMS} more teams."


def _without_rest(sheet: Problem) -> bool:
    lines = [
        replace(
            line,
            before=[(number, 0) for number, _ in line.before],
            spans=[(since + sheet.rest, until - sheet.rest) for since, until in line.spans],
        )
        for line in sheet.lines
    ]
    easier = replace(sheet, lines=lines, rest=0)
    return any(len(Attempt(easier, wish(easier)).run()) == len(lines) for wish in (by_what_follows, by_round))


def _open_for_longer(sheet: Problem) -> Attempt:
    """An attempt in which the pitches of the last day do not close."""
    last = max(sheet.closes, default=0)
    free = []
    for each, closing in zip(sheet.free, sheet.closes, strict=True):
        if closing <= last - DAY // 2:
            free.append(each)
        elif each and each[-1][1] == closing:
            free.append([*each[:-1], (each[-1][0], last + DAY)])
        else:  # a game that stays occupies it until it closes
            free.append([*each, (closing + sheet.changeover, last + DAY)])
    longer = replace(sheet, free=free)
    return Attempt(longer, by_what_follows(longer))


def hours_text(seconds: int) -> str:
    """The duration as `14 h`, `3 h 20 min`, `45 min`, rounded up to minutes."""
    hours, minutes = divmod(-(-seconds // 60), 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes or not hours else "") if part
    )


def _names(pitches: Sequence[Pitch], kept: Sequence[int]) -> str:
    names = [pitches[number].name for number in kept]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
