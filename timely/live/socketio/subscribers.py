"""Subscribers on Socket.IO: the topics that each follows, its rooms and its place in presence."""

from collections.abc import Container, Iterable
from contextlib import suppress
from functools import partial
from typing import Any

from timely import access
from timely.extensions import socketio
from timely.live import presence
from timely.live.request_limits import RequestLimits
from timely.live.revoked_users import Identity
from timely.live.topics import room_of


class Subscriber:
    """One connection: its user and session, the topics that it follows by event, and the key of each event, if any.

    `languages` is {topic: code of its language, "" if none was said}. `pending` has the topics of which something is
    sent once the client has taken what was sent before: a heartbeat, and a snapshot too where the value is True.
    """

    __slots__ = ("events", "keys", "languages", "pending", "request_limits", "session_token", "stamp", "user_id")

    def __init__(self, user: Any = None, session_token: str = "", address: str | None = None):
        self.request_limits = RequestLimits(address)
        self.pending: dict[str, bool] = {}
        self.languages: dict[str, str] = {}
        is_signed_in = access.is_signed_in(user)
        self.user_id: int | None = user.id if is_signed_in else None
        self.stamp = user.stamp if is_signed_in else ""
        self.session_token = session_token if is_signed_in else ""
        self.events: dict[int | None, set[str]] = {}
        self.keys: dict[int | None, str | None] = {}

    @property
    def identity(self) -> Identity:
        return self.user_id, self.stamp, self.session_token

    def request(self, topics: Iterable[str], lacking: Container[str]) -> None:
        """Adds to `pending`: a heartbeat for all *topics*, and a snapshot of those that are *lacking*."""
        for topic in topics:
            self.pending[topic] = topic in lacking or self.pending.get(topic, False)

    def take_pending(self) -> dict[str, bool]:
        """`pending` without the topics that are followed no more; it is empty then."""
        pending, self.pending = self.pending, {}
        followed = self.topics
        return {topic: is_lacking for topic, is_lacking in pending.items() if topic in followed}

    @property
    def topics(self) -> set[str]:
        return {topic for topics in list(self.events.values()) for topic in list(topics)}


subscribers: dict[str, Subscriber] = {}
# Those of them that are signed in: checked each time the hub publishes, and few among many spectators.
signed_in: dict[str, Subscriber] = {}


def remove_subscriber(sid: str) -> None:
    subscribers.pop(sid, None)
    signed_in.pop(sid, None)


def join_room(sid: str, room: str) -> None:
    with suppress(KeyError, ValueError):  # the client has disconnected while it waited for its turn
        socketio.server.enter_room(sid, room, namespace="/")


def leave_room(sid: str, room: str) -> None:
    socketio.server.leave_room(sid, room, namespace="/")


def join_topic(sid: str, subscriber: Subscriber, topic: str, language: str) -> None:
    """Follows the topic in the language, and no longer in another one."""
    before = subscriber.languages.get(topic)
    if before not in (None, language):
        leave_room(sid, room_of(topic, before))
    subscriber.languages[topic] = language
    join_room(sid, room_of(topic, language))


def leave_topic(sid: str, subscriber: Subscriber, topic: str) -> None:
    leave_room(sid, room_of(topic, subscriber.languages.pop(topic, "")))


def record_presence(sid: str, subscriber: Subscriber, page: str | None = None) -> None:
    """Records the connection in presence, unless it has disconnected meanwhile."""
    presence.record_connection(sid, partial(_transport_of, sid), list(subscriber.events), page)
    if sid not in subscribers:
        presence.remove_connection(sid)


def _transport_of(sid: str) -> str:
    """The current transport, a key of `presence.TRANSPORTS`; a connection may change from long-polling to WebSocket."""
    try:
        return f"socketio-{socketio.server.transport(sid)}"
    except KeyError:  # it is disconnecting now
        return "socketio-polling"
