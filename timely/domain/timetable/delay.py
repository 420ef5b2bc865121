"""Delay: when a pitch runs late its remaining games move, and on other pitches only the games that have to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from timely.domain.timetable.conflicts import Player
from timely.domain.timetable.games import Booking, Game, GameKey, Pitch, PitchKey, Spacing
from timely.domain.timetable.input_checks import MOST_MINUTES, check, require_zone
from timely.domain.timetable.local_times import moment_of, seconds
from timely.domain.timetable.violation import Booked, Plan, Violation, named
from timely.domain.timetable.violations import violations_of
from timely.domain.translation import Text, lazy_gettext
from timely.domain.validation import whole_number


@dataclass(frozen=True, slots=True)
class Move:
    """One game's booking before and after. `reason` is "" if it only moves because its pitch runs late."""

    game: GameKey
    before: Booking
    after: Booking
    reason: Text = ""

    @property
    def why(self) -> str:
        """The reason in the reader's language."""
        return str(self.reason)


@dataclass(frozen=True, slots=True)
class Shift:
    moves: tuple[Move, ...]  # in the order of play
    breaches: tuple[Violation, ...]  # the violations: with games that stay, and where a pitch closes

    @property
    def bookings(self) -> Mapping[GameKey, Booking]:
        """The new bookings of the games that move."""
        return {one.game: one.after for one in self.moves}


def shift(
    games: Sequence[Game],
    pitches: Sequence[Pitch],
    spacing: Spacing,
    *,
    since: datetime,
    minutes: int,
    pitch: PitchKey | None = None,
) -> Shift:
    """The games that move if *pitch* (None: every pitch) is *minutes* late with all that begins at *since* or later.

    No game moves to an earlier time, none overtakes another on its pitch, and gaps that were too short before do not
    get shorter. Games that are locked or have begun stay. Raises ValidationError.
    """
    whole_number(minutes, "minutes", 1, MOST_MINUTES)
    require_zone(since, "since")
    check(games, pitches, spacing)
    plan = Plan(games, pitches, spacing)
    push = _Push(plan)
    moves = []
    for one in plan.booked:
        late = pitch is None or one.booking.pitch == pitch
        wanted = one.start + (minutes * 60 if late and one.start >= seconds(since) else 0)
        start, why = push.place(one, wanted)
        if start > one.start:
            moves.append(Move(one.game.key, one.booking, Booking(one.booking.pitch, moment_of(start)), why))
    change = {one.game: one.after for one in moves}
    return Shift(tuple(moves), tuple(violations_of(change, games, pitches, spacing)))


@dataclass(frozen=True, slots=True)
class _Reason:
    """What pushes a game: another game on its pitch, one that may share a team, or one that it waits for."""

    other: Booked
    players: tuple[Player, Player] | None = None
    waits: bool = False


class _Push:
    """Takes the games in the order of play; each is pushed by moved games before it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._by: dict[GameKey, int] = {}  # how far each moved, in seconds
        self._moved: dict[object, list[Booked]] = defaultdict(list)  # the moved games of each pitch and player
        sharing = plan.sharing
        self._rivals = {one: sharing.in_order({one} | sharing.rivals(one)) for one in sharing.names}

    def place(self, one: Booked, wanted: int) -> tuple[int, Text]:
        """The new start, and the reason if another game pushed it there; else ""."""
        if one.game.stays:
            return one.start, ""
        start = wanted
        why: _Reason | None = None
        for other, needed, reason in self._before(one):
            # A gap that was too short before need not grow.
            least = other.end + self._by[other.game.key] + min(needed, one.start - other.end)
            if least > start:
                start, why = least, reason
        if start > one.start:
            self._by[one.game.key] = start - one.start
            for about in (("pitch", one.booking.pitch), *self.plan.sharing.of[one.game.key]):
                self._moved[about].append(one)
        return start, self._told(why) if why else ""

    def _before(self, one: Booked) -> Iterator[tuple[Booked, int, _Reason]]:
        """The games that could push it, with the gap that is needed, in seconds."""
        spacing, sharing = self.plan.spacing, self.plan.sharing
        rest = spacing.rest_minutes * 60
        for key in dict.fromkeys(one.game.after):
            if key in self._by:
                other = self.plan.by_key[key]
                yield other, rest if sharing.comes_from(one.game.key, key) else 0, _Reason(other, waits=True)
        if one.booking.pitch is not None:
            needed = spacing.changeover_minutes * 60
            for other in self._near(("pitch", one.booking.pitch), one, needed):
                yield other, needed, _Reason(other)
        for mine in sharing.of[one.game.key]:
            for theirs in self._rivals[mine]:
                for other in self._near(theirs, one, rest):
                    yield other, rest, _Reason(other, (theirs, mine))

    def _near(self, about: object, one: Booked, needed: int) -> Sequence[Booked]:
        if about not in self._moved:
            return ()
        # Games come in the order of play: one that is over long before this one is so before all later ones too.
        near = [other for other in self._moved[about] if other.end + self._by[other.game.key] + needed > one.start]
        self._moved[about] = near
        return near

    def _told(self, reason: _Reason) -> Text:
        other, clocks = reason.other, self.plan.clocks
        pitch = other.booking.pitch
        values = {"game": named(other.game), "time": clocks.at(moment_of(other.end + self._by[other.game.key]), pitch)}
        if pitch is None:
            over = lazy_gettext("%(game)s, which is over at %(time)s", **values)
        else:
            over = lazy_gettext("%(game)s, which is over on %(pitch)s at %(time)s", pitch=clocks.name(pitch), **values)
        if reason.waits:
            return lazy_gettext("waits for %(game)s", game=over)
        if reason.players:
            return lazy_gettext("%(team)s is in %(game)s", team=self.plan.sharing.who(*reason.players), game=over)
        return lazy_gettext("comes after %(game)s", game=over)
