"""State of a game at a moment, from what was recorded of it, from the clock and from its pitch.

A game is on because somebody has said so (a running score, a status of LIVE), or by the clock: its time has come, its
pitch and its teams are free. A statement holds for as long as a game can take; a game that is on by the clock is over
when its time is. Then, without a score, its result is awaited.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median_low

SCHEDULED, NOW, LATE, AWAITED, FINISHED, POSTPONED, OFF = GAME_STATES = (
    "SCHEDULED",
    "NOW",
    "LATE",
    "AWAITED",
    "FINISHED",
    "POSTPONED",
    "OFF",
)
# Yet to begin.
TO_COME = (SCHEDULED, LATE)
# The recorded status alone determines the state.
SETTLED = {
    "FINISHED": FINISHED,
    "WALKOVER": FINISHED,
    "POSTPONED": POSTPONED,
    "CANCELLED": OFF,
    "ABANDONED": OFF,
}
# A start up to two minutes behind time is not late.
GRACE = timedelta(minutes=2)
# A statement holds at least this long, and at least twice the length of the game.
WORD_HOLDS = timedelta(hours=1)
# A game whose start is this long ago when it is entered or moved is of another day: its result is awaited at once.
OF_TODAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class OpenGame:
    """A game without a final score that was not cancelled. *state* is the one that it had so far, *since* when.

    *said_at*: when its running score was entered; None without one. *day_over*: when its day ends at the place of play,
    if only its day is known. *sides*: the teams, as far as they are known. *is_open*: its event has been started.
    """

    key: Hashable
    state: str
    since: datetime | None
    start_at: datetime | None
    day_over: datetime | None
    said_at: datetime | None
    is_said: bool  # somebody has stated that it is on
    pitch: Hashable
    sides: tuple[Hashable, ...]
    is_open: bool
    lasts: timedelta

    @property
    def holds(self) -> timedelta:
        return max(WORD_HOLDS, 2 * self.lasts)


@dataclass(frozen=True, slots=True)
class PitchScore:
    """A score of a game on a pitch, running or not: any game that was on there before has ended."""

    pitch: Hashable
    start_at: datetime
    entered_at: datetime


def state_when_saved(
    status: str, old: str, moment: datetime, *, start_at: datetime | None, is_said_now: bool, is_moved: bool
) -> str:
    """The state of a game right after it was saved; `states_at` considers the clock and the other games.

    *is_said_now*: the save itself says that it is on. *is_moved*: it has another time, or is new.
    """
    if status in SETTLED:
        return SETTLED[status]
    if is_said_now or (status == "LIVE" and old == NOW):
        return NOW
    if is_moved or old not in (*TO_COME, NOW, AWAITED):
        return AWAITED if start_at is not None and start_at < moment - OF_TODAY else SCHEDULED
    return old


def state_when_made(status: str, moment: datetime, start_at: datetime | None) -> str:
    """The state of a new game; one with the status LIVE is on, unless it is of another day."""
    state = state_when_saved(status, "", moment, start_at=start_at, is_said_now=False, is_moved=True)
    return NOW if status == "LIVE" and state != AWAITED else state


def states_at(
    moment: datetime, games: Sequence[OpenGame], scores: Iterable[PitchScore] = ()
) -> Mapping[Hashable, tuple[str, datetime]]:
    """{game: (its state at *moment*, since when)}; since the game's own time if the clock began it."""
    begun_later: dict[Hashable, list[PitchScore]] = {}
    for score in scores:
        begun_later.setdefault(score.pitch, []).append(score)
    found: dict[Hashable, tuple[str, datetime]] = {}
    busy: set[tuple[str, Hashable]] = set()

    def is_over(game: OpenGame, from_: datetime) -> bool:
        return any(
            game.start_at is not None and score.start_at > game.start_at and score.entered_at > from_
            for score in begun_later.get(game.pitch, ())
            if game.pitch is not None
        )

    def settle(game: OpenGame, state: str, since: datetime) -> None:
        found[game.key] = (state, since)
        if state == NOW:
            busy.update([("team", side) for side in game.sides])
            if game.pitch is not None:
                busy.add(("pitch", game.pitch))

    def is_free(game: OpenGame) -> bool:
        return ("pitch", game.pitch) not in busy and not any(("team", side) in busy for side in game.sides)

    in_order = sorted(games, key=lambda game: (game.start_at is None, game.start_at or moment, str(game.key)))
    # A statement that a game is on takes precedence over the clock.
    for game in in_order:
        if game.said_at is not None:
            is_on = moment < game.said_at + game.holds and not is_over(game, game.said_at)
            settle(game, NOW if is_on else AWAITED, game.since or game.said_at)
        elif game.is_said:
            since = game.since or game.start_at or moment
            is_on = game.state == NOW and moment < since + game.lasts and not is_over(game, since)
            settle(game, NOW if is_on else AWAITED, since)
    # Then games that are on by the clock already, and last those that could begin.
    for game in in_order:
        is_begun = game.start_at is not None and game.start_at <= moment
        if game.key not in found and game.state == NOW and game.is_open and is_begun:
            since = game.since or game.start_at or moment
            if moment >= since + game.lasts or is_over(game, since):
                settle(game, AWAITED, moment)
            elif is_free(game):
                settle(game, NOW, since)
    for game in in_order:
        if game.key not in found:
            state = _to_begin(game, moment, is_free(game), is_over(game, game.start_at or moment))
            settle(game, state, game.start_at if state == NOW and game.state == SCHEDULED and game.start_at else moment)
    return found


def _to_begin(game: OpenGame, moment: datetime, is_free: bool, is_over: bool) -> str:
    """The state of a game that nobody has said is on, and that is not, or no longer, on by the clock."""
    if game.start_at is None:
        return AWAITED if game.day_over is not None and game.day_over <= moment else SCHEDULED
    behind = moment - game.start_at
    if behind < timedelta(0):
        return SCHEDULED
    if game.state == AWAITED:
        return AWAITED
    was_held_up = game.state in (LATE, NOW)
    if is_over or behind >= game.holds or (behind >= game.lasts and not was_held_up):
        return AWAITED
    may_begin = game.is_open and len(game.sides) == 2 and is_free
    if may_begin:
        return NOW
    if behind >= game.lasts and not game.is_open:
        return AWAITED
    return LATE if behind >= GRACE else SCHEDULED


def usual_length(starts: Iterable[datetime], longest: timedelta) -> timedelta:
    """The assumed length of games on one pitch: the lower median of the gaps between starts, at most *longest*."""
    gaps = [later - sooner for sooner, later in pairwise(sorted(set(starts)))]
    return min([longest, median_low(gaps)]) if gaps else longest
