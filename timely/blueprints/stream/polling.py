"""Polling: newer messages, at once or as soon as there are any."""

import time
from collections.abc import Iterable, Sequence

from flask import Response, request
from flask.typing import ResponseReturnValue

from timely.blueprints.stream.blueprint import bp, new_subscriber, requested_subscription, stream_transport
from timely.database import session_memory
from timely.domain.translation import gettext
from timely.extensions import db, socketio
from timely.limits.opening_queue import end_turn
from timely.live.hub import MIN_PUBLISH_INTERVAL
from timely.live.request_limits import OPENING_PACER, Refused
from timely.live.streams.send_queue import EncodedMessage, encode
from timely.live.streams.transport import Subscriber, catch_up, owed_messages
from timely.live.subscriptions import (
    Subscription,
    heartbeats,
    missing_snapshots,
    missing_versions,
)
from timely.presenters.row import Row

LONGEST_WAIT = 25.0


@bp.get("/api/events/<int:event_id>/poll/")
def event_poll(event_id: int) -> ResponseReturnValue:
    return poll(requested_subscription(event_id))


@bp.get("/api/poll/")
def topics_poll() -> ResponseReturnValue:
    return poll(requested_subscription(None))


def poll(subscription: Subscription) -> ResponseReturnValue:
    """{`messages`, `heartbeat`}: at once if the client misses anything, else after at most `wait` seconds.

    For topics of several events `heartbeats` holds one for each, and `heartbeat` is the first of them.
    """
    wait = read_wait(request.args.get("wait", "0"))
    subscriber = new_subscriber("poll", f"{request.remote_addr} {request.user_agent.string}")
    streams = stream_transport()
    if missing_versions(subscription):
        subscriber.request_limits.wait_for_turn(OPENING_PACER)
    streams.join(subscriber, subscription)
    try:
        if subscription.versions and missing_snapshots(subscription):
            db.session.remove()
            end_turn(request.environ)
            socketio.sleep(MIN_PUBLISH_INTERVAL)  # just published; what has come since is published together
        found = without_heartbeats(catch_up(subscriber, subscription))
        db.session.remove()  # no database connection is held while waiting
        if not found:
            end_turn(request.environ)
            found = wait_for_messages(subscriber, wait)
        if session_memory.has_ended(subscriber.session_token):
            raise Refused("signed_out", gettext("this browser has signed out; ask again as anybody"))
        beats = heartbeats(subscription.topics)
    finally:
        streams.leave(subscriber)
    tail = {"heartbeat": beats[0], **({"heartbeats": beats} if len(beats) > 1 else {})}
    return Response(body_of(found, tail), mimetype="application/json", headers={"Cache-Control": "no-store"})


def body_of(found: Sequence[Row], tail: Row) -> bytes:
    """{`messages`: *found*, …*tail*} as JSON. Snapshots are encoded once for all responses."""
    messages = b",".join(EncodedMessage(message).body for message in found)
    return b'{"messages":[' + messages + b"]," + encode(tail).encode().removeprefix(b"{")


def wait_for_messages(subscriber: Subscriber, wait: float) -> list[Row]:
    """Messages published within *wait* seconds; [] for none."""
    give_up_at = time.monotonic() + wait
    while (left := give_up_at - time.monotonic()) > 0 and not subscriber.send_queue.is_closed:
        found = without_heartbeats(subscriber.send_queue.take(left))
        missed = subscriber.send_queue.take_missed()
        if missed:
            found += without_heartbeats(owed_messages(subscriber, missed))
        if found:
            return found
    return []


def without_heartbeats(batch: Iterable[EncodedMessage]) -> list[Row]:
    """All messages but heartbeats: the response has its own."""
    return [encoded.message for encoded in batch if encoded.message["type"] != "heartbeat"]


def read_wait(text: str) -> float:
    """Seconds from 0 to 25; more is taken as 25. Raises Refused for anything else."""
    try:
        wait = float(text[:20])
    except ValueError:
        wait = -1.0
    if not 0 <= wait < float("inf"):
        raise Refused("bad_request", gettext("wait is a number of seconds, from 0 to 25"))
    return min(wait, LONGEST_WAIT)
