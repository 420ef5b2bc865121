"""Walkovers: a game to which one side did not come."""

from timely.database.transactions import writing
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.models import Fixture, Result, User
from timely.services.advancement import Rulings, advance_teams
from timely.services.errors import RuleBroken, require_current
from timely.services.forfeits import award
from timely.services.results import record, require_manager, require_takes_score, snapshot, status_for


def award_walkover(
    fixture: Fixture,
    to: str,
    *,
    by: User | None,
    reason: str = "",
    seen_version: int | None = None,
    rulings: Rulings | None = None,
) -> Result:
    """The result with the walkover score of the rules, else of the sport, for the side *to* ("home" or "away").

    In a knockout *to* may also be "none": neither team came, and neither goes on.
    It is final at once, or waits for the second person where the event asks for one.
    Raises RuleBroken if a score has been entered, or a team is not known yet.
    """
    with writing():
        require_current(seen_version, fixture.version)
        require_takes_score(fixture)
        require_manager(fixture, by, lazy_gettext("Only the event's organiser may award a walkover."))
        if to == "none" and not fixture.is_knockout:
            raise RuleBroken(lazy_gettext("A table game that nobody came to is cancelled, or given to one of the two."))
        if fixture.result:
            raise RuleBroken(lazy_gettext("A score has been entered. Take it back first."))
        result = award(fixture, to, by=by, status=status_for(fixture, None, by))
        record(gettext_noop("award walkover"), fixture, by, None, snapshot(result), reason)
        advance_teams(fixture.event, rulings)
    return result
