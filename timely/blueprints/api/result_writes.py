"""Results by token."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from timely.blueprints.api.blueprint import bp
from timely.blueprints.api.body import Body
from timely.blueprints.api.caller import caller
from timely.blueprints.api.reads import fixture_answer
from timely.blueprints.api.writing import writable_fixture
from timely.domain.lifecycles import RESULT_STATUSES
from timely.services import results


@bp.put("/fixtures/<int:fixture_id>/result/")
def put_result(fixture_id: int) -> ResponseReturnValue:
    fixture = writable_fixture(fixture_id)
    body = Body()
    extra = body.take("extra", dict)
    pens = {side: body.take(side, int, default=(extra or {}).get(side)) for side in ("home_pens", "away_pens")}
    score = results.Score(
        body.take("home_score", int, required=True),
        body.take("away_score", int, required=True),
        **pens,
        extra={key: value for key, value in extra.items() if key not in pens} if extra is not None else None,
    )
    status = body.choice("status", RESULT_STATUSES)
    running = body.take("running", bool, default=False)
    reason, version = body.text("reason", most=300), body.take("version", int)
    body.done()
    results.enter_score(
        fixture, score, by=caller(), status=status, running=running, reason=reason, seen_version=version
    )
    return jsonify(fixture_answer(fixture))


@bp.delete("/fixtures/<int:fixture_id>/result/")
def delete_result(fixture_id: int) -> ResponseReturnValue:
    fixture = writable_fixture(fixture_id)
    results.take_back(fixture, by=caller())
    return jsonify(fixture_answer(fixture))
