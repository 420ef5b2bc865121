"""Fixture details: teams, place and time of a game, and the checks on them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from timely.domain.translation import lazy_gettext, lazy_pgettext
from timely.extensions import db
from timely.models import Event, Fixture, Group, Pitch, Stage, Team
from timely.models.fixture import source_label
from timely.presenters.round_text import table_text
from timely.services.errors import RuleBroken
from timely.services.stages import knockout_stage, table_groups


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The wanted details of a fixture.

    A label stands for a team that is not known yet, which only a knockout game may have.
    Without a `group` a table game belongs to the one in which both teams play. `start_on` counts where there is no
    `start_at`.
    """

    home_team: Team | None
    away_team: Team | None
    home_label: str = ""
    away_label: str = ""
    group: Group | None = None
    is_knockout: bool = False
    division_id: int | None = None  # of a knockout game whose teams are not known
    round: str = ""
    start_on: date | None = None
    start_at: datetime | None = None
    pitch: Pitch | None = None
    venue: str = ""


def arrange(fixture: Fixture, event: Event, wanted: Arrangement) -> None:
    """Writes *wanted* into the fixture. Raises RuleBroken with the field."""
    _check_teams(fixture, event, wanted)
    group = None if wanted.is_knockout else _group(event, wanted)
    if group is None:
        stage = knockout_stage(event, _division_id(event, wanted))
    else:
        stage = db.session.get_one(Stage, group.stage_id)
    if wanted.pitch is not None and wanted.pitch.event_id != event.id:
        raise RuleBroken(lazy_gettext("That pitch is not one of this event."), field="pitch")
    home_words = away_words = ""
    if fixture.stage is not stage:  # outside its bracket it is no longer a tie, and waits for none
        home_words, away_words = source_label(fixture.home_source), source_label(fixture.away_source)
        fixture.code, fixture.leg, fixture.home_source, fixture.away_source = "", None, None, None
    fixture.stage, fixture.group = stage, group
    # A team chosen by hand stays: no result replaces it.
    if wanted.home_team is not fixture.home_team:
        fixture.home_source = None
    if wanted.away_team is not fixture.away_team:
        fixture.away_source = None
    fixture.home_team, fixture.away_team = wanted.home_team, wanted.away_team
    fixture.home_label = "" if wanted.home_team else wanted.home_label or home_words
    fixture.away_label = "" if wanted.away_team else wanted.away_label or away_words
    fixture.round, fixture.venue, fixture.pitch = wanted.round, wanted.venue, wanted.pitch
    set_start(fixture, ZoneInfo(_timezone(fixture, event)), wanted.start_on, wanted.start_at)


def _timezone(fixture: Fixture, event: Event) -> str:
    """Same as Fixture.timezone, but also for a fixture that is not in the event yet."""
    return fixture.venue_timezone or (fixture.pitch.timezone if fixture.pitch else "") or event.timezone


def set_start(fixture: Fixture, zone: ZoneInfo, start_on: date | None, start_at: datetime | None) -> None:
    """Sets the time, with its day at the place of play, or the day alone, or neither."""
    fixture.start_at = start_at
    fixture.start_on = start_at.astimezone(zone).date() if start_at else start_on


def audit_values(fixture: Fixture) -> dict[str, Any]:
    """The fixture as the audit log stores it."""
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


def _check_teams(fixture: Fixture, event: Event, wanted: Arrangement) -> None:
    # A side with a source already says which team will come, so it needs no label.
    waits_home = fixture.home_source is not None and fixture.home_team is None
    waits_away = fixture.away_source is not None and fixture.away_team is None
    for side, team, said in (
        ("home_team", wanted.home_team, wanted.home_label or waits_home),
        ("away_team", wanted.away_team, wanted.away_label or waits_away),
    ):
        if team is not None and team.event_id != event.id:
            raise RuleBroken(lazy_gettext("That team does not play in this event."), field=side)
        if team is None and not wanted.is_knockout:
            raise RuleBroken(lazy_gettext("Choose a team."), field=side)
        if team is None and not said:
            raise RuleBroken(
                lazy_gettext(
                    "Choose a team, or say who it will be, such as “%(label)s”.",
                    label=lazy_pgettext("of a game", "Winner %(game)s", game="QF2"),
                ),
                field=side,
            )
    if wanted.home_team is not None and wanted.home_team is wanted.away_team:
        raise RuleBroken(lazy_gettext("A team cannot play against itself."), field="away_team")


def _division_id(event: Event, wanted: Arrangement) -> int | None:
    """The division of a knockout game: that of its teams, else the one that was chosen."""
    found = {team.division_id for team in (wanted.home_team, wanted.away_team) if team}
    if len(found) > 1:
        raise RuleBroken(lazy_gettext("These two are of different divisions."), field="away_team")
    (division_id,) = found or {wanted.division_id}
    if event.divisions and division_id not in {division.id for division in event.divisions}:
        raise RuleBroken(lazy_gettext("Choose the division."), field="group")
    return division_id


def _group(event: Event, wanted: Arrangement) -> Group:
    pair = {team.id for team in (wanted.home_team, wanted.away_team) if team}
    groups = [group for group in table_groups(event) if pair <= {entry.team_id for entry in group.entries}]
    if wanted.group is not None:
        if wanted.group not in groups:
            raise RuleBroken(
                lazy_gettext("These two are not both in %(group)s.", group=table_text(wanted.group.title)),
                field="group",
            )
        return wanted.group
    if len(groups) != 1:
        raise RuleBroken(
            lazy_gettext("These two are in no group together. Choose others, or make it a knockout game.")
            if not groups
            else lazy_gettext("These two meet in several groups. Say in which."),
            field="group",
        )
    return groups[0]
