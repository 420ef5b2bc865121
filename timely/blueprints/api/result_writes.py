"""API writes of results."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from timely.blueprints.api.blueprint import bp
from timely.blueprints.api.json_body import Body
from timely.blueprints.api.reads import fixture_answer
from timely.blueprints.api.write_access import writable_fixture
from timely.database.transactions import writing
from timely.domain.errors import ValidationError
from timely.domain.statuses import DECIDED, DECIDED_BY, RESULT_STATUSES, RULINGS
from timely.domain.translation import gettext
from timely.domain.validation import an_integer
from timely.models.ids import read_id
from timely.services import results
from timely.services.score_validation import Score
from timely.web.bearer_token import caller

MOST_RULINGS = 1000  # one for each game of the largest knockout


@bp.put("/fixtures/<int:fixture_id>/result/")
def put_result(fixture_id: int) -> ResponseReturnValue:
    fixture = writable_fixture(fixture_id)
    body = Body()
    extra = body.get("extra", dict)
    pens = {side: body.read(side, an_integer, (extra or {}).get(side)) for side in ("home_pens", "away_pens")}
    score = Score(
        body.get("home_score", int, required=True),
        body.get("away_score", int, required=True),
        **pens,
        extra={key: value for key, value in extra.items() if key not in pens} if extra is not None else None,
        decided=body.choice("decided", ("", *DECIDED), None),
        decided_by=body.choice("decided_by", DECIDED_BY, "lot"),
    )
    status = body.choice("status", RESULT_STATUSES, None)
    running = body.flag("running")
    reason, version = body.text("reason", most=300, lines=True), body.whole("version")
    rulings = _rulings(body)
    body.done()
    # The answer is made before the commit: after it, a statement would begin another transaction.
    with writing(keep=True):
        results.enter_score(
            fixture,
            score,
            by=caller(),
            status=status,
            running=running,
            reason=reason,
            seen_version=version,
            rulings=rulings,
        )
        answer = fixture_answer(fixture)
    return jsonify(answer)


def _rulings(body: Body) -> dict[int, str]:
    """{fixture id: ruling} from a body such as `{"31": "keep"}`."""
    given = body.mapping("rulings", MOST_RULINGS)
    found = {read_id(key): ruling for key, ruling in given.items() if ruling in RULINGS}
    if len(found) < len(given) or 0 in found:
        needed = gettext('needs an object such as {"31": "keep"}, with one of %(words)s', words=", ".join(RULINGS))
        body.refuse(ValidationError("rulings", needed))
    return found


@bp.delete("/fixtures/<int:fixture_id>/result/")
def delete_result(fixture_id: int) -> ResponseReturnValue:
    fixture = writable_fixture(fixture_id)
    with writing(keep=True):
        results.take_back(fixture, by=caller())
        answer = fixture_answer(fixture)
    return jsonify(answer)
