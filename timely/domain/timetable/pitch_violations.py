"""Violations of a pitch: two games at once, no changeover, outside its hours, a game that may not be there."""

from collections import defaultdict
from collections.abc import Iterator

from timely.domain.timetable.games import Pitch, PitchKey
from timely.domain.timetable.local_times import minutes_text, moment_of, seconds
from timely.domain.timetable.violation import Booked, Plan, Violation, named, short_by


def at_pitches(plan: Plan) -> Iterator[Violation]:
    between = plan.spacing.changeover_minutes * 60
    on: dict[PitchKey, list[Booked]] = defaultdict(list)
    for one in plan.booked:
        if one.booking.pitch is None:
            continue
        # Games that are over, changeover included, no longer matter.
        on[one.booking.pitch] = [other for other in on[one.booking.pitch] if other.end + between > one.start]
        for other in on[one.booking.pitch]:
            yield _too_close(plan, other, one)
        on[one.booking.pitch].append(one)


def _too_close(plan: Plan, sooner: Booked, later: Booked) -> Violation:
    where = plan.clocks.name(later.booking.pitch)
    keys = (sooner.game.key, later.game.key)
    start = plan.clocks.at(later.booking.start_at, later.booking.pitch)
    over = plan.clocks.at(moment_of(sooner.end), later.booking.pitch)
    gap = later.start - sooner.end
    if gap < 0:
        words = f"{where} is taken by {named(sooner.game)} until {over}, when {named(later.game)} begins at {start}."
        return Violation("pitch", keys, words, short_by(gap, 0))
    needed = plan.spacing.changeover_minutes
    words = (
        f"{where} has {minutes_text(gap // 60)}, not {needed}, between {named(sooner.game)}, over at {over}, "
        f"and {named(later.game)} at {start}."
    )
    return Violation("changeover", keys, words, short_by(gap, needed * 60), mild=True)


def at_hours(plan: Plan) -> Iterator[Violation]:
    pitches = {pitch.key: pitch for pitch in plan.pitches}
    for one in plan.booked:
        where = one.booking.pitch
        if where is None:
            continue
        if one.game.pitches is not None and where not in one.game.pitches:
            yield Violation(
                "place", (one.game.key,), f"{named(one.game)} may not be played on {plan.clocks.name(where)}."
            )
        if where in pitches and pitches[where].hours:
            found = _outside(plan, one, pitches[where])
            if found:
                yield found


def _outside(plan: Plan, one: Booked, pitch: Pitch) -> Violation | None:
    """A violation by the hours that fit best, which say how far the game is outside. Adjacent hours are joined."""
    hours: list[tuple[int, int]] = []
    for since, until in sorted((seconds(each.opens_at), seconds(each.closes_at)) for each in pitch.hours):
        if hours and since <= hours[-1][1]:
            hours[-1] = hours[-1][0], max(hours[-1][1], until)
        else:
            hours.append((since, until))
    outside, since, until = min(
        (max(since - one.start, 0) + max(one.end - until, 0), since, until) for since, until in hours
    )
    if not outside:
        return None
    at = plan.clocks.at
    told = [f"{plan.told(one)} goes on until {at(moment_of(one.end), pitch.key)}"]
    if one.start < since:
        told = [f"{plan.told(one)} begins too soon", f"{pitch.name} opens at {at(moment_of(since), pitch.key)}"]
    elif one.end > until:
        told.append(f"{pitch.name} closes at {at(moment_of(until), pitch.key)}")
    return Violation("hours", (one.game.key,), f"{'; '.join(told)}.", -(-outside // 60))
