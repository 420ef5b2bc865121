"""Finds violations of a timetable, by name and time: of all of it, or by one change."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from timely.domain.timetable.games import Booking, Game, GameKey, Pitch, Spacing
from timely.domain.timetable.input_checks import check
from timely.domain.timetable.order_violations import at_order, at_rounds
from timely.domain.timetable.pitch_violations import at_hours, at_pitches
from timely.domain.timetable.team_violations import at_teams
from timely.domain.timetable.violation import Plan, Violation


def violations(games: Sequence[Game], pitches: Sequence[Pitch], spacing: Spacing) -> list[Violation]:
    """The violations of the games that have a booking, in the order of play, mild ones last."""
    check(games, pitches, spacing)
    plan = Plan(games, pitches, spacing)
    found = [one for look in (at_pitches, at_teams, at_order, at_hours, at_rounds) for one in look(plan)]
    return sorted(found, key=lambda one: (one.mild, max(plan.by_key[key] for key in one.games)))


def violations_of(
    change: Mapping[GameKey, Booking | None], games: Sequence[Game], pitches: Sequence[Pitch], spacing: Spacing
) -> list[Violation]:
    """The violations that are new, or worse, once the games of *change* have their new bookings."""
    changed = [replace(game, booking=change.get(game.key, game.booking)) for game in games]
    return new_violations(games, changed, pitches, spacing)


def new_violations(
    games: Sequence[Game], changed: Sequence[Game], pitches: Sequence[Pitch], spacing: Spacing
) -> list[Violation]:
    """The violations of *changed* that *games* had not, or less: with other teams, more games, other places."""
    before: dict[object, tuple[bool, int]] = {}
    for one in violations(games, pitches, spacing):
        before[_about(one)] = max(_weight(one), before.get(_about(one), (False, -1)))
    return [one for one in violations(changed, pitches, spacing) if _weight(one) > before.get(_about(one), (False, -1))]


def _about(breach: Violation) -> object:
    # Two games that swap their places may be as close as they were.
    what = {"team": "rest", "pitch": "changeover"}.get(breach.kind, breach.kind)
    return what, frozenset(breach.games)


def _weight(breach: Violation) -> tuple[bool, int]:
    return breach.kind in ("team", "pitch"), breach.minutes
