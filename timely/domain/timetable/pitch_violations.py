"""Violations of a pitch: two games at once, no changeover, outside its hours, a game that may not be there."""

from collections import defaultdict
from collections.abc import Iterator

from timely.domain.timetable.games import Pitch, PitchKey
from timely.domain.timetable.local_times import minutes_text, moment_of, seconds
from timely.domain.timetable.violation import Booked, Plan, Violation, named, short_by
from timely.domain.translation import lazy_gettext


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
        text = lazy_gettext(
            "%(pitch)s is taken by %(game)s until %(end)s, when %(other)s begins at %(start)s.",
            pitch=where,
            game=named(sooner.game),
            end=over,
            other=named(later.game),
            start=start,
        )
        return Violation("pitch", keys, text, short_by(gap, 0))
    needed = plan.spacing.changeover_minutes
    text = lazy_gettext(
        "%(pitch)s has %(minutes)s, not %(needed)s, between %(game)s, over at %(end)s, and %(other)s at %(start)s.",
        pitch=where,
        minutes=minutes_text(gap // 60),
        needed=needed,
        game=named(sooner.game),
        end=over,
        other=named(later.game),
        start=start,
    )
    return Violation("changeover", keys, text, short_by(gap, needed * 60), mild=True)


def at_hours(plan: Plan) -> Iterator[Violation]:
    pitches = {pitch.key: pitch for pitch in plan.pitches}
    for one in plan.booked:
        where = one.booking.pitch
        if where is None:
            continue
        if one.game.pitches is not None and where not in one.game.pitches:
            text = lazy_gettext(
                "%(game)s may not be played on %(pitch)s.", game=named(one.game), pitch=plan.clocks.name(where)
            )
            yield Violation("place", (one.game.key,), text)
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
    if one.start < since:
        text = lazy_gettext(
            "%(game)s begins too soon; %(pitch)s opens at %(time)s.",
            game=plan.told(one),
            pitch=pitch.name,
            time=at(moment_of(since), pitch.key),
        )
    else:
        text = lazy_gettext(
            "%(game)s goes on until %(end)s; %(pitch)s closes at %(time)s.",
            game=plan.told(one),
            end=at(moment_of(one.end), pitch.key),
            pitch=pitch.name,
            time=at(moment_of(until), pitch.key),
        )
    return Violation("hours", (one.game.key,), text, -(-outside // 60))
