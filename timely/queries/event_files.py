"""The event file of an event, as export writes it: canonical, so that importing it gives the same file again."""

import json
from typing import Any

from timely.clock import stamp
from timely.models import Announcement, Event, Fixture


def event_file_text(event: Event) -> str:
    """The file, ready to be saved: JSON with a line for each match."""
    return json.dumps(event_file(event), ensure_ascii=False, indent=1) + "\n"


def event_file(event: Event) -> dict[str, Any]:
    """The event as one dict. Keys that would say nothing are left out."""
    names = {team.id: team.name for team in event.teams}
    tables = [stage for stage in event.stages if stage.kind == "groups"]
    data = {
        "name": event.name,
        "sport": event.sport,
        "season": event.season,
        "status": event.status,
        "visibility": event.visibility,
        "timezone": event.timezone,
        "place": event.place,
        "details": event.details,
        "accent": event.accent,
        "starts_on": event.starts_on.isoformat() if event.starts_on else None,
        "ends_on": event.ends_on.isoformat() if event.ends_on else None,
        "counts_from": event.counts_from if event.counts_from != "PENDING" else None,
        "rulebook": event.rulebook,
        "rules": event.rules,
        "teams": [{"name": t.name, "colour": t.colour} if t.colour else t.name for t in event.teams],
        "groups": {
            group.name: [names[entry.team_id] for entry in group.entries] for stage in tables for group in stage.groups
        },
        "pitches": [pitch.name for pitch in event.pitches],
        "deductions": [
            {"team": names[one.team_id], "points": one.points, "reason": one.reason} for one in event.deductions
        ],
        "manual_order": _with_names(event.manual_order, names),
        "fair_play_totals": {names[int(key)]: points for key, points in event.fair_play_totals.items()},
        "slots": event.slots,
        "third_place_ranking": _ranking(event.third_place_ranking, names),
        "cross_group_ranking": _ranking(event.cross_group_ranking, names),
        "matches": [_match(fixture, names) for fixture in event.fixtures],
        "announcements": [_announcement(announcement) for announcement in event.announcements],
    }
    return {key: value for key, value in data.items() if _says_something(value)}


def _says_something(value: Any) -> bool:
    return value is not None and value not in ("", [], {})


def _with_names(order: dict[str, list[int]], names: dict[int, str]) -> dict[str, list[str]]:
    return {criterion: [names[team] for team in teams if team in names] for criterion, teams in order.items()}


def _ranking(data: dict[str, Any] | None, names: dict[int, str]) -> dict[str, Any] | None:
    return {**data, "manual_order": _with_names(data["manual_order"], names)} if data else None


def _match(fixture: Fixture, names: dict[int, str]) -> dict[str, Any]:
    result = fixture.result
    data: dict[str, Any] = {
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
        }
    if fixture.status != ("FINISHED" if result and not result.running else "SCHEDULED"):
        data["status"] = fixture.status
    return {key: value for key, value in data.items() if _says_something(value)}


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
    return {key: value for key, value in data.items() if _says_something(value)}
