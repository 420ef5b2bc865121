"""Shortages that leave games without a place, as sentences, with remedies."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from timely.domain.timetable.games import Pitch
from timely.domain.timetable.heuristics import by_round, by_what_follows
from timely.domain.timetable.local_times import Clocks, minutes_text, moment_of
from timely.domain.timetable.problem import NEVER, Problem
from timely.domain.timetable.scheduler import Attempt
from timely.domain.translation import LazyText, Text, lazy_gettext, lazy_ngettext

DAY = 24 * 60 * 60
MOST_TEAMS = 3  # that are named; the others are counted


def shortages(sheet: Problem, pitches: Sequence[Pitch], clocks: Clocks) -> list[LazyText]:
    """The sentences, certain shortages first, without repetition."""
    said = [*_hours(sheet, pitches), *_teams(sheet)]
    if any(not line.pitches for line in sheet.lines):
        said.append(
            lazy_gettext(
                "Some games have no pitch that they may be played on: give that pitch its hours, or allow another."
            )
        )
    longer = _open_for_longer(sheet)
    complete = len(longer.run()) == len(sheet.lines)
    if not said and sheet.rest and _without_rest(sheet):
        said.append(
            lazy_gettext(
                "There are hours enough, but not with %(rest)s of rest between two games of a team: "
                "shorten the rest, add a pitch or lengthen the day.",
                rest=minutes_text(sheet.rest // 60),
            )
        )
    if complete:
        number, (pitch, start) = max(longer.placed.items(), key=lambda one: one[1][1] + sheet.lines[one[0]].length)
        end = clocks.at(moment_of(start + sheet.lines[number].length), pitches[pitch].key)
        said.append(
            lazy_gettext("All of it would fit if every pitch of the last day stayed open until %(time)s.", time=end)
        )
    elif any(line.ceiling < NEVER for line in sheet.lines):
        said.append(
            lazy_gettext("Games that are locked or have begun leave too little time before them: unlock or move them.")
        )
    return said or [lazy_gettext("The games that wait for each other do not fit into the hours: lengthen the day.")]


def _hours(sheet: Problem, pitches: Sequence[Pitch]) -> Iterator[LazyText]:
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
        hours: Text = hours_text(there)
        if min(lengths) == max(lengths):
            hours = lazy_gettext(
                "%(hours)s (room for %(room)s of %(games)s games)", hours=hours, room=room, games=len(lengths)
            )
        names = None if kept == everywhere else _names(pitches, kept)
        yield _too_few_hours(hours_text(needed), hours, sheet.changeover // 60, names)


def _too_few_hours(needed: Text, there: Text, changeover: int, pitches: Text | None) -> LazyText:
    """*pitches* are those that the games are restricted to, if they are."""
    values = {"needed": needed, "there": there, "changeover": minutes_text(changeover), "pitches": pitches}
    if pitches is None and changeover:
        return lazy_gettext(
            "The games with %(changeover)s between them need %(needed)s of pitch time, and there are %(there)s: "
            "add a pitch, lengthen the day or shorten the games.",
            **values,
        )
    if pitches is None:
        return lazy_gettext(
            "The games need %(needed)s of pitch time, and there are %(there)s: "
            "add a pitch, lengthen the day or shorten the games.",
            **values,
        )
    if changeover:
        return lazy_gettext(
            "The games that may only be played on %(pitches)s with %(changeover)s between them need %(needed)s of "
            "pitch time, and there are %(there)s: add a pitch, lengthen the day or shorten the games.",
            **values,
        )
    return lazy_gettext(
        "The games that may only be played on %(pitches)s need %(needed)s of pitch time, and there are %(there)s: "
        "add a pitch, lengthen the day or shorten the games.",
        **values,
    )


def _room(sheet: Problem, kept: Sequence[int], shortest: int) -> tuple[int, int, int]:
    """The seconds that games can use, room for how many of the shortest, and the number of pieces of time."""
    pieces = [until - since for one in kept for since, until in sheet.free[one] if until - since >= shortest]
    slot = shortest + sheet.changeover
    return sum(pieces), sum((piece + sheet.changeover) // slot for piece in pieces), len(pieces)


def _teams(sheet: Problem) -> Iterator[LazyText]:
    """Teams that have more games than fit with their rests, whatever the number of pitches."""
    blocks: list[list[int]] = []
    for since, until in sorted(one for free in sheet.free for one in free):
        if blocks and since <= blocks[-1][1]:
            blocks[-1][1] = max(blocks[-1][1], until)
        else:
            blocks.append([since, until])
    lengths: dict[int, list[int]] = defaultdict(list)
    names: dict[int, Text] = {}
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
        yield lazy_gettext(
            "%(team)s has %(games)s games, which with %(rest)s of rest between them take %(needed)s, and the pitches "
            "are open for %(hours)s: shorten the rest or the games, or lengthen the day.",
            team=name,
            games=count,
            rest=minutes_text(sheet.rest // 60),
            needed=hours_text(needed),
            hours=hours_text(hours),
        )
    if len(found) > MOST_TEAMS:
        yield lazy_ngettext("So has %(num)s more team.", "So have %(num)s more teams.", len(found) - MOST_TEAMS)


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


def hours_text(seconds: int) -> LazyText:
    """The duration as `14 h`, `3 h 20 min`, `45 min`, rounded up to minutes."""
    hours, minutes = divmod(-(-seconds // 60), 60)
    if hours and minutes:
        return lazy_gettext("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes)
    return lazy_gettext("%(hours)s h", hours=hours) if hours else lazy_gettext("%(minutes)s min", minutes=minutes)


def _names(pitches: Sequence[Pitch], kept: Sequence[int]) -> Text:
    names = [pitches[number].name for number in kept]
    if len(names) == 1:
        return names[0]
    return lazy_gettext("%(names)s and %(last)s", names=", ".join(names[:-1]), last=names[-1])
