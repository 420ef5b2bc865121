"""Socket.IO event handlers: connect, disconnect, subscribe, unsubscribe, ping."""

import logging
from functools import lru_cache, partial
from typing import Any

from flask import Flask, current_app

from timely import metrics
from timely.database import session_memory
from timely.domain.translation import gettext
from timely.extensions import db, socketio
from timely.limits.disconnected import sleep_while_connected
from timely.live import messages, presence, subscriptions
from timely.live.encoded_message import CachedMessage
from timely.live.request_limits import Refused, refusal
from timely.live.socketio.client_queue import connection_of, hold, when_drained
from timely.live.socketio.event_context import Handler, register
from timely.live.socketio.subscribers import (
    Subscriber,
    join_room,
    join_topic,
    leave_room,
    leave_topic,
    record_presence,
    remove_subscriber,
    signed_in,
    subscribers,
)
from timely.live.topic_versions import State, end_transaction, state
from timely.live.topics import heartbeat_room
from timely.presenters.row import Row
from timely.queries.versions import epoch

log = logging.getLogger(__name__)

# Reasons of broken connections. A tab that is closed, or a page that is left, disconnects properly.
BROKEN = (socketio.reason.PING_TIMEOUT, socketio.reason.TRANSPORT_ERROR)


def init_server(server: Any) -> None:
    """Makes these the handlers of the Socket.IO server."""
    handlers: dict[str, Handler] = {
        "connect": connect,
        "subscribe": subscribe,
        "unsubscribe": unsubscribe,
        "ping": ping,
    }
    register(server, handlers, on_error)
    server.on("disconnect", disconnect)


def sleep_while_connected_to(sid: str, seconds: float) -> bool:
    return sleep_while_connected(connection_of(socketio.server, sid), seconds, socketio.sleep)


def connect(sid: str, user: Any, environ: dict[str, Any], auth: Any = None) -> None:
    token = "" if user is None else session_memory.current_token()
    subscriber = subscribers[sid] = Subscriber(user, token, environ.get("REMOTE_ADDR"))
    subscriber.request_limits.sleep = partial(sleep_while_connected_to, sid)
    if subscriber.user_id is not None:
        signed_in[sid] = subscriber
    socketio.emit("message", greeting(state().epoch), to=sid)


@lru_cache(maxsize=1)
def greeting(epoch_: str) -> CachedMessage:
    """The first message of every connection."""
    return CachedMessage({"type": "connected", "epoch": epoch_, "data": {}})


def disconnect(sid: str, *reason: Any) -> None:
    remove_subscriber(sid)
    presence.remove_connection(sid)
    if reason and reason[0] in BROKEN:
        metrics.LOST.labels(reason[0].replace(" ", "_")).inc()


def subscribe(sid: str, user: Any, data: Any = None, *more: Any) -> Row:
    """Joins the rooms first and sends the snapshots after, so that no message in between is lost."""
    try:
        subscription = subscriptions.read_subscription(data)
        subscriber = subscribers.get(sid) or Subscriber()  # it may have been disconnected during this call
        subscriber.request_limits.wait_to_subscribe()
        with subscriber.request_limits.in_turn():
            return _subscribe(sid, user, subscriber, subscription)
    except Refused as refused:
        return {"ok": False, "error": refusal(refused, data)}


def _subscribe(sid: str, user: Any, subscriber: Subscriber, subscription: subscriptions.Subscription) -> Row:
    """Joins the topics and sends or schedules the lacking snapshots; returns the acknowledgement."""
    subscription = subscriptions.authorise(subscription, user)
    subscriptions.check_topic_limit(subscription, subscriber.topics)
    for event_id in subscription.event_ids:
        topics = {topic for topic in subscription.topics if subscriptions.event_id_of(topic) == event_id}
        subscriber.events.setdefault(event_id, set()).update(topics)
        if subscription.key or event_id in subscriber.keys:
            subscriber.keys[event_id] = subscription.key
        join_room(sid, heartbeat_room(event_id))
    for topic in subscription.topics:
        join_topic(sid, subscriber, topic, subscription.language)
    record_presence(sid, subscriber, subscription.page)
    end_transaction()  # a new one sees all commits before the join
    now = state()
    # Before the question: in threading mode they may be sent as soon as it has been asked.
    subscriber.request(subscription.topics, subscriptions.missing_versions(subscription, now))
    if _is_drained(sid):
        hold(socketio.server, sid)  # the acknowledgement goes with them
        _send_pending(sid, subscriber, now)
    versions = subscriptions.current_versions(subscription, now)
    return {
        "ok": True,
        "epoch": now.epoch,
        "versions": {subscription.short(topic): version for topic, version in versions.items()},
    }


def unsubscribe(sid: str, user: Any, data: Any = None, *more: Any) -> Row:
    try:
        subscription = subscriptions.with_user_topic(subscriptions.read_subscription(data), user)
    except Refused as refused:
        return {"ok": False, "error": refusal(refused, data)}
    subscriber = subscribers.get(sid) or Subscriber()
    for topic in subscription.topics:
        leave_topic(sid, subscriber, topic)
        topics = subscriber.events.get(subscriptions.event_id_of(topic), set())
        topics.discard(topic)
        if not topics:
            subscriber.events.pop(subscriptions.event_id_of(topic), None)
            leave_room(sid, heartbeat_room(subscriptions.event_id_of(topic)))
    record_presence(sid, subscriber)
    return {"ok": True, "epoch": epoch()}


def ping(sid: str, user: Any, *data: Any) -> None:
    socketio.emit("message", {"type": "pong", "epoch": state().epoch, "data": {}}, to=sid)


def on_error(error: Exception) -> Row:
    log.exception("a client's event failed")
    return {"ok": False, "error": messages.error("failed", gettext("the server could not do this; it has been noted"))}


def _is_drained(sid: str) -> bool:
    """Whether the client has taken all that was sent. If not, `_send_when_drained` runs as soon as it has."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return when_drained(socketio.server, sid, partial(socketio.start_background_task, _send_when_drained, app, sid))


def _send_when_drained(app: Flask, sid: str) -> None:
    with app.app_context():
        subscriber = subscribers.get(sid)
        if subscriber is not None and _is_drained(sid):
            _send_pending(sid, subscriber, state())
        db.session.remove()


def _send_pending(sid: str, subscriber: Subscriber, now: State) -> None:
    """Sends the snapshots that are owed, and then the heartbeats."""
    pending = subscriber.take_pending()
    for message in subscriptions.snapshots_and_heartbeats(pending, subscriber.languages, now):
        socketio.emit("message", message, to=sid)
