"""Polling: newer messages, at once or as soon as there are any."""

import time
from collections.abc import Iterable, Sequence

from flask import Response, request
from flask.typing import ResponseReturnValue

from timely.blueprints.stream.blueprint import asked, bp, reader, stream_transport
from timely.database import session_memory
from timely.extensions import db, socketio
from timely.limits.opening_queue import is_opened
from timely.live.hub import MIN_PUBLISH_INTERVAL
from timely.live.streams.send_queue import EncodedMessage, encode
from timely.live.streams.transport import Subscriber, catch_up, snapshots
from timely.live.subscriptions import COMING, Refused, Subscription, heartbeats, lacking, lacking_versions
from timely.presenters.row import Row

LONGEST_WAIT = 25.0


@bp.get("/api/events/<int:event_id>/poll/")
def event_poll(event_id: int) -> ResponseReturnValue:
    return poll(asked(event_id))


@bp.get("/api/poll/")
def topics_poll() -> ResponseReturnValue:
    return poll(asked(None))


def poll(subscription: Subscription) -> ResponseReturnValue:
    """{`messages`, `heartbeat`}: at once if the client lacks anything, else after at most `wait` seconds.

    For topics of several events `heartbeats` holds one for each, and `heartbeat` is the first of them.
    """
    wait = read_wait(request.args.get("wait", "0"))
    mine, streams = reader("poll", f"{request.remote_addr} {request.user_agent.string}"), stream_transport()
    if lacking_versions(subscription):
        mine.asking.wait_for_turn(COMING)
    streams.join(mine, subscription)
    try:
        if subscription.versions and lacking(subscription):
            db.session.remove()
            is_opened(request.environ)
            socketio.sleep(MIN_PUBLISH_INTERVAL)  # just published; what has come since is published together
        found = news(catch_up(mine, subscription))
        db.session.remove()  # no database connection is held while waiting
        if not found:
            is_opened(request.environ)
            found = wait_for_news(mine, wait)
        if session_memory.is_over(mine.visit):
            raise Refused("signed_out", "this browser has signed out; ask again as anybody")
        beats = heartbeats(subscription)
    finally:
        streams.leave(mine)
    told = {"heartbeat": beats[0], **({"heartbeats": beats} if len(beats) > 1 else {})}
    return Response(pieces(found, told), mimetype="application/json", headers={"Cache-Control": "no-store"})


def pieces(found: Sequence[Row], told: Row) -> list[bytes]:
    """{`messages`: *found*, …*told*} as JSON. Snapshots are encoded once, and their bytes shared by all responses."""
    body = [b'{"messages":[']
    for number, message in enumerate(found):
        body += [b"," if number else b"", EncodedMessage(message).body]
    return [*body, b"],", encode(told).encode().removeprefix(b"{")]


def wait_for_news(mine: Subscriber, wait: float) -> list[Row]:
    """Messages published within *wait* seconds; [] for none."""
    give_up_at = time.monotonic() + wait
    while (left := give_up_at - time.monotonic()) > 0 and not mine.outbox.is_closed:
        found = news(mine.outbox.take(left))
        missed = mine.outbox.missed()
        if missed:
            found += news(snapshots(mine, missed))
        if found:
            return found
    return []


def news(parcels: Iterable[EncodedMessage]) -> list[Row]:
    """All messages but heartbeats: the response has its own."""
    return [parcel.message for parcel in parcels if parcel.message["type"] != "heartbeat"]


def read_wait(text: str) -> float:
    """Seconds from 0 to 25; more is taken as 25. Raises Refused for anything else."""
    try:
        wait = float(text[:20])
    except ValueError:
        wait = -1.0
    if not 0 <= wait < float("inf"):
        raise Refused("bad_request", "wait is a number of seconds, from 0 to 25")
    return min(wait, LONGEST_WAIT)
