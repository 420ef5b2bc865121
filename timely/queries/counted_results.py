"""Results that count in the tables of an event."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from timely.domain.rules.rules import Rules
from timely.domain.scores.score import winner
from timely.domain.scores.sets import given_sets
from timely.domain.standings.outcome import Outcome, forfeited_by
from timely.extensions import db
from timely.models import Fixture, Result
from timely.models.base import table_of
from timely.models.columns import note_unreadable
from timely.models.read_only import EventView
from timely.queries import row_order
from timely.queries.held_event import HeldRow
from timely.queries.public_view import held

LONG_AGO = datetime.min.replace(tzinfo=UTC)

_fixtures, _results = table_of(Fixture), table_of(Result)
_fixture, _result = _fixtures.c, _results.c
# Built once: asked for with each result, and each table that is drawn. The database sorts a season faster than its
# times are read.
COUNTED = (
    select(
        _fixture.id,
        _fixture.group_id,
        _fixture.saved_no,
        (_fixture.status == "WALKOVER").label("is_walkover"),
        _fixture.home_team_id,
        _fixture.away_team_id,
        _result.home_score,
        _result.away_score,
        _result.home_pens,
        _result.away_pens,
        _result.extra,
    )
    .select_from(_fixtures.join(_results, _result.fixture_id == _fixture.id))
    .where(
        _fixture.event_id == bindparam("event_id"),
        _fixture.group_id.is_not(None),
        _result.running.is_(False),
        _result.annulled.is_(False),
        _result.status.in_(bindparam("statuses", expanding=True)),
    )
    .order_by(*row_order.FIXTURES)
)


class CountedResult(NamedTuple):
    """One result that counts in a table."""

    fixture_id: int
    saved_no: int
    outcome: Outcome


def counted_results(event: EventView, rules: Rules | None = None) -> dict[int, list[CountedResult]]:
    """{group id: its results in the order of play}; with *rules*, as they count under those."""
    rules, sport = rules or event.order_rules, event.sport_kind
    found: dict[int, list[CountedResult]] = {}
    for id_, group_id, saved_no, is_walkover, home, away, home_score, away_score, *pens, extra in _counted_rows(event):
        if not (isinstance(home_score, int) and isinstance(away_score, int)):
            note_unreadable("score", (home_score, away_score))
            continue
        forfeit = forfeited_by(home_score, away_score) if is_walkover else ""
        if forfeit and not extra.get("sets"):
            extra = extra | {"sets": given_sets((home_score, away_score), sport, rules)}
        late = winner(home_score, away_score, *pens) if home_score == away_score else None
        outcome = Outcome(home, away, home_score, away_score, extra, forfeit, late or "")
        found.setdefault(group_id, []).append(CountedResult(id_, saved_no or 0, outcome))
    return found


def _counted_rows(event: EventView) -> Iterable[Any]:
    """The columns of `COUNTED`, in the order of play."""
    as_held = held(event)
    if as_held is None:
        return db.session.execute(COUNTED, {"event_id": event.id, "statuses": event.counted_statuses}).all()
    return [row.counted for row in sorted(as_held.counted_rows(), key=_play_order)]


def _play_order(row: HeldRow) -> tuple[date, datetime, int]:
    return (row.start_on or date.max, row.start_at or LONG_AGO, row.counted[0])
