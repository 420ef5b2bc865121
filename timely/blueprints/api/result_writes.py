"""API writes of results."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from timely.blueprints.api.blueprint import bp
from timely.blueprints.api.json_body import Body
from timely.blueprints.api.reads import fixture_answer
from timely.blueprints.api.write_access import writable_fixture
from timely.domain.statuses import DECIDED, DECIDED_BY, RESULT_STATUSES, RULINGS
from timely.models.ids import read_id
from timely.services import results
from timely.services.score_validation import Score
from timely.web.bearer_token import caller


@bp.put("/fixtures/<int:fixture_id>/result/")
def put_result(fixture_id: int) -> ResponseReturnValue:
    fixture = writable_fixture(fixture_id)
    body = Body()
    extra = body.take("extra", dict)
    pens = {side: body.take(side, int, default=(extra or {}).get(side)) for side in ("home_pens", "away_pens")}
    score = Score(
        body.take("home_score", int, required=True),
        body.take("away_score", int, required=True),
        **pens,
        extra={key: value for key, value in extra.items() if key not in pens} if extra is not None else None,
        decided=body.choice("decided", ("", *DECIDED)),
        decided_by=body.choice("decided_by", DECIDED_BY, "lot") or "lot",
    )
    status = body.choice("status", RESULT_STATUSES)
    running = body.take("running", bool, default=False)
    reason, version = body.text("reason", most=300), body.take("version", int)
    rulings = _rulings(body)
    body.done()
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
    return jsonify(fixture_answer(fixture))


def _rulings(body: Body) -> dict[int, str]:
    """{fixture id: ruling} from a body such as `{"31": "keep"}`."""
    given = body.take("rulings", dict) or {}
    found = {read_id(key): ruling for key, ruling in given.items() if ruling in RULINGS}
    if len(found) < len(given) or 0 in found:
        body.faults["rulings"] = f'must be such as {{"31": "keep"}}, with one of {", ".join(RULINGS)}'
    return found


@bp.delete("/fixtures/<int:fixture_id>/result/")
def delete_result(fixture_id: int) -> ResponseReturnValue:
    fixture = writable_fixture(fixture_id)
    results.take_back(fixture, by=caller())
    return jsonify(fixture_answer(fixture))
