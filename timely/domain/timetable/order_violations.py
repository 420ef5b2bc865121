"""Violations of the order: a game before those it waits for; and, as mild ones, rounds that overtake each other."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from timely.domain.timetable.conflicts import Known
from timely.domain.timetable.local_times import minutes_text, moment_of
from timely.domain.timetable.violation import Booked, Plan, Violation, named, short_by


def at_order(plan: Plan) -> Iterator[Violation]:
    for one in plan.booked:
        for key in dict.fromkeys(one.game.after):
            source = plan.by_key.get(key)
            if source:
                yield from _after(plan, one, source)


def _after(plan: Plan, one: Booked, source: Booked) -> Iterator[Violation]:
    keys = (source.game.key, one.game.key)
    gap = one.start - source.end
    over = f"{named(source.game)}, which is over {plan.clocks.on(source.booking.pitch)}"
    over += f"at {plan.clocks.at(moment_of(source.end), source.booking.pitch)}"
    if gap < 0:
        yield Violation("order", keys, f"{plan.told(one)} waits for {over}.", short_by(gap, 0))
        return
    rest = plan.spacing.rest_minutes
    if gap >= rest * 60 or not plan.sharing.comes_from(one.game.key, source.game.key):
        return
    both = set(plan.sharing.of[one.game.key]) & set(plan.sharing.of[source.game.key])
    if any(isinstance(each, Known) for each in both):
        return  # its own rest is reported elsewhere
    words = f"{plan.told(one)} leaves {minutes_text(gap // 60)} of rest, not {rest}, after {over}."
    yield Violation("rest", keys, words, short_by(gap, rest * 60))


def at_rounds(plan: Plan) -> Iterator[Violation]:
    divisions: dict[Hashable, list[Booked]] = defaultdict(list)
    for one in plan.booked:
        if one.game.round:
            divisions[one.game.division].append(one)
    for each in divisions.values():
        each.sort(key=lambda one: (one.start, one.game.round, one.number))
        kept = _longest_in_order([one.game.round for one in each])
        for place, one in enumerate(each):
            if place not in kept:
                yield _remark(plan, each, place, one)


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


def _remark(plan: Plan, each: Sequence[Booked], place: int, one: Booked) -> Violation:
    number = one.game.round
    ahead = next((other for other in each[:place] if other.game.round > number), None)
    if ahead:
        words = (
            f"{plan.told(one)} is of round {number}, and begins after {plan.told(ahead)} of round {ahead.game.round}."
        )
        return Violation("round", (ahead.game.key, one.game.key), words, (one.start - ahead.start) // 60, mild=True)
    behind = next(other for other in reversed(each[place + 1 :]) if other.game.round < number)
    words = (
        f"{plan.told(one)} is of round {number}, and begins before {plan.told(behind)} of round {behind.game.round}."
    )
    return Violation("round", (behind.game.key, one.game.key), words, (behind.start - one.start) // 60, mild=True)
