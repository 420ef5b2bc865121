"""Data of `schedule_update`: fixtures, and the ties of brackets."""

from sqlalchemy import select

from timely.extensions import db
from timely.live.change_log import Changes
from timely.models import Fixture
from timely.models.read_only import EventView
from timely.presenters.bracket import changed_ties
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.row import Row
from timely.presenters.score_text import played_text
from timely.queries.schedule import played_count, schedule


def schedule_update(event: EventView, changes: Changes | None) -> Row:
    ids = None
    if changes is None:
        fixtures, removed, action = schedule(event), [], "snapshot"
    else:
        ids = _fixtures_touched(event, changes)
        fixtures = schedule(event, ids)
        removed = sorted(ids - {fixture.id for fixture in fixtures})
        action = _action(changes)
    rows = [fixture_row(fixture) for fixture in fixtures]
    one = rows[0] if changes is not None and len(rows) == 1 and not removed else None
    return {
        "event_id": event.id,
        "action": action,
        "fixtures": rows,
        "removed": removed,
        "ties": changed_ties(event, ids) if any(fixture.code for fixture in fixtures) else [],
        "played_text": played_text(played_count(event)),
        "updated_fixture": {key: one[key] for key in ("id", "home_team", "away_team", "start_at", "status")}
        if one
        else None,
    }


def _fixtures_touched(event: EventView, changes: Changes) -> set[int]:
    ids = {change.record_id for change in changes if change.kind in ("fixture", "result")}
    others = {change.kind for change in changes} - {"fixture", "result"}
    if others <= {"team", "pitch"} and others:
        of = {kind: {change.record_id for change in changes if change.kind == kind} for kind in ("team", "pitch")}
        ids |= set(
            db.session.scalars(
                select(Fixture.id).where(
                    Fixture.event_id == event.id,
                    Fixture.home_team_id.in_(of["team"])
                    | Fixture.away_team_id.in_(of["team"])
                    | Fixture.pitch_id.in_(of["pitch"]),
                )
            )
        )
    elif others:
        ids |= set(db.session.scalars(select(Fixture.id).where(Fixture.event_id == event.id)))
    return ids


def _action(changes: Changes) -> str:
    """The common action of all changes; "updated" if they differ or concern more than fixtures."""
    kinds = {(change.kind, change.action) for change in changes}
    actions = {action for kind, action in kinds if kind == "fixture"}
    if actions and not any(kind in ("team", "pitch", "stage", "group", "event") for kind, _ in kinds):
        for action in ("created", "deleted", "rescheduled"):
            if actions == {action}:
                return action
    return "updated"
