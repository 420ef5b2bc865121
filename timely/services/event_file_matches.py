"""Inserts the fixtures and results of an event file that is imported."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert

from timely.clock import now
from timely.domain.game_states import state_when_made
from timely.event_file.contents import MatchPart
from timely.extensions import db
from timely.models import Event, Fixture, Pitch, Result, Team, User
from timely.services import audit
from timely.services.batches import in_batches, insert_rows
from timely.services.event_file_stages import ImportedStages


def insert_matches(
    event: Event,
    matches: list[MatchPart],
    teams: dict[str, Team],
    pitches: dict[str, Pitch],
    stages: ImportedStages,
    by: User | None,
) -> None:
    """Inserts a fixture for each match, and a result for each that has a score, entered *by* the person who imports."""
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
            "entered_by": audit.name_of(by),
        }
        for fixture_id, match in zip(_insert_fixtures(rows), matches, strict=True)
        if match.score
    ]
    insert_rows(Result, results)


def _insert_fixtures(rows: Iterable[dict[str, Any]]) -> list[int]:
    """Inserts the fixtures and returns their ids."""
    ids: list[int] = []
    for some in in_batches(rows):
        ids += db.session.scalars(insert(Fixture).returning(Fixture.id, sort_by_parameter_order=True), some)
    return ids
