"""Results that count in the tables of an event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from timely.domain.rules.rules import Rules
from timely.domain.scores.score import winner
from timely.domain.scores.sets import given_sets
from timely.domain.standings.outcome import Outcome, forfeited_by
from timely.extensions import db
from timely.models import Fixture, Result
from timely.models.columns import note_unreadable
from timely.models.read_only import EventView
from timely.queries.public_view import held

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CountedResult:
    """One result that counts in a table, with the keys that order it by time of play."""

    fixture_id: int
    group_id: int
    start_on: date | None
    start_at: datetime | None
    saved_no: int
    outcome: Outcome

    @property
    def played_order(self) -> tuple[date, datetime, int]:
        return (self.start_on or date.max, self.start_at or LONG_AGO, self.fixture_id)


def counted_results(event: EventView, rules: Rules | None = None) -> dict[int, list[CountedResult]]:
    """{group id: its results in the order of play}; with *rules*, as they count under those."""
    as_held, rules, sport = held(event), rules or event.order_rules, event.sport_kind
    found: dict[int, list[CountedResult]] = {}
    for row in as_held.counted_rows() if as_held else _counted_rows(event):
        if not (isinstance(row.home_score, int) and isinstance(row.away_score, int)):
            note_unreadable("score", (row.home_score, row.away_score))
            continue
        score = row.home_score, row.away_score
        forfeit = forfeited_by(*score) if row.status == "WALKOVER" else ""
        extra = row.extra
        if forfeit and not extra.get("sets"):
            extra = extra | {"sets": given_sets(score, sport, rules)}
        late = winner(*score, row.home_pens, row.away_pens) if score[0] == score[1] else None
        outcome = Outcome(row.home_team_id, row.away_team_id, *score, extra, forfeit, late or "")
        found.setdefault(row.group_id, []).append(
            CountedResult(row.id, row.group_id, row.start_on, row.start_at, row.saved_no or 0, outcome)
        )
    for results in found.values():
        results.sort(key=lambda result: result.played_order)
    return found


def _counted_rows(event: EventView) -> Iterable[Any]:
    return db.session.execute(
        select(
            Fixture.id,
            Fixture.group_id,
            Fixture.start_on,
            Fixture.start_at,
            Fixture.saved_no,
            Fixture.status,
            Fixture.home_team_id,
            Fixture.away_team_id,
            Result.home_score,
            Result.away_score,
            Result.home_pens,
            Result.away_pens,
            Result.extra,
        )
        .join(Result, Result.fixture_id == Fixture.id)
        .where(
            Fixture.event_id == event.id,
            Fixture.group_id.is_not(None),
            Result.running.is_(False),
            Result.annulled.is_(False),
            Result.status.in_(event.counted_statuses),
        )
        .order_by(Fixture.id)
    )
