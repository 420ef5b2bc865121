"""Exports an event as an event file, in canonical form: importing it gives the same file again."""

import json
from typing import Any

from timely.clock import stamp
from timely.domain.days import first_and_last
from timely.domain.timetable import read_settings
from timely.models import Announcement, Event, Fixture, Stage, Team
from timely.queries.teams import team_names
from timely.queries.timetables import all_fixtures


def event_file_text(event: Event) -> str:
    """The file, ready to be saved: JSON with an indent of one blank."""
    return json.dumps(event_file(event), ensure_ascii=False, indent=1) + "\n"


def event_file(event: Event) -> dict[str, Any]:
    """The event as one dict. Keys with empty values are left out, and some with default values."""
    names, fixtures = team_names(event), all_fixtures(event)
    divisions = {division.id: division.name for division in event.divisions}
    groups = _groups(event, names, divisions)
    # As an import would set them: an event whose games have days has days too.
    starts_on, ends_on = first_and_last(event.starts_on, event.ends_on, (one.start_on for one in fixtures))
    data = {
        "name": event.name,
        "sport": event.sport,
        "season": event.season,
        "status": event.status,
        "visibility": event.visibility,
        "timezone": event.timezone,
        "language": event.language if event.language != "en" else None,
        "place": event.place,
        "details": event.details,
        "accent": event.accent,
        "starts_on": starts_on.isoformat() if starts_on else None,
        "ends_on": ends_on.isoformat() if ends_on else None,
        "counts_from": event.counts_from if event.counts_from != "PENDING" else None,
        "entrants": event.entrants if event.entrants != "team" else None,
        "second_person": event.second_person or None,
        "rulebook": event.rulebook,
        "rules": event.rules,
        "divisions": list(divisions.values()),
        "teams": [_team(team, divisions) for team in event.teams],
        "groups": groups.pop(None, {}),
        "division_groups": groups,
        "stages": _stages(event, divisions),
        "timetable": _timetable(event, divisions),
        "pitches": [
            {"name": pitch.name, "timezone": pitch.timezone} if pitch.timezone else pitch.name
            for pitch in event.pitches
        ],
        "deductions": [
            {"team": names[one.team_id], "points": one.points, "reason": one.reason} for one in event.deductions
        ],
        "manual_order": _with_names(event.manual_order, names),
        "fair_play_totals": {
            names[int(key)]: points for key, points in event.fair_play_totals.items() if int(key) in names
        },
        "slots": event.slots,
        "third_place_ranking": _ranking(event.third_place_ranking, names),
        "cross_group_ranking": _ranking(event.cross_group_ranking, names),
        "matches": [_match(fixture, names, divisions) for fixture in fixtures],
        "announcements": [_announcement(announcement) for announcement in event.announcements],
    }
    return {key: value for key, value in data.items() if _has_value(value)}


def _has_value(value: Any) -> bool:
    return value is not None and value not in ("", [], {})


def _with_names(order: dict[str, list[int]], names: dict[int, str]) -> dict[str, list[str]]:
    return {criterion: [names[team] for team in teams if team in names] for criterion, teams in order.items()}


def _ranking(data: dict[str, Any] | None, names: dict[int, str]) -> dict[str, Any] | None:
    return {**data, "manual_order": _with_names(data["manual_order"], names)} if data else None


def _team(team: Team, divisions: dict[int, str]) -> dict[str, Any] | str:
    data = {
        "name": team.name,
        "colour": team.colour,
        "division": divisions.get(team.division_id or 0),
        "members": team.members,
        "withdrawn": team.withdrawn,
    }
    data = {key: value for key, value in data.items() if _has_value(value)}
    return data if len(data) > 1 else team.name


def _groups(event: Event, names: dict[int, str], divisions: dict[int, str]) -> dict[str | None, dict[str, list[str]]]:
    """{division: {group: names of its teams}}; None for an event without divisions."""
    found: dict[str | None, dict[str, list[str]]] = {}
    order = {id_: number for number, id_ in enumerate(divisions)}
    for stage in sorted(event.stages, key=lambda one: order.get(one.division_id or 0, -1)):
        if stage.kind == "groups":
            here = found.setdefault(divisions.get(stage.division_id or 0), {})
            here |= {group.name: [names[entry.team_id] for entry in group.entries] for group in stage.groups}
    return found


