"""`/metrics`: open to programs on this computer, and elsewhere to the bearer of a token."""

import hmac

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from timely.domain.translation import gettext
from timely.metrics import REGISTRY
from timely.monitoring.gauges import CurrentGauges
from timely.web.local_request import is_from_this_computer

bp = Blueprint("metrics", __name__)


@bp.get("/metrics")
def metrics() -> ResponseReturnValue:
    # Pages of browsers send an Origin.
    is_local = is_from_this_computer(request) and "Origin" not in request.headers
    if not (has_token() or is_local):
        refusal = gettext("The figures are for programs on this computer, and for the bearer of TIMELY_METRICS_TOKEN.")
        return Response(f"{refusal}\n", 403, mimetype="text/plain")
    current_gauges = CurrentGauges(current_app.extensions["timely.monitor"])
    text = generate_latest(REGISTRY) + generate_latest(current_gauges)
    return Response(text, content_type=CONTENT_TYPE_PLAIN_0_0_4, headers={"Cache-Control": "no-store"})


def has_token() -> bool:
    token: str | None = current_app.config["TIMELY_METRICS_TOKEN"]
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if token is None or kind.lower() != "bearer":
        return False
    return hmac.compare_digest(given.strip().encode(), token.encode())
