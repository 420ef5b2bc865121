"""What is arranged of a game: who, where, when; and what of it can be."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from timely.extensions import db
from timely.models import Event, Fixture, Group, Pitch, Stage, Team
from timely.services.faults import RuleBroken
from timely.services.stages import knockout_stage, table_groups


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A label stands for a team that is not known yet, which only a knockout game may have.

    Without a `group` a table game belongs to the one in which both play. `start_on` counts where there is no
    `start_at`.
    """

    home_team: Team | None
    away_team: Team | None
    home_label: str = ""
    away_label: str = ""
    group: Group | None = None
    is_knockout: bool = False
    round: str = ""
    start_on: date | None = None
    start_at: datetime | None = None
    pitch: Pitch | None = None
    venue: str = ""


def arrange(fixture: Fixture, event: Event, wanted: Arrangement) -> None:
    """Writes what is wanted into the fixture. Raises RuleBroken with the field."""
    _check_teams(event, wanted)
    group = None if wanted.is_knockout else _group(event, wanted)
    stage = knockout_stage(event) if group is None else db.session.get_one(Stage, group.stage_id)
    if wanted.pitch is not None and wanted.pitch.event_id != event.id:
        raise RuleBroken("That pitch is not one of this event.", field="pitch")
    fixture.stage, fixture.group = stage, group
    fixture.home_team, fixture.away_team = wanted.home_team, wanted.away_team
    fixture.home_label = "" if wanted.home_team else wanted.home_label
    fixture.away_label = "" if wanted.away_team else wanted.away_label
    fixture.round, fixture.venue, fixture.pitch = wanted.round, wanted.venue, wanted.pitch
    set_start(fixture, ZoneInfo(fixture.venue_timezone or event.timezone), wanted.start_on, wanted.start_at)


def set_start(fixture: Fixture, zone: ZoneInfo, start_on: date | None, start_at: datetime | None) -> None:
    """The time with its day at the place of play, or the day alone, or neither."""
    fixture.start_at = start_at
    fixture.start_on = start_at.astimezone(zone).date() if start_at else start_on


def told(fixture: Fixture) -> dict[str, Any]:
    """The fixture as the audit keeps it."""
    return {
        "home": fixture.home_name,
        "away": fixture.away_name,
        "group": fixture.group.name if fixture.group else None,
        "knockout": fixture.is_knockout,
        "round": fixture.round,
        "start_on": fixture.start_on.isoformat() if fixture.start_on else None,
        "start_at": fixture.start_at.isoformat() if fixture.start_at else None,
        "pitch": fixture.pitch.name if fixture.pitch else None,
        "venue": fixture.venue,
        "status": fixture.status,
    }


def _check_teams(event: Event, wanted: Arrangement) -> None:
    for side, team, label in (
        ("home_team", wanted.home_team, wanted.home_label),
        ("away_team", wanted.away_team, wanted.away_label),
    ):
        if team is not None and team.event_id != event.id:
            raise RuleBroken("That team does not play in this event.", field=side)
        if team is None and not wanted.is_knockout:
            raise RuleBroken("Choose a team.", field=side)
        if team is None and not label:
            raise RuleBroken("Choose a team, or say who it will be, such as “Winner of QF 2”.", field=side)
    if wanted.home_team is not None and wanted.home_team is wanted.away_team:
        raise RuleBroken("A team cannot play against itself.", field="away_team")


def _group(event: Event, wanted: Arrangement) -> Group:
    pair = {team.id for team in (wanted.home_team, wanted.away_team) if team}
    groups = [group for group in table_groups(event) if pair <= {entry.team_id for entry in group.entries}]
    if wanted.group is not None:
        if wanted.group not in groups:
            raise RuleBroken(f"These two are not both in {wanted.group.title}.", field="group")
        return wanted.group
    if len(groups) != 1:
        raise RuleBroken(
            "These two are in no group together. Choose others, or make it a knockout game."
            if not groups
            else "These two meet in several groups. Say in which.",
            field="group",
        )
    return groups[0]
