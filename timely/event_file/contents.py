"""Contents of an event file, parsed and validated."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from timely.domain.rules.rules import Rules
from timely.domain.timetable import Settings


@dataclass(frozen=True, slots=True)
class TeamPart:
    name: str
    colour: str = ""
    division: str | None = None
    members: str = ""
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class DeductionPart:
    team: str
    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class ScorePart:
    home_score: int
    away_score: int
    home_pens: int | None
    away_pens: int | None
    extra: dict[str, Any]
    status: str
    running: bool
    annulled: bool = False
    decided: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class MatchPart:
    """One fixture. `home` and `away` are distinct names of teams, or None.

    A side that is None has a source, or a label such as "Winner of QF 2".
    """

    home: str | None
    away: str | None
    home_label: str
    away_label: str
    knockout: bool
    group: str | None
    round: str
    venue: str
    venue_timezone: str
    pitch: str | None
    start_on: date | None
    start_at: datetime | None
    status: str
    score: ScorePart | None
    division: str | None = None
    code: str = ""
    leg: int | None = None
    home_source: dict[str, Any] | None = None
    away_source: dict[str, Any] | None = None
    locked: bool = False
    ruling: str = ""


@dataclass(frozen=True, slots=True)
class StagePart:
    """The stage of a division (None: the event has none): a table stage or its knockout, with its options."""

    division: str | None
    kind: str
    options: dict[str, Any]
    by_hand: bool = False  # of a knockout: no links are inferred, whatever the results would confirm


@dataclass(frozen=True, slots=True)
class AnnouncementPart:
    title: str
    message: str
    type: str
    priority: str
    publish_at: datetime | None
    expires_at: datetime | None
    state: str


@dataclass(slots=True)
class EventFile:
    """One event. `ignored` lists unknown keys, as paths with `[]` for any list index."""

    name: str
    sport: str
    season: str
    status: str
    visibility: str
    timezone: str
    language: str
    place: str
    details: str
    accent: str
    starts_on: date | None
    ends_on: date | None
    counts_from: str
    entrants: str
    second_person: bool
    rulebook: str
    rules: Rules
    teams: dict[str, TeamPart]  # by distinct name, in order; all other parts name teams by it
    divisions: list[str]
    groups: dict[str | None, dict[str, list[str]]]  # by division; None if the event has none
    stages: list[StagePart]
    timetable: Settings | None  # divisions and pitches by their names
    pitches: dict[str, str]  # name: its time zone, "" for the event's
    deductions: list[DeductionPart]
    manual_order: dict[str, list[str]]
    fair_play_totals: dict[str, int]
    slots: list[dict[str, Any]]
    third_place_ranking: dict[str, Any] | None
    cross_group_ranking: dict[str, Any] | None
    matches: list[MatchPart]
    announcements: list[AnnouncementPart]
    ignored: list[str] = field(default_factory=list)
