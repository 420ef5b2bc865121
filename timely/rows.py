"""What one row says, as a dict: the page, the API and the live message share it."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from timely.clock import stamp
from timely.domain.scores import winner
from timely.domain.standing import Standing
from timely.models import Announcement, Event, Fixture, Notification
from timely.models.stage import STAGE_NAMES
from timely.queries.tables import Line, Table
from timely.texts import (
    EVENT_STATUS_TEXT,
    FIXTURE_STATUS_TEXT,
    clock_text,
    dates_text,
    day_text,
    played_text,
    ratio,
    ratio_text,
    result_text,
    score_note,
    score_text,
    signed,
    start_text,
)

Row = dict[str, Any]


def table_row(table: Table) -> Row:
    """One table with its rows, and what its columns are."""
    return {
        **table_name(table),
        "columns": [{"key": c.key, "head": c.head, "title": c.title, "narrow": c.narrow} for c in table.columns],
        "leaderboard": table_rows(table),
    }


def table_rows(table: Table) -> list[Row]:
    return [leaderboard_row(line) for line in table.lines]


def table_name(table: Table) -> Row:
    return {
        "id": table.group.id,
        "name": table.group.name or STAGE_NAMES[table.group.stage.kind],
        "name_text": table.group.title,
        "stage": table.group.stage.kind,
    }


def leaderboard_row(line: Line) -> Row:
    """One line of a table. Numbers are numbers; `…_text` stands beside what the page shows otherwise."""
    s = line.standing
    row: Row = {
        "position": s.position,
        "team_id": line.team.id,
        "team_name": line.team.name,
        "team_colour": line.team.colour,
        "p": s.played,
        "w": s.won,
        "d": s.drawn,
        "l": s.lost,
        "gf": s.goals_for,
        "ga": s.goals_against,
        "gd": s.goal_difference,
        "gd_text": signed(s.goal_difference),
        "pts": s.points,
        "form": s.form,
        "tied": s.tied,
        "moved": line.moved,
        "moved_text": f"▲{line.moved}" if line.moved > 0 else f"▼{-line.moved}" if line.moved < 0 else "",
        "moved_way": "up" if line.moved > 0 else "down" if line.moved < 0 else "",
        "zone": line.zone,
    }
    if s.tied:
        row["position_text"] = f"{s.position}="
    if line.figures:
        own = own_figures_row(s)
        row |= {key: own[key] for key in line.figures}
    return row


def own_figures_row(s: Standing) -> Row:
    """All that a sport may add to a row; which of it a row has is for the rules to say."""
    return {
        "otw": s.overtime_won,
        "otl": s.overtime_lost,
        "tf": s.tries_for,
        "ta": s.tries_against,
        "bp": s.bonus,
        "bpt": s.bonus_try,
        "bpl": s.bonus_losing,
        "sw": s.sets_won,
        "sl": s.sets_lost,
        "pw": s.points_won,
        "pl": s.points_lost,
        "set_ratio": ratio(s.set_ratio),
        "set_ratio_text": ratio_text(s.set_ratio),
        "point_ratio": ratio(s.point_ratio),
        "point_ratio_text": ratio_text(s.point_ratio),
        "fp": s.fair_play,
    }


def fixture_row(fixture: Fixture) -> Row:
    """One fixture with its score, as the schedule shows it."""
    result = fixture.result
    side = winner(result.home_score, result.away_score, result.home_pens, result.away_pens) if result else None
    decided = side if result and not result.running else None
    zone = ZoneInfo(fixture.timezone)
    group_text = fixture.group.title if fixture.group and fixture.group.name else ""
    return {
        "id": fixture.id,
        "event_id": fixture.event_id,
        "event_name": fixture.event.name,
        "version": fixture.version,
        "home_team": _team(fixture, "home"),
        "away_team": _team(fixture, "away"),
        "start_at": stamp(fixture.start_at),
        "start_on": fixture.start_on.isoformat() if fixture.start_on else None,
        "start_text": start_text(fixture.start_on, fixture.start_at, zone),
        "start_at_text": clock_text(fixture.start_at, zone),
        "start_on_text": day_text(fixture.start_on),
        "venue": fixture.venue,
        "pitch": fixture.pitch.name if fixture.pitch else "",
        "stage": fixture.stage.kind,
        "group": fixture.group.name if fixture.group else "",
        "group_text": group_text,
        "round": fixture.round,
        "round_text": fixture.round if fixture.round != group_text else "",
        "status": fixture.status,
        "status_text": FIXTURE_STATUS_TEXT[fixture.status],
        "home_score": result.home_score if result else None,
        "away_score": result.away_score if result else None,
        "score_text": score_text(fixture),
        "score_note": score_note(fixture),
        "result_status": result.status if result else None,
        "winner_id": {"home": fixture.home_team_id, "away": fixture.away_team_id}.get(decided or ""),
        "winner_side": decided or "",
        "extra": _extra(fixture),
    }


def result_row(fixture: Fixture) -> Row:
    """A result, as `results_update` tells it. A result that was taken back has null scores."""
    row = fixture_row(fixture)
    keys = ("home_team", "away_team", "home_score", "away_score", "winner_id")
    return {
        "fixture_id": fixture.id,
        **{key: row[key] for key in keys},
        "status": row["result_status"],
        "text": result_text(fixture),
    }


def progress_row(event: Event, latest: Fixture | None, played: tuple[int, int], tables: Sequence[Row]) -> Row:
    """What stands around the tables: when which result came last, how many games are played, who is level."""
    saved_at = latest.result.entered_at.astimezone(event.zone) if latest and latest.result else None
    return {
        "updated_text": f"{saved_at:%H:%M:%S}" if saved_at else "",
        "latest_text": result_text(latest) if latest else "",
        "played_text": played_text(played),
        "tied_text": tied_text(tables),
    }


def tied_text(tables: Sequence[Row]) -> str:
    """Says of played tables that teams share a position; "" where none do."""
    if any(row["tied"] and row["p"] for table in tables for row in table["leaderboard"]):
        return "= nothing in the rules separates these teams yet; they share the position."
    return ""


def announcement_row(announcement: Announcement) -> Row:
    zone = announcement.event.zone
    local = announcement.publish_at.astimezone(zone)
    return {
        "id": announcement.id,
        "title": announcement.title,
        "message": announcement.message,
        "type": announcement.type,
        "type_text": announcement.type.capitalize(),
        "priority": announcement.priority,
        "priority_text": announcement.priority.capitalize(),
        "timestamp": stamp(announcement.publish_at),
        "posted_text": f"{day_text(local.date())}, {local:%H:%M}",
        "expires_at": stamp(announcement.expires_at),
    }


def notification_row(notification: Notification) -> Row:
    """What the header shows. Its time is the one at the event; at the server where it is of no event."""
    local = notification.created_at.astimezone(notification.event.zone if notification.event else None)
    return {
        "id": notification.id,
        "title": notification.title,
        "message": notification.message,
        "type": notification.type,
        "type_text": notification.type.capitalize(),
        "priority": notification.priority,
        "priority_text": notification.priority.capitalize(),
        "timestamp": stamp(notification.created_at),
        "posted_text": f"{local:%H:%M}",
    }


def event_row(event: Event, played: tuple[int, int]) -> Row:
    """What the head and the details tab show. *played* is (games with a result, games in all)."""
    return {
        "event_id": event.id,
        "slug": event.slug,
        "name": event.name,
        "sport": event.sport,
        "sport_text": event.sport_kind.name if event.sport_kind.key != "generic" else event.sport.capitalize(),
        "season": event.season,
        "status": event.status,
        "status_text": EVENT_STATUS_TEXT[event.status],
        "starts_on": event.starts_on.isoformat() if event.starts_on else None,
        "ends_on": event.ends_on.isoformat() if event.ends_on else None,
        "dates_text": dates_text(event.starts_on, event.ends_on),
        "place": event.place,
        "timezone": event.timezone,
        "details": event.details,
        "accent": event.accent,
        "played_text": played_text(played),
    }


def event_entry(event: Event) -> Row:
    """One event in the list of the API."""
    return {
        "id": event.id,
        "slug": event.slug,
        "name": event.name,
        "sport": event.sport,
        "status": event.status,
        "starts_on": event.starts_on.isoformat() if event.starts_on else None,
        "ends_on": event.ends_on.isoformat() if event.ends_on else None,
    }


def _team(fixture: Fixture, side: str) -> Row:
    team = fixture.home_team if side == "home" else fixture.away_team
    name = fixture.home_name if side == "home" else fixture.away_name
    return {"id": team.id if team else None, "name": name, "colour": team.colour if team else ""}


def _extra(fixture: Fixture) -> Row:
    result = fixture.result
    if not result:
        return {}
    pens = {"home_pens": result.home_pens, "away_pens": result.away_pens} if result.home_pens is not None else {}
    return {**result.extra, **pens}