def _stages(event: Event, divisions: dict[int, str]) -> list[dict[str, Any]]:
    """The stages with options, and knockouts in which an import would infer links that nobody has made."""
    loose = {one.stage_id for one in event.fixtures if one.is_knockout and not one.code}
    listed = [
        stage
        for stage in event.stages
        if stage.options or stage.id in loose or (stage.kind == "knockout" and event.slots)
    ]
    order = {id_: number for number, id_ in enumerate(divisions)}
    listed.sort(key=lambda stage: (order.get(stage.division_id or 0, -1), stage.position))
    return [_stage(stage, divisions) for stage in listed]


def _stage(stage: Stage, divisions: dict[int, str]) -> dict[str, Any]:
    options = dict(sorted(stage.options.items()))
    data: dict[str, Any] = {"division": divisions.get(stage.division_id or 0), "kind": stage.kind, "options": options}
    if stage.kind == "knockout" and _is_by_hand(stage):
        data["by_hand"] = True
    return {key: value for key, value in data.items() if _has_value(value)}


def _is_by_hand(stage: Stage) -> bool:
    """Whether the stage has games of which none has a code: an import would infer links that nobody has made."""
    games = [one for one in stage.event.fixtures if one.stage_id == stage.id]
    return bool(games) and not any(one.code for one in games)


def _timetable(event: Event, divisions: dict[int, str]) -> dict[str, Any] | None:
    """The timetable's settings with names of divisions and pitches in place of the database's ids."""
    if event.timetable is None:
        return None
    pitches = {str(pitch.id): pitch.name for pitch in event.pitches}
    named = read_settings(event.timetable).renamed({str(id_): name for id_, name in divisions.items()}, pitches)
    return named.as_dict()


def _match(fixture: Fixture, names: dict[int, str], divisions: dict[int, str]) -> dict[str, Any]:
    result = fixture.result
    # A game of a withdrawn team states its status: without that an import would apply the rules of withdrawal to it.
    is_of_the_gone = fixture.group_id is not None and any(
        team is not None and team.withdrawn for team in (fixture.home_team, fixture.away_team)
    )
    data: dict[str, Any] = {
        "division": divisions.get(fixture.stage.division_id or 0),
        "stage": "knockout" if fixture.is_knockout else None,
        "group": fixture.group.name if fixture.group else None,
        "round": fixture.round,
        "date": fixture.start_on.isoformat() if fixture.start_on else None,
        "kickoff_utc": stamp(fixture.start_at),
        "venue_tz": fixture.venue_timezone,
        "venue": fixture.venue,
        "pitch": fixture.pitch.name if fixture.pitch else None,
        "home": names.get(fixture.home_team_id) if fixture.home_team_id else None,
        "away": names.get(fixture.away_team_id) if fixture.away_team_id else None,
        "home_label": fixture.home_label,
        "away_label": fixture.away_label,
        "code": fixture.code,
        "leg": fixture.leg,
        "home_from": fixture.home_source,
        "away_from": fixture.away_source,
        "locked": fixture.locked or None,
        "ruling": fixture.ruling,
    }
    if result:
        data |= {
            "home_score": result.home_score,
            "away_score": result.away_score,
            "home_pens": result.home_pens,
            "away_pens": result.away_pens,
            "extra": result.extra,
            "result_status": result.status if result.status != "FINAL" else None,
            "running": result.running or None,
            "annulled": True if result.annulled else False if is_of_the_gone else None,
            "decided": result.decided,
            "decided_by": result.decided_by,
        }
    if fixture.status != ("FINISHED" if result and not result.running else "SCHEDULED") or is_of_the_gone:
        data["status"] = fixture.status
    return {key: value for key, value in data.items() if _has_value(value)}


def _announcement(announcement: Announcement) -> dict[str, Any]:
    data = {
        "title": announcement.title,
        "message": announcement.message,
        "type": announcement.type,
        "priority": announcement.priority,
        "publish_at": stamp(announcement.publish_at),
        "expires_at": stamp(announcement.expires_at),
        "state": announcement.state if announcement.state != "CURRENT" else None,
    }
    return {key: value for key, value in data.items() if _has_value(value)}
