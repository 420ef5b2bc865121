"""Round robins: planned as a preview, then made exactly as shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from timely import fingerprint
from timely.database.transactions import writing
from timely.domain import timetable
from timely.domain.formats.round_robin import round_robin
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.extensions import db
from timely.models import Event, Fixture, Group, Pitch, Team, User
from timely.presenters.round_text import table_text
from timely.services import audit
from timely.services.advancement import follow_arranged
from timely.services.errors import RuleBroken, require_fingerprint
from timely.services.fixture_details import set_start
from timely.services.fixtures import require_room


@dataclass(frozen=True, slots=True)
class RoundRobinChoice:
    """The choices of the form. Without `first_at` there are no times, without `pitches` no pitches."""

    groups: Sequence[Group]
    times: int = 1
    first_at: datetime | None = None
    first_on: date | None = None  # where there is no time: all on that day
    game_minutes: int = 20
    between_minutes: int = 5
    pitches: Sequence[Pitch] = ()


@dataclass(frozen=True, slots=True)
class PlannedGame:
    group: Group
    home: Team
    away: Team
    start_at: datetime | None
    pitch: Pitch | None


@dataclass(frozen=True, slots=True)
class PlannedRound:
    number: int
    games: Sequence[PlannedGame]
    byes: Sequence[Team] = field(default_factory=tuple)


def plan(event: Event, choice: RoundRobinChoice) -> list[PlannedRound]:
    """The rounds; those of the same number in several groups are played together. Raises RuleBroken."""
    teams: dict[Any, Team] = {team.id: team for team in event.teams}
    each = []
    for group in choice.groups:
        if group.event_id != event.id:
            raise RuleBroken(lazy_gettext("That group is not one of this event."), field="group")
        members = [entry.team_id for entry in group.entries]
        if len(members) < 2:
            raise RuleBroken(
                lazy_gettext("%(group)s has fewer than two teams.", group=table_text(group.title)), field="group"
            )
        require_room(event, choice.times * len(members) * (len(members) - 1) // 2)
        each.append([(group, single) for single in round_robin(members, choice.times)])
    rounds = []
    for together in zip_longest(*each):
        here = [pair for pair in together if pair]
        games = [(group, teams[home], teams[away]) for group, single in here for home, away in single.games]
        rounds.append((games, [teams[single.bye] for _, single in here if single.bye is not None]))
    return _placed(rounds, choice)


def fingerprint_of(event: Event, planned: Sequence[PlannedRound]) -> str:
    """Fingerprint of this plan and the present fixtures; a repeated or stale submit no longer matches it."""
    parts = [
        (game.group.id, game.home.id, game.away.id, game.start_at, game.pitch.id if game.pitch else None)
        for one in planned
        for game in one.games
    ]
    there = sorted(fixture.id for fixture in event.fixtures)
    return fingerprint.fingerprint(parts, there)


def make_round_robin(
    event: Event, choice: RoundRobinChoice, *, by: User | None, seen_fingerprint: str | None = None
) -> list[Fixture]:
    """The new fixtures. Raises RuleBroken, with the code "stale" if *seen_fingerprint* is of another plan."""
    with writing():
        planned = plan(event, choice)
        require_fingerprint(seen_fingerprint, fingerprint_of(event, planned))
        require_room(event, sum(len(one.games) for one in planned))
        fixtures = [_fixture(event, choice, one, game) for one in planned for game in one.games]
        event.fixtures.extend(fixtures)
        db.session.flush()
        after = {
            "games": len(fixtures),
            "rounds": len(planned),
            "times": choice.times,
            "groups": [group.name for group in choice.groups],
        }
        audit.record(gettext_noop("make round robin"), event.name, by=by, event_id=event.id, after=after)
        follow_arranged(event)  # a group that was complete has games left
    return fixtures


def _placed(
    rounds: Sequence[tuple[list[tuple[Group, Team, Team]], list[Team]]], choice: RoundRobinChoice
) -> list[PlannedRound]:
    day = timetable.Day(choice.first_at, choice.game_minutes, choice.between_minutes, len(choice.pitches))
    places = timetable.slots([[(home, away) for _, home, away in games] for games, _ in rounds], day)
    return [
        PlannedRound(
            number,
            [
                PlannedGame(
                    group, home, away, slot.start_at, None if slot.pitch is None else choice.pitches[slot.pitch]
                )
                for (group, home, away), slot in zip(games, slots, strict=True)
            ],
            byes,
        )
        for number, ((games, byes), slots) in enumerate(zip(rounds, places, strict=True), 1)
    ]


def _fixture(event: Event, choice: RoundRobinChoice, planned: PlannedRound, game: PlannedGame) -> Fixture:
    fixture = Fixture(
        event_id=event.id,
        stage_id=game.group.stage_id,
        group_id=game.group.id,
        round=f"Round {planned.number}",
        home_team_id=game.home.id,
        away_team_id=game.away.id,
        pitch_id=game.pitch.id if game.pitch else None,
    )
    zone = ZoneInfo(game.pitch.timezone) if game.pitch and game.pitch.timezone else event.zone
    set_start(fixture, zone, choice.first_on, game.start_at)
    return fixture
