"""Imports an event file into the database, whole or not at all, yielding to other tasks between its steps."""

import secrets
from typing import Any

from timely.clock import now
from timely.database.transactions import writing
from timely.domain.days import first_and_last
from timely.domain.translation import gettext_noop
from timely.event_file.contents import EventFile
from timely.extensions import db
from timely.languages.available import languages
from timely.models import Announcement, Deduction, Division, Event, Pitch, Right, Team, User
from timely.services import audit
from timely.services.advancement import fill_in
from timely.services.batches import add_records, yield_to_others
from timely.services.event_file_matches import insert_matches
from timely.services.event_file_stages import ImportedStages
from timely.services.event_progress import update_progress
from timely.services.game_states import update_states
from timely.services.knockout_links import link_knockouts
from timely.services.side_labels import read_labels_of_file
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
        add_records(teams.values())
        add_records(pitches.values())
        _set_orders(event, file, teams)
        if file.timetable:
            ids = {name: str(division.id) for name, division in divisions.items() if name is not None}
            keys = {name: str(pitch.id) for name, pitch in pitches.items()}
            event.timetable = file.timetable.renamed(ids, keys).as_dict()
        db.session.add_all(
            Deduction(event_id=event.id, team_id=teams[part.team].id, points=part.points, reason=part.reason)
            for part in file.deductions
        )
        stages = ImportedStages(event, file, teams, divisions)
        insert_matches(event, file.matches, teams, pitches, stages, by)
        _announcements(event, file)
        db.session.flush()
        db.session.expire_all()
        yield_to_others()
        link_knockouts(event, made_by_hand={part.division for part in file.stages if part.by_hand})
        read_labels_of_file(event)
        fill_in(event)
        db.session.flush()
        update_states(now())  # or the clock's next second would raise the versions of what was just read
        update_progress(now(), [event.id])
        if owner is not None:
            db.session.add(Right(user_id=owner.id, event_id=event.id))
        audit.record(
            gettext_noop("import event"),
            event.name,
            by=by,
            event_id=event.id,
            after={"teams": len(file.teams), "matches": len(file.matches)},
        )
    return event


def _event(file: EventFile) -> Event:
    language = languages().find(file.language)
    if language is None:
        file.ignored.append("language")
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
        language=(language or languages().default).code,
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


def _announcements(event: Event, file: EventFile) -> None:
    add_records(
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
