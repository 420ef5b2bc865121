"""Imports an event file into the database, whole or not at all, yielding to other tasks between its steps."""

import secrets
from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert

from timely.clock import now
from timely.database.transactions import writing
from timely.domain.days import first_and_last
from timely.domain.game_states import state_when_made
from timely.event_file.parts import EventFile, MatchPart
from timely.extensions import db
from timely.models import (
    Announcement,
    Deduction,
    Division,
    Entry,
    Event,
    Fixture,
    Group,
    Pitch,
    Result,
    Right,
    Stage,
    Team,
    User,
)
from timely.models.base import Base
from timely.services import audit
from timely.services.advancement import fill_in
from timely.services.batches import let_others_go_on, some_at_a_time
from timely.services.event_progress import keep_progress
from timely.services.game_states import keep_states
from timely.services.knockout_links import link_knockouts
from timely.services.labels import read_labels_of_file
from timely.services.slugs import free_slug


def import_event(file: EventFile, *, by: User | None = None, owner: User | None = None) -> Event:
    """The new event. *owner* is given the organiser's right in it; without one only administrators have access."""
    with writing():
        event = _event(file)
        db.session.add(event)
        db.session.flush()
        divisions: dict[str | None, Division] = {
            name: Division(event_id=event.id, name=name, position=position)
            for position, name in enumerate(file.divisions, 1)
        }
        db.session.add_all(divisions.values())
        db.session.flush()
        teams = {
            distinct: Team(
                event_id=event.id,
                name=part.name,
                colour=part.colour,
                division_id=divisions[part.division].id if part.division else None,
                members=part.members,
                withdrawn=part.withdrawn,
            )
            for distinct, part in file.teams.items()
        }
        pitches = {name: Pitch(event_id=event.id, name=name, timezone=zone) for name, zone in file.pitches.items()}
        _add(teams.values())
        _add(pitches.values())
        _set_orders(event, file, teams)
        if file.timetable:
            ids = {name: str(division.id) for name, division in divisions.items() if name is not None}
            keys = {name: str(pitch.id) for name, pitch in pitches.items()}
            event.timetable = file.timetable.renamed(ids, keys).as_dict()
        db.session.add_all(
            Deduction(event_id=event.id, team_id=teams[part.team].id, points=part.points, reason=part.reason)
            for part in file.deductions
        )
        stages = _Stages(event, file, teams, divisions)
        _matches(event, file.matches, teams, pitches, stages, by)
        _announcements(event, file)
        db.session.flush()
        db.session.expire_all()
        let_others_go_on()
        link_knockouts(event, told={part.division for part in file.stages if part.by_hand})
        read_labels_of_file(event)
        fill_in(event)
        db.session.flush()
        keep_states(now())  # or the clock's next second would raise the versions of what was just read
        keep_progress(now(), [event.id])
        if owner is not None:
            db.session.add(Right(user_id=owner.id, event_id=event.id))
        audit.record(
            "import event",
            event.name,
            by=by,
            event_id=event.id,
            after={"teams": len(file.teams), "matches": len(file.matches)},
        )
    return event


def _add(records: Iterable[Base]) -> None:
    for some in some_at_a_time(records):
        db.session.add_all(some)
        db.session.flush()


