"""Timetable input: an event's games with the teams that play or could come, their dependencies and their bookings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from timely.domain.statuses import OFF
from timely.domain.timetable import Booking, Game, Pitch, Settings, Side, Spacing, read_settings
from timely.domain.translation import gettext
from timely.extensions import db
from timely.fingerprint import fingerprint
from timely.models import AuditEntry, Event, Fixture
from timely.models.read_only import FixtureView
from timely.presenters.round_text import LazyLabel
from timely.queries.fixture_dependencies import Dependencies, round_numbers, source_of
from timely.queries.listed_fixtures import listed_fixtures
from timely.queries.parents import with_names

BEGUN = ("LIVE", "FINISHED")
# The assumed length of games if nobody has set one.
USUAL_MINUTES = 20
# The audited actions that move many games at once.
ACTIONS = ("lay out timetable", "run late", "lock games", "set timetable hours")


@dataclass(frozen=True, slots=True)
class Timetable:
    games: Sequence[Game]
    pitches: Sequence[Pitch]
    spacing: Spacing

    @property
    def fingerprint(self) -> str:
        """Fingerprint of these games, pitches and gaps, which a plan made of others does not match."""
        games = [replace(one, home=_comparable(one.home), away=_comparable(one.away)) for one in self.games]
        return fingerprint(games, self.pitches, self.spacing)


def settings_of(event: Event, games: Iterable[FixtureView] | None = None) -> Settings:
    """The settings that the organiser has saved; else a game length only, from how close the games are now.

    *games* are the event's, if the caller has read them.
    """
    if event.timetable is not None:
        return read_settings(event.timetable)
    minutes = _usual_minutes(listed_fixtures(event) if games is None else games)
    return Settings(game_minutes=minutes, changeover_minutes=0, rest_minutes=0)


def timetable(
    event: Event, settings: Settings | None = None, recorded: Iterable[FixtureView] | None = None
) -> Timetable:
    """All games that are to be played or have been, by fixture id.

    Games that were cancelled or awarded, or have begun without a time, have no place in it. Without *settings* those of
    the event are used. *recorded* are the event's games, if the caller has read them.
    """
    recorded = listed_fixtures(event) if recorded is None else recorded
    settings = settings or settings_of(event, recorded)
    fixtures = [one for one in recorded if one.status not in OFF and (one.start_at or not has_begun(one))]
    fixtures.sort(key=lambda one: one.id)
    names = {division.id: division.name for division in event.divisions}
    by_division: dict[int | None, list[FixtureView]] = defaultdict(list)
    for fixture in fixtures:
        by_division[fixture.stage.division_id].append(fixture)
    members = _members(event)
    games = []
    for division, here in by_division.items():
        waiting = Dependencies(here, members[division])
        rounds = round_numbers(here, waiting)
        for fixture in here:
            game = Game(
                fixture.id,
                settings.minutes(str(division)),
                _side(fixture, "home", waiting),
                _side(fixture, "away", waiting),
                division,
                rounds[fixture.id],
                waiting.for_(fixture),
                booking=_booking(fixture),
                locked=fixture.locked,
                begun=has_begun(fixture),
                name=_name(fixture, names.get(division or 0, "")),
            )
            games.append(game)
    return Timetable(games, timetable_pitches(event, settings), settings.spacing)


def timetable_pitches(event: Event, settings: Settings) -> list[Pitch]:
    found = []
    for pitch in event.pitches:
        zone = pitch.timezone or event.timezone
        found.append(Pitch(pitch.id, pitch.name, settings.hours(str(pitch.id), ZoneInfo(zone)), zone))
    return found


def all_fixtures(event: Event) -> Sequence[Fixture]:
    """The fixtures as the organiser sees them, by id, with all that a page shows of them."""
    return (
        db.session.scalars(
            select(Fixture)
            .options(*with_names(), joinedload(Fixture.result))
            .where(Fixture.event_id == event.id)
            .order_by(Fixture.id)
        )
        .unique()
        .all()
    )


def has_begun(fixture: FixtureView) -> bool:
    return fixture.result is not None or fixture.status_now in BEGUN


def last_change(event: Event) -> AuditEntry | None:
    """The last action that changed the timetable as a whole; None if that has been undone."""
    # By the largest id and not by order, or SQLite goes through all entries of the event from the newest down.
    newest = select(func.max(AuditEntry.id)).where(AuditEntry.event_id == event.id, AuditEntry.action.in_(ACTIONS))
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.id == newest.scalar_subquery()))
    return entry if entry is not None and entry.undone_by_id is None else None


def _comparable(side: Side) -> Side:
    # A set has no order, so its repr cannot be compared.
    return replace(side, could=frozenset(), source=(side.source, sorted(side.could, key=str)))


def _members(event: Event) -> dict[int | None, dict[str, frozenset[int]]]:
    """{division: {group: the ids of its teams}}"""
    found: dict[int | None, dict[str, frozenset[int]]] = defaultdict(dict)
    for stage in event.stages:
        for group in stage.groups:
            found[stage.division_id][group.name] = frozenset(entry.team_id for entry in group.entries)
    for team in event.teams:
        everybody = found[team.division_id]
        everybody[Dependencies.EVERYBODY] = everybody.get(Dependencies.EVERYBODY, frozenset()) | {team.id}
    return found


def _side(fixture: FixtureView, side: str, waiting: Dependencies) -> Side:
    team_id = fixture.home_team_id if side == "home" else fixture.away_team_id
    name = fixture.home_name if side == "home" else fixture.away_name
    if team_id is not None:
        return Side(name, team_id)
    source = source_of(fixture, side)
    return Side(LazyLabel(name), None, waiting.could(source), source)


def _booking(fixture: FixtureView) -> Booking | None:
    """The booked time and pitch; None for a postponed game, which keeps its time, but whose pitch is free."""
    if fixture.start_at is None or fixture.status == "POSTPONED":
        return None
    return Booking(fixture.pitch_id, fixture.start_at)


def _name(fixture: FixtureView, division: str) -> str:
    """`U10 SF1 (Ash – Birch)`; "" for a game without a code, which is named by its teams."""
    if not fixture.code:
        return ""
    code = " ".join(
        part
        for part in (division, fixture.code, gettext("leg %(number)s", number=fixture.leg) if fixture.leg else "")
        if part
    )
    known = fixture.home_team_id is not None and fixture.away_team_id is not None
    return f"{code} ({fixture.home_name} – {fixture.away_name})" if known else code


def _usual_minutes(fixtures: Iterable[FixtureView]) -> int:
    """The smallest gap between games on one pitch in minutes, at most the usual length."""
    starts = defaultdict(list)
    for fixture in fixtures:
        if fixture.start_at and fixture.pitch_id and fixture.status not in OFF:
            starts[fixture.pitch_id].append(fixture.start_at)
    gaps = [
        int((later - sooner).total_seconds()) // 60
        for each in starts.values()
        for sooner, later in pairwise(sorted(each))
        if later > sooner
    ]
    return max(1, min([USUAL_MINUTES, *gaps]))
