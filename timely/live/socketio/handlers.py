"""Socket.IO event handlers (subscribe, unsubscribe, ping), and the hub's interface to Socket.IO clients."""

import logging
from contextlib import suppress
from functools import partial
from typing import Any

from flask import Flask, current_app, request
from flask_login import current_user

from timely import access, metrics
from timely.database import session_memory
from timely.extensions import db, socketio
from timely.limits.disconnected import sleep_while_here
from timely.live import messages, presence, subscriptions
from timely.live.revoked_users import Identity, revoked_users
from timely.live.socketio.client_queue import connection_of, when_clear
from timely.live.topic_versions import state
from timely.live.topics import heartbeat_room, topics_of
from timely.models import Event, User
from timely.presenters.rows import Row
from timely.queries.versions import epoch

log = logging.getLogger(__name__)

# Reasons of broken connections. A tab that is closed, or a page that is left, disconnects properly.
BROKEN = (socketio.reason.PING_TIMEOUT, socketio.reason.TRANSPORT_ERROR)


class SocketPipe:
    """The hub's interface to Socket.IO clients. Each topic is a room."""

    name = "socketio"

    def wants(self, topic: str) -> bool:
        return bool(_members(topic))

    def send(self, topic: str, message: Row) -> None:
        socketio.emit("message", message, to=topic)

    def followed_events(self) -> set[int | None]:
        return {event_id for follower in list(_followers.values()) for event_id in list(follower.events)}

    def beat(self, event_id: int | None, message: Row) -> None:
        socketio.emit("message", message, to=heartbeat_room(event_id))

    def recheck(self, event: Event) -> None:
        for sid, follower in list(_followers.items()):
            if event.id not in follower.events:
                continue
            user = db.session.get(User, follower.user_id) if follower.user_id else None
            if not access.may_see(user, event, follower.keys.get(event.id)):
                _leave_event(sid, event.id)
                socketio.emit(
                    "message", messages.error_message("not_found", "this event is not public any more"), to=sid
                )

    def cut_gone(self) -> None:
        """Does nothing: pings detect clients that have disconnected."""

    def disconnect_revoked(self) -> None:
        somebodies = list(_signed_in.items())
        gone = revoked_users(follower.identity for _, follower in somebodies)
        for sid, follower in somebodies:
            if follower.identity in gone:
                _disconnect(sid)

    def disconnect_session(self, visit: str) -> None:
        for sid, follower in list(_signed_in.items()):
            if visit and follower.visit == visit:
                _disconnect(sid)


class Subscriber:
    """One connection: its user and session, the topics that it follows by event, and the key of each event, if any.

    `owed` are topics of which a snapshot is sent once the client has taken what was sent before.
    """

    __slots__ = ("asking", "events", "keys", "owed", "stamp", "user_id", "visit")

    def __init__(self, user: Any = None, visit: str = "", address: str | None = None):
        self.asking = subscriptions.Asking(address)
        self.owed: set[str] = set()
        is_somebody = access.is_signed_in(user)
        self.user_id: int | None = user.id if is_somebody else None
        self.stamp = user.stamp if is_somebody else ""
        self.visit = visit if is_somebody else ""
        self.events: dict[int | None, set[str]] = {}
        self.keys: dict[int | None, str | None] = {}

    @property
    def identity(self) -> Identity:
        return self.user_id, self.stamp, self.visit

    @property
    def topics(self) -> set[str]:
        return {topic for topics in list(self.events.values()) for topic in list(topics)}


_followers: dict[str, Subscriber] = {}
# Those of them that are signed in: checked each time the hub publishes, and few among many spectators.
_signed_in: dict[str, Subscriber] = {}


def sleep_of(sid: str, seconds: float) -> bool:
    return sleep_while_here(connection_of(socketio.server, sid), seconds, socketio.sleep)


@socketio.on("connect")
def connect(auth: Any = None) -> None:
    sid = request.sid  # type: ignore[attr-defined]
    follower = _followers[sid] = Subscriber(current_user, session_memory.this_visit(), request.remote_addr)
    follower.asking.sleep = partial(sleep_of, sid)
    if follower.user_id is not None:
        _signed_in[sid] = follower
    socketio.emit("message", {"type": "connected", "epoch": state().epoch, "data": {}}, to=sid)


@socketio.on("disconnect")
def disconnect(*reason: Any) -> None:
    _forget(request.sid)  # type: ignore[attr-defined]
    presence.left(request.sid)  # type: ignore[attr-defined]
    if reason and reason[0] in BROKEN:
        metrics.LOST.labels(reason[0].replace(" ", "_")).inc()


@socketio.on("subscribe")
def subscribe(data: Any = None, *more: Any) -> Row:
    """Joins the rooms first and sends the snapshots after, so that no message in between is lost."""
    sid = request.sid  # type: ignore[attr-defined]
    try:
        subscription = subscriptions.read_subscription(data)
        follower = _followers.get(sid) or Subscriber()  # it may have been disconnected during this call
        follower.asking.wait_for_turn_again()
        with follower.asking.in_turn():
            return _follow(sid, follower, subscription)
    except subscriptions.Refused as refused:
        return {"ok": False, "error": messages.error(refused.code, refused.message)}


