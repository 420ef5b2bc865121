"""Confirms results: verified, then final."""

from timely.database.transactions import writing
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.models import Fixture, Result, User
from timely.queries.results import next_number
from timely.services.advancement import Rulings, advance_teams
from timely.services.errors import RuleBroken, require_current
from timely.services.four_eyes import require_second_person
from timely.services.results import record, require_manager, snapshot


def set_result_status(
    fixture: Fixture,
    status: str,
    *,
    by: User | None,
    seen_version: int | None = None,
    rulings: Rulings | None = None,
) -> Result:
    """The result as verified or final.

    Raises RuleBroken without a result, for a step back, or where the event asks for a second person and *by* has
    entered it; NotAllowed, NeedsRuling, StaleVersion.
    """
    with writing():
        require_current(seen_version, fixture.version)
        require_manager(fixture, by, lazy_gettext("Only the event's organiser may verify results."))
        result = fixture.result
        if result is None or result.running:
            raise RuleBroken(lazy_gettext("There is no result yet. Enter the score first."))
        if result.status == "FINAL" and status != "FINAL":
            raise RuleBroken(
                lazy_gettext("A final result is only changed by a correction, with a reason."), code="final"
            )
        before = snapshot(result)
        if result.status != status:
            if result.status == "PENDING":
                require_second_person(fixture.event, result, by)
            result.status = status
            fixture.saved_no = next_number(fixture.event_id)
            action = gettext_noop("verify result") if status == "VERIFIED" else gettext_noop("finalise result")
            record(action, fixture, by, before, snapshot(result))
            advance_teams(fixture.event, rulings)
    return result
