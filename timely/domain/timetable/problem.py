"""Scheduler input: games and pitches as plain numbers, computed once for all attempts."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from timely.domain.timetable.availability import Opening, openings
from timely.domain.timetable.conflicts import Conflicts, Known, Player
from timely.domain.timetable.games import Game, Pitch, Spacing
from timely.domain.timetable.input_checks import in_order
from timely.domain.timetable.local_times import seconds

NEVER = 1 << 62


@dataclass(slots=True)
class Line:
    """One game that is to be placed. Times are in seconds since 1970, lengths in seconds."""

    length: int
    pitches: tuple[int, ...]  # where it may be played
    players: tuple[int, ...]
    rivals: tuple[int, ...]  # the players that must not be elsewhere meanwhile, its own included
    spans: list[Opening]  # when games that stay keep them busy, the rest on either side included
    after: list[int]  # the lines it waits for
    before: list[tuple[int, int]]  # (line that waits for it, seconds of rest)
    round: tuple[int, int] | None  # (division, number of the round in it from 0)
    floor: int = 0  # earliest start, because of games that stay
    ceiling: int = NEVER  # latest end, because of games that stay
    tail: int = 0  # least seconds that the games after it take, one after the other


@dataclass(slots=True)
class Problem:
    lines: list[Line]
    games: list[Game]  # the same games, as they were given
    free: list[list[Opening]]
    closes: list[int]  # when each pitch closes for the last time; 0 for one without hours
    players: int
    known: list[bool]  # of each player: whether it is a known team
    rounds: list[list[list[int]]]  # of each division, of each of its rounds: the lines
    changeover: int
    rest: int
    step: int


def problem(games: Sequence[Game], pitches: Sequence[Pitch], spacing: Spacing, sharing: Conflicts) -> Problem:
    staying = [game for game in games if game.stays]
    moving = [game for game in games if not game.stays]
    numbers = {one: number for number, one in enumerate(sharing.names)}
    rivals = {one: {one} | sharing.rivals(one) for one in sharing.names}
    rest = spacing.rest_minutes * 60
    spans: dict[Player, list[Opening]] = defaultdict(list)
    for game in staying:
        start, end = _span(game)
        for one in sharing.of[game.key]:
            spans[one].append((start - rest, end + rest))
    divisions: dict[Hashable, set[int]] = defaultdict(set)
    for game in moving:
        if game.round:
            divisions[game.division].add(game.round)
    places = {name: (number, sorted(rounds)) for number, (name, rounds) in enumerate(divisions.items())}
    # An index, so that rounds are not searched for each game.
    round_of = {
        (name, one): (number, place) for name, (number, each) in places.items() for place, one in enumerate(each)
    }
    lines = []
    for game in moving:
        own = sharing.of[game.key]
        meant = sorted({one for side in own for one in rivals[side]}, key=numbers.__getitem__)
        lines.append(
            Line(
                game.minutes * 60,
                tuple(
                    number
                    for number, pitch in enumerate(pitches)
                    if pitch.hours and (game.pitches is None or pitch.key in game.pitches)
                ),
                tuple(numbers[one] for one in own),
                tuple(numbers[one] for one in meant),
                sorted(span for one in meant for span in spans.get(one, ())),
                [],
                [],
                round_of[game.division, game.round] if game.round else None,
            )
        )
    rounds: list[list[list[int]]] = [[[] for _ in each] for _, each in places.values()]
    for number, line in enumerate(lines):
        if line.round:
            rounds[line.round[0]][line.round[1]].append(number)
    made = Problem(
        lines,
        moving,
        openings(pitches, staying, spacing),
        [max((seconds(one.closes_at) for one in pitch.hours), default=0) for pitch in pitches],
        len(numbers),
        [isinstance(one, Known) for one in numbers],
        rounds,
        spacing.changeover_minutes * 60,
        rest,
        spacing.step_minutes * 60,
    )
    _tie(made, games, sharing)
    _tails(made, games)
    return made


def _span(game: Game) -> Opening:
    start = seconds(game.booking.start_at) if game.booking else 0
    return start, start + game.minutes * 60


def _tie(made: Problem, games: Sequence[Game], sharing: Conflicts) -> None:
    """Records which line waits for which, and the limits that games that stay set for the others."""
    line_of = {game.key: number for number, game in enumerate(made.games)}
    by_key = {game.key: game for game in games}
    for game in games:
        for key in dict.fromkeys(game.after):
            rest = made.rest if sharing.comes_from(game.key, key) else 0
            later, earlier = line_of.get(game.key), line_of.get(key)
            if later is not None and earlier is not None:
                made.lines[later].after.append(earlier)
                made.lines[earlier].before.append((later, rest))
            elif later is not None:
                line = made.lines[later]
                line.floor = max(line.floor, _span(by_key[key])[1] + rest)
            elif earlier is not None:
                line = made.lines[earlier]
                line.ceiling = min(line.ceiling, _span(game)[0] - rest)


def _tails(made: Problem, games: Sequence[Game]) -> None:
    line_of = {game.key: number for number, game in enumerate(made.games)}
    for key in reversed(in_order(games)):
        if key not in line_of:
            continue
        line = made.lines[line_of[key]]
        for number, rest in line.before:
            later = made.lines[number]
            line.ceiling = min(line.ceiling, later.ceiling - later.length - rest)
            line.tail = max(line.tail, rest + later.length + later.tail)
    # The rounds of a division follow each other too: by the pitch time that they take, or by a game and its rest.
    pitches = sum(1 for free in made.free if free) or 1
    for rounds in made.rounds:
        tail = 0
        for one in reversed(rounds):
            for number in one:
                made.lines[number].tail = max(made.lines[number].tail, tail)
            work = sum(made.lines[number].length + made.changeover for number in one)
            tail += max(work // pitches, max(made.lines[number].length for number in one) + made.rest)
