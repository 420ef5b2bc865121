"""Points deducted from a team, and given back."""

from timely.database.transactions import writing
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.extensions import db
from timely.models import Deduction, Event, Team, User
from timely.queries.teams import team_names
from timely.services import audit
from timely.services.advancement import Rulings, advance_teams
from timely.services.errors import RuleBroken

MOST_POINTS = 999


def deduct(
    event: Event, team: Team, points: int, *, by: User | None, reason: str = "", rulings: Rulings | None = None
) -> Deduction:
    """Deducts *points* from the team; a negative number adds them. Raises RuleBroken, NeedsRuling."""
    with writing():
        if team.event_id != event.id:
            raise RuleBroken(lazy_gettext("That team does not play in this event."), field="team")
        if not 0 < abs(points) <= MOST_POINTS:
            raise RuleBroken(
                lazy_gettext("From 1 to %(most)s points, or as many with a minus to add them.", most=MOST_POINTS),
                field="points",
            )
        deduction = Deduction(event_id=event.id, team_id=team.id, points=points, reason=reason)
        event.deductions.append(deduction)
        name = team_names(event)[team.id]
        audit.record(
            gettext_noop("deduct points"), name, by=by, event_id=event.id, after={"points": points}, reason=reason
        )
        advance_teams(event, rulings)
    return deduction


def give_back(deduction: Deduction, *, by: User | None, rulings: Rulings | None = None) -> None:
    """Removes the deduction, so that the points count again. Raises NeedsRuling."""
    with writing():
        event = db.session.get_one(Event, deduction.event_id)
        team = db.session.get_one(Team, deduction.team_id)
        before = {"points": deduction.points, "reason": deduction.reason}
        audit.record(
            gettext_noop("give points back"), team_names(event)[team.id], by=by, event_id=event.id, before=before
        )
        event.deductions.remove(deduction)
        advance_teams(event, rulings)
