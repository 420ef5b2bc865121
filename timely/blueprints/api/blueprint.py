"""API blueprint: JSON errors, and token authentication for writes."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from timely.domain.translation import gettext
from timely.extensions import csrf
from timely.services.advancement import NeedsRuling
from timely.services.errors import NotAllowed, RuleBroken, StaleVersion
from timely.services.timetable_checks import TimetableBroken
from timely.web.errors import json_error

bp = Blueprint("api", __name__, url_prefix="/api")
csrf.exempt(bp)  # writes require a token and ignore the cookie, so no other site can forge one


@bp.errorhandler(RuleBroken)
def _rule_broken(broken: RuleBroken) -> ResponseReturnValue:
    if broken.code == "final":
        return json_error(409, "final", broken.message, broken.fields)
    if isinstance(broken, TimetableBroken):
        listed = [{"kind": one.kind, "fixtures": list(one.games), "message": str(one.words)} for one in broken.breaches]
        return json_error(409, "breaches", broken.message, breaches=listed)
    if isinstance(broken, NeedsRuling):
        games = [{"fixture_id": one.fixture_id, "home": str(one.home), "away": str(one.away)} for one in broken.games]
        return json_error(409, "needs_ruling", broken.message, games=games)
    if broken.code == "no_result":
        return json_error(404, "not_found", broken.message)
    return json_error(422, "invalid", broken.message, broken.fields)


@bp.errorhandler(NotAllowed)
def _not_allowed(error: NotAllowed) -> ResponseReturnValue:
    return json_error(403, "forbidden", error.message)


@bp.errorhandler(StaleVersion)
def _seen_old(error: StaleVersion) -> ResponseReturnValue:
    return json_error(
        409,
        "conflict",
        gettext("It was changed in the meantime; look at `current` and decide."),
        current=error.current,
    )