def _follow(sid: str, follower: Subscriber, subscription: subscriptions.Subscription) -> Row:
    """Joins the topics and sends or schedules the lacking snapshots; returns the acknowledgement."""
    subscription = subscriptions.check(subscription, current_user)
    subscriptions.make_room(subscription, follower.topics)
    for event_id in subscription.event_ids:
        topics = {topic for topic in subscription.topics if subscriptions.event_of(topic) == event_id}
        follower.events.setdefault(event_id, set()).update(topics)
        if subscription.key or event_id in follower.keys:
            follower.keys[event_id] = subscription.key
        _join(sid, heartbeat_room(event_id))
    for topic in subscription.topics:
        _join(sid, topic)
    _count(sid, follower, subscription.page)
    db.session.rollback()  # a new transaction, which sees all commits before the join
    if _is_clear(sid):
        for message in [*subscriptions.lacking(subscription), *subscriptions.heartbeats(subscription)]:
            socketio.emit("message", message, to=sid)
    else:
        follower.owed |= subscriptions.lacking_versions(subscription).keys()
    versions = subscriptions.versions_now(subscription)
    return {
        "ok": True,
        "epoch": state().epoch,
        "versions": {subscription.short(topic): version for topic, version in versions.items()},
    }


@socketio.on("unsubscribe")
def unsubscribe(data: Any = None, *more: Any) -> Row:
    sid = request.sid  # type: ignore[attr-defined]
    try:
        subscription = subscriptions.with_own(subscriptions.read_subscription(data), current_user)
    except subscriptions.Refused as refused:
        return {"ok": False, "error": messages.error(refused.code, refused.message)}
    follower = _followers.get(sid) or Subscriber()
    for topic in subscription.topics:
        _leave(sid, topic)
        topics = follower.events.get(subscriptions.event_of(topic), set())
        topics.discard(topic)
        if not topics:
            follower.events.pop(subscriptions.event_of(topic), None)
            _leave(sid, heartbeat_room(subscriptions.event_of(topic)))
    _count(sid, follower)
    return {"ok": True, "epoch": epoch()}


@socketio.on("ping")
def ping(*data: Any) -> None:
    socketio.emit("message", {"type": "pong", "epoch": state().epoch, "data": {}}, to=request.sid)  # type: ignore[attr-defined]


@socketio.on_error_default
def failed(error: Exception) -> Row:
    log.exception("a client's event failed")
    return {"ok": False, "error": messages.error("failed", "the server could not do this; it has been noted")}


def _pipe(sid: str) -> str:
    """The current transport, as a key of `presence.PIPES`; a connection may change from long-polling to WebSocket."""
    try:
        return f"socketio-{socketio.server.transport(sid)}"
    except KeyError:  # it is disconnecting now
        return "socketio-polling"


def _is_clear(sid: str) -> bool:
    """Whether the client has taken all that was sent. If not, `_send_owed` runs as soon as it has."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return when_clear(socketio.server, sid, partial(socketio.start_background_task, _send_owed, app, sid))


def _send_owed(app: Flask, sid: str) -> None:
    """Sends one snapshot of each owed topic that is still followed."""
    with app.app_context():
        follower = _followers.get(sid)
        if follower is None or not _is_clear(sid):
            return
        owed, follower.owed = follower.owed & follower.topics, set()
        for topic in sorted(owed):
            message = messages.snapshot(topic)
            if message is not None:
                socketio.emit("message", message, to=sid)
        db.session.remove()


def _count(sid: str, follower: Subscriber, page: str | None = None) -> None:
    """Records the connection in presence, unless it has disconnected meanwhile."""
    presence.joined(sid, partial(_pipe, sid), list(follower.events), page)
    if sid not in _followers:
        presence.left(sid)


def _members(room: str) -> bool:
    return bool(socketio.server.manager.rooms.get("/", {}).get(room))


def _forget(sid: str) -> None:
    _followers.pop(sid, None)
    _signed_in.pop(sid, None)


def _disconnect(sid: str) -> None:
    _forget(sid)
    socketio.server.disconnect(sid, namespace="/")


def _join(sid: str, room: str) -> None:
    with suppress(KeyError, ValueError):  # the client has disconnected while it waited for its turn
        socketio.server.enter_room(sid, room, namespace="/")


def _leave(sid: str, room: str) -> None:
    socketio.server.leave_room(sid, room, namespace="/")


def _leave_event(sid: str, event_id: int) -> None:
    for room in [*topics_of(event_id), heartbeat_room(event_id)]:
        _leave(sid, room)
    if follower := _followers.get(sid):  # else it has just disconnected
        follower.events.pop(event_id, None)
        _count(sid, follower)
