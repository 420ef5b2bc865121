"""Walkover results: the result of a game that is awarded, not played."""

from timely.clock import now
from timely.domain.scores.score import walkover_score
from timely.extensions import db
from timely.models import Fixture, Result, User
from timely.queries.results import next_number
from timely.services import audit


def award(fixture: Fixture, to: str, *, by: User | None, status: str = "FINAL") -> Result:
    """The walkover result for the side *to*, inside the running transaction. Of two legs it settles the tie as well.

    "none": neither team came, and neither goes on.
    """
    won, lost = walkover_score(fixture.event.sport_kind, fixture.event.order_rules)
    home, away = {"home": (won, lost), "away": (lost, won)}.get(to, (0, 0))
    settles = fixture.is_knockout and (fixture.leg is not None or to == "none")
    result = Result(
        event_id=fixture.event_id,
        fixture=fixture,
        home_score=home,
        away_score=away,
        extra={},
        status=status,
        running=False,
        decided=to if settles else "",
        decided_by="ruling" if settles else "",
        entered_by_id=by.id if by else None,
        entered_by=audit.name_of(by),
        entered_at=now(),
    )
    db.session.add(result)
    fixture.status = "WALKOVER"
    fixture.saved_no = next_number(fixture.event_id)
    return result
