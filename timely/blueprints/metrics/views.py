"""`/metrics`: open to programs on this computer, and elsewhere to the bearer of a token."""

import hmac
from ipaddress import ip_address

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from timely.metrics import REGISTRY
from timely.monitoring.prometheus import OfTheMoment

bp = Blueprint("metrics", __name__)

# A proxy on this computer forwards requests of other computers.
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Forwarded", "Via")
REFUSAL = "The figures are for programs on this computer, and for the bearer of TIMELY_METRICS_TOKEN.\n"


@bp.get("/metrics")
def metrics() -> ResponseReturnValue:
    if not (has_token() or is_here()):
        return Response(REFUSAL, 403, mimetype="text/plain")
    of_the_moment = OfTheMoment(current_app.extensions["timely.watchman"])
    text = generate_latest(REGISTRY) + generate_latest(of_the_moment)
    return Response(text, content_type=CONTENT_TYPE_PLAIN_0_0_4, headers={"Cache-Control": "no-store"})


def has_token() -> bool:
    token: str | None = current_app.config["TIMELY_METRICS_TOKEN"]
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if token is None or kind.lower() != "bearer":
        return False
    return hmac.compare_digest(given.strip().encode(), token.encode())


def is_here() -> bool:
    """Whether a program on this computer asks for itself: no proxy, and no Origin, which browsers' pages send."""
    if any(name in request.headers for name in (*FORWARDED, "Origin")):
        return False
    try:
        return ip_address((request.remote_addr or "").removeprefix("::ffff:")).is_loopback
    except ValueError:
        return False
