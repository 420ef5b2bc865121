"""Rows as dicts, shared by page, API and live message."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from timely.clock import stamp
from timely.domain.scores.score import winner
from timely.domain.standings.columns import Column
from timely.domain.standings.explanation_text import value_text
from timely.domain.standings.standing import Standing
from timely.domain.statuses import OFF, WITHDRAWALS
from timely.models import Announcement, Event, Fixture, Group, Notification, Stage, Team
from timely.models.columns import is_unreadable
from timely.models.stage import STAGE_NAMES
from timely.presenters.formatting import (
    EVENT_STATE_TEXT,
    dates_text,
    day_text,
    game_state_text,
    place_clock_text,
    played_text,
    ratio,
    ratio_text,
    result_text,
    score_note,
    score_text,
    signed,
    start_text,
)
from timely.presenters.play_text import half_text, signed_half_text
from timely.presenters.unreadable_rows import UNREADABLE, guarded
from timely.queries.comparisons import Comparison
from timely.queries.public_view import HELD_TEXT
from timely.queries.tables import Line, Table

Row = dict[str, Any]

# All values that a sport may add to a row; the rules say which of them a row has.
OWN_FIGURES: dict[str, Callable[[Standing], Any]] = {
    "otw": lambda s: s.overtime_won,
    "otl": lambda s: s.overtime_lost,
    "tf": lambda s: s.tries_for,
    "ta": lambda s: s.tries_against,
    "bp": lambda s: s.bonus,
    "bpt": lambda s: s.bonus_try,
    "bpl": lambda s: s.bonus_losing,
    "sw": lambda s: s.sets_won,
    "sl": lambda s: s.sets_lost,
    "pw": lambda s: s.points_won,
    "pl": lambda s: s.points_lost,
    "set_ratio": lambda s: ratio(s.set_ratio),
    "set_ratio_text": lambda s: ratio_text(s.set_ratio, cut=True),
    "point_ratio": lambda s: ratio(s.point_ratio),
    "point_ratio_text": lambda s: ratio_text(s.point_ratio, cut=True),
    "goal_average": lambda s: ratio(s.goal_average),
    "goal_average_text": lambda s: ratio_text(s.goal_average),
    "nrr": lambda s: ratio(s.net_run_rate),
    "nrr_text": lambda s: value_text("net_run_rate", s.net_run_rate),
    "sb": lambda s: ratio(s.sonneborn_berger),
    "sb_text": lambda s: value_text("sonneborn_berger", s.sonneborn_berger),
    "fp": lambda s: s.fair_play,
    "gf_text": lambda s: half_text(s.goals_for),
    "ga_text": lambda s: half_text(s.goals_against),
    "gd_text": lambda s: signed_half_text(s.goal_difference),
    "pts_text": lambda s: half_text(s.points),
}


def table_row(table: Table) -> Row:
    """One table with its columns and rows, each row with the link to its explanation."""
    read = read_table(table)
    return {
        **read,
        "title": table.group.title,
        "team_head": table.group.stage.event.entrant.head,
        "columns": column_rows(table.columns),
        "leaderboard": linked(read["leaderboard"], read["why_href"]),
    }


def read_table(table: Table) -> Row:
    """One table for the API. Messages omit the link to the explanation, which the page already has."""
    return told_table(table) | {"why_href": why_path(table.group, table.group.id)}


def told_table(table: Table) -> Row:
    """One table for `results_update`."""
    return table_name(table) | {"leaderboard": table_rows(table)}


def table_rows(table: Table) -> list[Row]:
    return [leaderboard_row(line) | _members(line.team, table.group.stage.event) for line in table.lines]


def why_path(group: Group, table_id: int | str) -> str:
    """The path under which a table's rows are explained, each at its team's id."""
    return f"/events/{group.stage.event.slug}/leaderboard/{table_id}/"


def linked(rows: Iterable[Row], path: str) -> list[Row]:
    """The rows with links to their explanations."""
    return [row | {"why_href": f"{path}{row['team_id']}/"} for row in rows]


def comparison_row(compared: Comparison) -> Row:
    """A table across groups, with its columns."""
    division = _division(compared.groups[0].stage)
    head = compared.groups[0].stage.event.entrant.head
    read = read_comparison(compared) | division | {"team_head": head, "note": compared.note}
    rows = linked(read["leaderboard"], read["why_href"])
    return read | {"columns": column_rows(compared.columns), "leaderboard": rows}


def read_comparison(compared: Comparison) -> Row:
    """A table across groups, for the API."""
    return told_comparison(compared) | {"why_href": why_path(compared.groups[0], compared.id)}


def told_comparison(compared: Comparison) -> Row:
    """A table across groups, for `results_update`: each row names its group."""
    return {
        "id": compared.id,
        "name": compared.title,
        "leaderboard": [
            leaderboard_row(line) | {"group": group.name}
            for line, group in zip(compared.lines, compared.groups, strict=True)
        ],
    }


def column_rows(columns: Iterable[Column]) -> list[Row]:
    return [{"key": c.key, "head": c.head, "title": c.title, "narrow": c.narrow} for c in columns]


def table_name(table: Table) -> Row:
    name, title = table.group.name or STAGE_NAMES[table.group.stage.kind], table.group.full_title
    return {
        "id": table.group.id,
        "name": name,
        **({"name_text": title} if title != name else {}),
        "stage": table.group.stage.kind,
        **_division(table.group.stage),
    }


def leaderboard_row(line: Line) -> Row:
    """One line of a table. Numbers stay numbers; `…_text` is added where the page shows something else."""
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
        "pts": s.points,
        "form": s.form,
        "tied": s.tied,
        "moved": line.moved,
        "zone": line.zone,
    }
    # The whole table is sent to everybody with each result, so a `…_text` that would only repeat the value is left out.
    if s.goal_difference > 0:
        row["gd_text"] = signed(s.goal_difference)
    if line.moved:
        row["moved_text"] = f"▲{line.moved}" if line.moved > 0 else f"▼{-line.moved}"
    if s.tied:
        row["position_text"] = f"{s.position}="
    if line.zone in WITHDRAWALS:
        row["team_name_text"] = f"{line.team.name} ({line.zone})"
    if line.figures:
        row |= {key: OWN_FIGURES[key](s) for key in line.figures if key != "fp" or s.fair_play}
        if "pts_text" in row and "sb" in row:
            row["sb_text"] = half_text(s.sonneborn_berger)
    return row


@guarded
def fixture_row(fixture: Fixture) -> Row:
    """One fixture with its score, as in the schedule."""
    result = fixture.result
    decided = _winner_side(fixture)
    zone = ZoneInfo(fixture.timezone)
    group_text = fixture.group.title if fixture.group and fixture.group.name else ""
    row = {
        "id": fixture.id,
        "event_id": fixture.event_id,
        "event_name": fixture.event.name,
        "version": fixture.version,
        "home_team": _team(fixture, "home"),
        "away_team": _team(fixture, "away"),
        "start_at": stamp(fixture.start_at),
        "start_on": fixture.start_on.isoformat() if fixture.start_on else None,
        "start_text": start_text(fixture.start_on, fixture.start_at, zone, fixture.event.zone),
        "start_at_text": place_clock_text(fixture.start_at, zone, fixture.event.zone),
        "start_on_text": day_text(fixture.start_on),
        "venue": fixture.venue,
        "pitch": fixture.pitch.name if fixture.pitch and fixture.status not in OFF else "",
        "stage": fixture.stage.kind,
        "group": fixture.group.name if fixture.group else "",
        "group_text": group_text,
        **_division(fixture.stage),
        "round": fixture.round,
        "round_text": fixture.round if fixture.round != group_text else "",
        "status": fixture.status_now,
        "status_text": fixture_status_text(fixture),
        "state": fixture.state,
        "home_score": result.home_score if result else None,
        "away_score": result.away_score if result else None,
        "score_text": score_text(fixture),
        "score_note": score_note(fixture),
        "result_status": result.status if result else None,
        "annulled": bool(result and result.annulled),
        "winner_id": {"home": fixture.home_team_id, "away": fixture.away_team_id}.get(decided),
        "winner_side": decided,
        "extra": _extra(fixture),
    }
    if result and fixture.event.sport_kind.halves:
        row |= {f"{side}_score_text": half_text(row[f"{side}_score"]) for side in ("home", "away")}
    return row


def fixture_status_text(fixture: Fixture) -> str:
    result = fixture.result
    if is_unreadable(fixture.status, *((result.status, result.extra) if result else ())):
        return UNREADABLE
    return game_state_text(fixture)


def _winner_side(fixture: Fixture) -> str:
    """The winning side, by score, penalties or lot; "" for none, and for a result that does not count."""
    result = fixture.result
    if not result or result.running or result.annulled:
        return ""
    if result.decided == "none":
        return ""
    return result.decided or winner(result.home_score, result.away_score, result.home_pens, result.away_pens) or ""


def result_row(fixture: Fixture) -> Row:
    """A result for `results_update`. A result that was deleted has null scores."""
    row = fixture_row(fixture)
    return {
        "fixture_id": fixture.id,
        **{key: {"id": row[key]["id"], "name": row[key]["name"]} for key in ("home_team", "away_team")},
        **{key: row[key] for key in ("home_score", "away_score", "winner_id")},
        "status": row["result_status"],
        "text": result_text(fixture),
    }


def progress_row(event: Event, latest: Fixture | None, played: tuple[int, int], tables: Sequence[Row]) -> Row:
    """The texts around the tables: the latest result and its time, games played, and whether teams are level."""
    saved_at = latest.result.entered_at.astimezone(event.zone) if latest and latest.result else None
    return {
        "updated_text": f"{saved_at:%H:%M:%S}" if saved_at else "",
        "latest_text": result_text(latest) if latest else "",
        "played_text": played_text(played),
        "tied_text": tied_text(tables),
    }


def tied_text(tables: Sequence[Row]) -> str:
    """A note that teams share a position in a table with games played, else ""."""
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
    """A notification in the header. Its time is local to its event; without an event, to the server."""
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
    """An event for its header and details tab. *played* is (games with a result, all games)."""
    return {
        "event_id": event.id,
        "slug": event.slug,
        "name": event.name,
        "sport": event.sport,
        "sport_text": event.sport_kind.name if event.sport_kind.key != "generic" else event.sport.capitalize(),
        "season": event.season,
        "status": event.status,
        "status_text": UNREADABLE if is_unreadable(event.status) else EVENT_STATE_TEXT[event.state],
        "state": event.state,
        "starts_on": event.starts_on.isoformat() if event.starts_on else None,
        "ends_on": event.ends_on.isoformat() if event.ends_on else None,
        "dates_text": dates_text(event.starts_on, event.ends_on),
        "place": event.place,
        "timezone": event.timezone,
        "details": event.details,
        "accent": event.accent,
        "played_text": played_text(played),
        "held_text": HELD_TEXT if event.frozen is not None else "",
    }


def event_entry(event: Event) -> Row:
    """One event for the API's list."""
    return {
        "id": event.id,
        "slug": event.slug,
        "name": event.name,
        "sport": event.sport,
        "status": event.status,
        "state": event.state,
        "starts_on": event.starts_on.isoformat() if event.starts_on else None,
        "ends_on": event.ends_on.isoformat() if event.ends_on else None,
    }


def _division(stage: Stage) -> Row:
    """The division of a stage; empty in an event without divisions."""
    if not stage.event.divisions:
        return {}
    return {"division": stage.division.name if stage.division else "", "division_id": stage.division_id}


def _members(team: Team, event: Event) -> Row:
    """The names of the two players of a pair, whom readers look for by name."""
    return {"members": ", ".join(team.members.split("\n"))} if event.entrants == "pair" else {}


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
