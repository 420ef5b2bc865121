"""Violations of the order: a game before those it waits for; and, as mild ones, rounds that overtake each other."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import accumulate

from timely.domain.timetable.conflicts import Known
from timely.domain.timetable.local_times import minutes_text, moment_of
from timely.domain.timetable.violation import Booked, Plan, Violation, named, short_by
from timely.domain.translation import LazyText, lazy_gettext


def at_order(plan: Plan) -> Iterator[Violation]:
    for one in plan.booked:
        for key in dict.fromkeys(one.game.after):
            source = plan.by_key.get(key)
            if source:
                yield from _after(plan, one, source)


def _after(plan: Plan, one: Booked, source: Booked) -> Iterator[Violation]:
    keys = (source.game.key, one.game.key)
    gap = one.start - source.end
    over = _over(plan, source)
    if gap < 0:
        text = lazy_gettext("%(game)s waits for %(other)s.", game=plan.told(one), other=over)
        yield Violation("order", keys, text, short_by(gap, 0))
        return
    rest = plan.spacing.rest_minutes
    if gap >= rest * 60 or not plan.sharing.comes_from(one.game.key, source.game.key):
        return
    both = set(plan.sharing.of[one.game.key]) & set(plan.sharing.of[source.game.key])
    if any(isinstance(each, Known) for each in both):
        return  # its own rest is reported elsewhere
    text = lazy_gettext(
        "%(game)s leaves %(minutes)s of rest, not %(needed)s, after %(other)s.",
        game=plan.told(one),
        minutes=minutes_text(gap // 60),
        needed=rest,
        other=over,
    )
    yield Violation("rest", keys, text, short_by(gap, rest * 60))


def _over(plan: Plan, source: Booked) -> LazyText:
    """The game, and when it is over."""
    pitch = source.booking.pitch
    end = plan.clocks.at(moment_of(source.end), pitch)
    if pitch is None:
        return lazy_gettext("%(game)s, which is over at %(time)s", game=named(source.game), time=end)
    return lazy_gettext(
        "%(game)s, which is over on %(pitch)s at %(time)s",
        game=named(source.game),
        pitch=plan.clocks.name(pitch),
        time=end,
    )


def at_rounds(plan: Plan) -> Iterator[Violation]:
    divisions: dict[Hashable, list[Booked]] = defaultdict(list)
    for one in plan.booked:
        if one.game.round:
            divisions[one.game.division].append(one)
    for each in divisions.values():
        each.sort(key=lambda one: (one.start, one.game.round, one.number))
        rounds = [one.game.round for one in each]
        kept = _longest_in_order(rounds)
        # The highest round so far, and from the end the lowest: searched, for there may be thousands out of order.
        highest = list(accumulate(rounds, max))
        lowest = list(accumulate((-number for number in reversed(rounds)), max))
        for place, one in enumerate(each):
            if place in kept:
                continue
            ahead = bisect_right(highest, one.game.round)
            if ahead < place:
                yield _begins_after(plan, one, each[ahead])
            else:
                yield _begins_before(plan, one, each[-1 - bisect_right(lowest, -one.game.round)])


def _longest_in_order(rounds: Sequence[int]) -> set[int]:
    """The indexes of a longest non-decreasing subsequence of *rounds*: so the fewest games are reported."""
    ends: list[int] = []  # the lowest round that a subsequence of this length ends with
    last: list[int] = []  # and its index
    before: list[int] = []
    for place, number in enumerate(rounds):
        length = bisect_right(ends, number)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        last[length : length + 1] = [place]
    kept: set[int] = set()
    place = last[-1] if last else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept


def _begins_after(plan: Plan, one: Booked, ahead: Booked) -> Violation:
    text = lazy_gettext(
        "%(game)s is of round %(round)s, and begins after %(other)s of round %(other_round)s.",
        game=plan.told(one),
        round=one.game.round,
        other=plan.told(ahead),
        other_round=ahead.game.round,
    )
    return Violation("round", (ahead.game.key, one.game.key), text, (one.start - ahead.start) // 60, mild=True)


def _begins_before(plan: Plan, one: Booked, behind: Booked) -> Violation:
    text = lazy_gettext(
        "%(game)s is of round %(round)s, and begins before %(other)s of round %(other_round)s.",
        game=plan.told(one),
        round=one.game.round,
        other=plan.told(behind),
        other_round=behind.game.round,
    )
    return Violation("round", (behind.game.key, one.game.key), text, (behind.start - one.start) // 60, mild=True)
