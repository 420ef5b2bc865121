"""Fixtures and their results as dicts, shared by page, API and live message."""

from zoneinfo import ZoneInfo

from timely.clock import stamp
from timely.domain.scores.score import winner
from timely.domain.statuses import OFF
from timely.models.columns import is_unreadable
from timely.models.read_only import FixtureView
from timely.presenters.date_text import day_and_time_text, day_text, place_clock_text
from timely.presenters.division_rows import division_row
from timely.presenters.play_text import half_text
from timely.presenters.round_text import away_name, home_name, round_text, table_text
from timely.presenters.row import Row
from timely.presenters.score_text import result_text, score_note, score_text
from timely.presenters.state_text import game_state_text
from timely.presenters.unreadable_rows import UNREADABLE, guarded
from timely.queries.row_order import fixture_sort_key


@guarded
def fixture_row(fixture: FixtureView) -> Row:
    """One fixture with its score, as in the schedule."""
    result, event, group, stage = fixture.result, fixture.event, fixture.group, fixture.stage
    decided = _winner_side(fixture)
    day = day_text(fixture.start_on)
    clock = place_clock_text(fixture.start_at, ZoneInfo(fixture.timezone), event.zone)
    group_name = group.name if group else ""
    group_text = table_text(group.title) if group and group_name else ""
    has_own_round = not (group_text and group and fixture.round == group.title)
    row = {
        "id": fixture.id,
        "sort_key": fixture_sort_key(fixture),
        "event_id": fixture.event_id,
        "event_name": event.name,
        "version": fixture.version,
        "home_team": _team(fixture, "home"),
        "away_team": _team(fixture, "away"),
        "start_at": stamp(fixture.start_at),
        "start_on": fixture.start_on.isoformat() if fixture.start_on else None,
        "start_text": day_and_time_text(day, clock),
        "start_at_text": clock,
        "start_on_text": day,
        "venue": fixture.venue,
        "pitch": fixture.pitch.name if fixture.pitch and fixture.status not in OFF else "",
        "stage": stage.kind,
        "group": group_name,
        "group_text": group_text,
        **division_row(stage),
        "round": fixture.round,
        "round_text": round_text(fixture.round) if has_own_round else "",
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
    if result and event.sport_kind.halves:
        row |= {f"{side}_score_text": half_text(row[f"{side}_score"]) for side in ("home", "away")}
    return row


def fixture_status_text(fixture: FixtureView) -> str:
    result = fixture.result
    if is_unreadable(fixture.status, *((result.status, result.extra) if result else ())):
        return str(UNREADABLE)
    return game_state_text(fixture)


def _winner_side(fixture: FixtureView) -> str:
    """The winning side, by score, penalties or lot; "" for none, and for a result that does not count."""
    result = fixture.result
    if not result or result.running or result.annulled:
        return ""
    if result.decided == "none":
        return ""
    return result.decided or winner(result.home_score, result.away_score, result.home_pens, result.away_pens) or ""


def result_row(fixture: FixtureView) -> Row:
    """A result for `results_update`. A result that was deleted has null scores."""
    row = fixture_row(fixture)
    return {
        "fixture_id": fixture.id,
        **{key: {"id": row[key]["id"], "name": row[key]["name"]} for key in ("home_team", "away_team")},
        **{key: row[key] for key in ("home_score", "away_score", "winner_id")},
        "status": row["result_status"],
        "text": result_text(fixture),
    }


def _team(fixture: FixtureView, side: str) -> Row:
    team = fixture.home_team if side == "home" else fixture.away_team
    if team:
        return {"id": team.id, "name": team.name, "colour": team.colour}
    return {"id": None, "name": home_name(fixture) if side == "home" else away_name(fixture), "colour": ""}


def _extra(fixture: FixtureView) -> Row:
    result = fixture.result
    if not result:
        return {}
    pens = {"home_pens": result.home_pens, "away_pens": result.away_pens} if result.home_pens is not None else {}
    return {**result.extra, **pens}
