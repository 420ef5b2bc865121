"""Takes an event file into the database, whole or not at all."""

import secrets
from typing import Any

from timely.clock import now
from timely.database import writing
from timely.event_file.parts import EventFile, MatchPart
from timely.extensions import db
from timely.models import (
    Announcement,
    Deduction,
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
from timely.services import audit
from timely.services.slugs import free_slug


def import_event(file: EventFile, *, by: User | None = None, owner: User | None = None) -> Event:
    """The new event. *owner* is given the organiser's right in it; without one only administrators have it."""
    with writing():
        event = _event(file)
        db.session.add(event)
        db.session.flush()
        teams = {
            part.name: Team(event_id=event.id, name=part.name, colour=part.colour) for part in file.teams
        }
        pitches = {name: Pitch(event_id=event.id, name=name) for name in file.pitches}
        db.session.add_all([*teams.values(), *pitches.values()])
        db.session.flush()
        _set_orders(event, file, teams)
        db.session.add_all(
            Deduction(event_id=event.id, team_id=teams[part.team].id, points=part.points, reason=part.reason)
            for part in file.deductions
        )
        groups, knockout = _stages(event, file, teams)
        _matches(event, file.matches, teams, pitches, groups, knockout, by)
        _announcements(event, file)
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


def _event(file: EventFile) -> Event:
    days = [match.start_on for match in file.matches if match.start_on]
    return Event(
        slug=free_slug(file.name),
        name=file.name,
        sport=file.sport,
        season=file.season,
        status=file.status,
        visibility=file.visibility,
        access_key=secrets.token_urlsafe(12),
        starts_on=file.starts_on or min(days, default=None),
        ends_on=file.ends_on or max(days, default=None),
        place=file.place,
        timezone=file.timezone,
        details=file.details,
        accent=file.accent,
        counts_from=file.counts_from,
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


def _stages(
    event: Event, file: EventFile, teams: dict[str, Team]
) -> tuple[dict[str | None, Group], Stage | None]:
    """The groups by name (None: the one table of a league), and the knockout stage if the file has one."""
    groups: dict[str | None, Group] = {}
    has_knockout = any(match.knockout for match in file.matches)
    members: dict[str | None, list[str]] = {name: list(teams_) for name, teams_ in file.groups.items()}
    if not members and (not has_knockout or any(not match.knockout for match in file.matches)):
        members = {None: [part.name for part in file.teams]}
    if members:
        stage = Stage(event_id=event.id, kind="groups" if file.groups else "league", position=1)
        db.session.add(stage)
        db.session.flush()
        for position, name in enumerate(members, 1):
            groups[name] = Group(event_id=event.id, stage_id=stage.id, name=name or "", position=position)
        db.session.add_all(groups.values())
        db.session.flush()
        for name, names in members.items():
            db.session.add_all(
                Entry(event_id=event.id, group_id=groups[name].id, team_id=teams[team].id) for team in names
            )
    knockout = Stage(event_id=event.id, kind="knockout", position=2) if has_knockout else None
    if knockout:
        db.session.add(knockout)
        db.session.flush()
    return groups, knockout


def _matches(
    event: Event,
    matches: list[MatchPart],
    teams: dict[str, Team],
    pitches: dict[str, Pitch],
    groups: dict[str | None, Group],
    knockout: Stage | None,
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
    fixtures = []
    for match in matches:
        group = None if match.knockout else groups[match.group]
        stage = knockout if match.knockout else group and group.stage_id
        fixture = Fixture(
            event_id=event.id,
            stage_id=stage.id if isinstance(stage, Stage) else stage,
            group_id=group.id if group else None,
            round=match.round,
            home_team_id=teams[match.home].id if match.home else None,
            away_team_id=teams[match.away].id if match.away else None,
            home_label=match.home_label,
            away_label=match.away_label,
            start_on=match.start_on,
            start_at=match.start_at,
            venue=match.venue,
            venue_timezone=match.venue_timezone,
            pitch_id=pitches[match.pitch].id if match.pitch else None,
            status=match.status,
            saved_no=order_saved.get(id(match)),
        )
        fixtures.append(fixture)
    db.session.add_all(fixtures)
    db.session.flush()
    db.session.add_all(
        Result(
            event_id=event.id,
            fixture_id=fixture.id,
            home_score=match.score.home_score,
            away_score=match.score.away_score,
            home_pens=match.score.home_pens,
            away_pens=match.score.away_pens,
            extra=match.score.extra,
            status=match.score.status,
            running=match.score.running,
            entered_by=by.name if by else audit.NOBODY,
        )
        for fixture, match in zip(fixtures, matches, strict=True)
        if match.score
    )


def _announcements(event: Event, file: EventFile) -> None:
    db.session.add_all(
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