def _insert(cls: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    """Inserts rows of an event that has no subscribers yet: they are published with it, not one by one."""
    for some in some_at_a_time(rows):
        db.session.execute(insert(cls), some)


def _insert_fixtures(rows: Iterable[dict[str, Any]]) -> list[int]:
    """Inserts the fixtures and returns their ids."""
    ids: list[int] = []
    for some in some_at_a_time(rows):
        ids += db.session.scalars(insert(Fixture).returning(Fixture.id, sort_by_parameter_order=True), some)
    return ids


def _event(file: EventFile) -> Event:
    starts_on, ends_on = first_and_last(file.starts_on, file.ends_on, (match.start_on for match in file.matches))
    return Event(
        slug=free_slug(file.name),
        name=file.name,
        sport=file.sport,
        season=file.season,
        status=file.status,
        visibility=file.visibility,
        access_key=secrets.token_urlsafe(12),
        starts_on=starts_on,
        ends_on=ends_on,
        place=file.place,
        timezone=file.timezone,
        details=file.details,
        accent=file.accent,
        counts_from=file.counts_from,
        entrants=file.entrants,
        second_person=file.second_person,
        rulebook=file.rulebook,
        rules=file.rules.as_dict(),
        slots=file.slots,
    )


def _set_orders(event: Event, file: EventFile, teams: dict[str, Team]) -> None:
    def with_ids(order: dict[str, list[str]]) -> dict[str, list[int]]:
        return {criterion: [teams[name].id for name in names] for criterion, names in order.items()}

    def ranking(data: dict[str, Any] | None) -> dict[str, Any] | None:
        return {**data, "manual_order": with_ids(data["manual_order"])} if data else None

    event.manual_order = with_ids(file.manual_order)
    event.fair_play_totals = {str(teams[name].id): points for name, points in file.fair_play_totals.items()}
    event.third_place_ranking = ranking(file.third_place_ranking)
    event.cross_group_ranking = ranking(file.cross_group_ranking)


class _Stages:
    """The stages of a file: for each division its tables by group name (None: a league's table), and its knockout."""

    def __init__(
        self, event: Event, file: EventFile, teams: dict[str, Team], divisions: dict[str | None, Division]
    ) -> None:
        self.event, self.file, self.teams = event, file, teams
        self.groups: dict[tuple[str | None, str | None], Group] = {}
        self._entries: list[dict[str, Any]] = []
        self.knockouts: dict[str | None, Stage] = {}
        self.options = {(part.division, part.kind == "knockout"): part for part in file.stages}
        named: list[str | None] = [*file.divisions]
        said = [
            *(team.division for team in file.teams.values()),
            *(match.division for match in file.matches),
            *(stage.division for stage in file.stages),
        ]
        if not named or None in said:
            named = [None, *named]
        for division in named:
            id_ = divisions[division].id if division is not None else None
            self._make(division, id_)
        _insert(Entry, self._entries)

    def _make(self, division: str | None, division_id: int | None) -> None:
        here = [match for match in self.file.matches if match.division == division]
        has_knockout = any(match.knockout for match in here) or (division, True) in self.options
        groups = self.file.groups.get(division, {})
        members: dict[str | None, list[str]] = {name: list(names) for name, names in groups.items()}
        has_table = any(not match.knockout for match in here) or (division, False) in self.options
        if not members and (not has_knockout or has_table):
            members = {None: [name for name, part in self.file.teams.items() if part.division == division]}
        if members:
            kind = "groups" if groups else "league"
            stage = self._stage(division, division_id, kind)
            for position, (name, names) in enumerate(members.items(), 1):
                self._group(stage, division, name, names, position)
        if has_knockout:
            self.knockouts[division] = self._stage(division, division_id, "knockout")

    def _stage(self, division: str | None, division_id: int | None, kind: str) -> Stage:
        part = self.options.get((division, kind == "knockout"))
        stage = Stage(
            event_id=self.event.id,
            kind=kind,
            division_id=division_id,
            position=2 if kind == "knockout" else 1,
            options=part.options if part else {},
        )
        db.session.add(stage)
        db.session.flush()
        return stage

    def _group(self, stage: Stage, division: str | None, name: str | None, names: list[str], position: int) -> None:
        group = Group(event_id=self.event.id, stage_id=stage.id, name=name or "", position=position)
        db.session.add(group)
        db.session.flush()
        self.groups[division, name] = group
        self._entries += [
            {"event_id": self.event.id, "group_id": group.id, "team_id": self.teams[team].id} for team in names
        ]
        let_others_go_on()


def _matches(
    event: Event,
    matches: list[MatchPart],
    teams: dict[str, Team],
    pitches: dict[str, Pitch],
    stages: "_Stages",
    by: User | None,
) -> None:
    played = sorted(
        (match for match in matches if match.score),
        key=lambda match: (
            match.start_on.isoformat() if match.start_on else "9999",
            match.start_at.isoformat() if match.start_at else "",
        ),
    )
    order_saved = {id(match): number for number, match in enumerate(played, 1)}
    rows, moment = [], now()
    for match in matches:
        group = None if match.knockout else stages.groups[match.division, match.group]
        row = {
            "event_id": event.id,
            "stage_id": group.stage_id if group else stages.knockouts[match.division].id,
            "group_id": group.id if group else None,
            "round": match.round,
            "home_team_id": teams[match.home].id if match.home else None,
            "away_team_id": teams[match.away].id if match.away else None,
            "code": match.code,
            "leg": match.leg,
            "home_source": match.home_source,
            "away_source": match.away_source,
            "home_label": match.home_label,
            "away_label": match.away_label,
            "locked": match.locked,
            "ruling": match.ruling,
            "start_on": match.start_on,
            "start_at": match.start_at,
            "venue": match.venue,
            "venue_timezone": match.venue_timezone,
            "pitch_id": pitches[match.pitch].id if match.pitch else None,
            "status": match.status,
            "state": state_when_made(match.status, moment, match.start_at),
            "state_since": moment,
            "saved_no": order_saved.get(id(match)),
        }
        rows.append(row)
    results = [
        {
            "event_id": event.id,
            "fixture_id": fixture_id,
            "home_score": match.score.home_score,
            "away_score": match.score.away_score,
            "home_pens": match.score.home_pens,
            "away_pens": match.score.away_pens,
            "extra": match.score.extra,
            "status": match.score.status,
            "running": match.score.running,
            "annulled": match.score.annulled,
            "decided": match.score.decided,
            "decided_by": match.score.decided_by,
            "entered_by": by.name if by else audit.NOBODY,
        }
        for fixture_id, match in zip(_insert_fixtures(rows), matches, strict=True)
        if match.score
    ]
    _insert(Result, results)


def _announcements(event: Event, file: EventFile) -> None:
    _add(
        Announcement(
            event_id=event.id,
            title=part.title,
            message=part.message,
            type=part.type,
            priority=part.priority,
            publish_at=part.publish_at or now(),
            expires_at=part.expires_at,
            state=part.state,
        )
        for part in file.announcements
    )
