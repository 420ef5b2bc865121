"""Transport for event streams, plain WebSockets and polling: a queue per client, each message encoded once for all."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from timely import access, metrics
from timely.database import session_memory
from timely.domain.translation import gettext
from timely.extensions import db, socketio
from timely.languages.available import languages
from timely.limits.disconnected import has_disconnected
from timely.live import messages, presence, subscriptions
from timely.live.connection import BATCH_SIZE, CHECK_INTERVAL, ConnectionWriter
from timely.live.request_limits import RequestLimits
from timely.live.revoked_users import Identity, revoked_users
from timely.live.streams.send_queue import EncodedMessage, SendQueue
from timely.live.topic_versions import end_transaction, state
from timely.live.topics import room_of
from timely.models import Event, User
from timely.presenters.row import Row

# A polling client counts as watching for so many seconds after its last poll.
POLL_LASTS = 35.0

DELIVERED = metrics.DELIVERIES.labels("streams")


class Subscriber:
    """One client: its user and session, the topics that it follows, and its send queue."""

    def __init__(
        self,
        kind: str,
        user: Any,
        epoch: str,
        poll_key: str = "",
        session_token: str = "",
        address: str | None = None,
    ):
        # Each poll makes a new Subscriber. *poll_key* (IP address and user agent) is the same for all polls of a
        # client, so that presence counts it once.
        self.id, self.kind = poll_key or uuid4().hex, kind
        self.lasts = POLL_LASTS if poll_key else None
        is_signed_in = access.is_signed_in(user)
        self.user_id: int | None = user.id if is_signed_in else None
        self.stamp = user.stamp if is_signed_in else ""
        self.session_token = session_token if is_signed_in else ""
        self.send_queue = SendQueue({}, epoch)
        self.request_limits = RequestLimits(address)
        self.topics: set[str] = set()
        self.languages: dict[str, str] = {}  # by topic, where it was said
        self.keys: dict[int | None, str | None] = {}

    @property
    def identity(self) -> Identity:
        return self.user_id, self.stamp, self.session_token

    @property
    def event_ids(self) -> set[int | None]:
        return {subscriptions.event_id_of(topic) for topic in self.topics}


class StreamTransport:
    """The hub's interface to these subscribers."""

    name = "streams"

    def __init__(self) -> None:
        self._by_room: defaultdict[str, set[Subscriber]] = defaultdict(set)  # by topic and language
        self._by_event: defaultdict[int | None, set[Subscriber]] = defaultdict(set)
        self._signed_in: set[Subscriber] = set()  # checked each time the hub publishes; few among many spectators
        self._writers: dict[Subscriber, ConnectionWriter] = {}  # of event streams whose socket is written to directly
        self._checked_at = time.monotonic()
        self._lock = threading.Lock()

    def register_writer(self, subscriber: Subscriber, writer: ConnectionWriter) -> None:
        """Registers the writer of an event stream, for `close_disconnected`: its client never sends anything."""
        self._writers[subscriber] = writer

    def close_disconnected(self) -> None:
        """Ends the streams of disconnected clients, once a second; a failing write may come ten seconds later."""
        if time.monotonic() < self._checked_at + CHECK_INTERVAL:
            return
        self._checked_at = time.monotonic()
        for writer in list(self._writers.values()):
            if has_disconnected(writer.connection):
                writer.abort()

    def join(self, subscriber: Subscriber, subscription: subscriptions.Subscription) -> None:
        """Adds the topics: from now on their messages are put into the queue of *subscriber*."""
        with self._lock:
            for topic in subscriber.topics & set(subscription.topics):
                self._discard(self._by_room, room_of(topic, subscriber.languages.get(topic, "")), subscriber)
            subscriber.topics |= set(subscription.topics)
            subscriber.languages |= dict.fromkeys(subscription.topics, subscription.language)
            for topic in subscription.topics:
                subscriber.send_queue.versions.setdefault(topic, 0)
            for event_id in subscription.event_ids:
                subscriber.keys[event_id] = subscription.key
                self._by_event[event_id].add(subscriber)
            for topic in subscription.topics:
                self._by_room[room_of(topic, subscription.language)].add(subscriber)
            if subscriber.user_id is not None:
                self._signed_in.add(subscriber)
        if session_memory.has_ended(subscriber.session_token):  # signed out meanwhile: nobody would end it
            subscriber.send_queue.close()
        presence.record_connection(
            subscriber.id, subscriber.kind, subscriber.event_ids, subscription.page, lasts=subscriber.lasts
        )

    def leave(self, subscriber: Subscriber, topics: Iterable[str] | None = None) -> None:
        """Removes *topics*, or all topics."""
        with self._lock:
            for topic in list(subscriber.topics) if topics is None else topics:
                subscriber.topics.discard(topic)
                subscriber.send_queue.versions.pop(topic, None)
                self._discard(self._by_room, room_of(topic, subscriber.languages.pop(topic, "")), subscriber)
            for event_id in [one for one in subscriber.keys if one not in subscriber.event_ids]:
                subscriber.keys.pop(event_id)
                self._discard(self._by_event, event_id, subscriber)
            if not subscriber.topics:
                self._signed_in.discard(subscriber)
                self._writers.pop(subscriber, None)
        if subscriber.lasts is None:
            if subscriber.topics:
                presence.record_connection(subscriber.id, subscriber.kind, subscriber.event_ids)
            else:
                presence.remove_connection(subscriber.id)

    def languages_of(self, topic: str) -> list[str]:
        return [code for code in ("", *languages().by_code) if room_of(topic, code) in self._by_room]

    def send(self, topic: str, message: Row, language: str) -> None:
        self._send_all(EncodedMessage(message), self._subscribers_of(self._by_room, room_of(topic, language)))

    def followed_events(self) -> set[int | None]:
        with self._lock:
            return set(self._by_event)

    def send_heartbeat(self, event_id: int | None, message: Row) -> None:
        self._send_all(EncodedMessage(message), self._subscribers_of(self._by_event, event_id))

    def recheck_access(self, event: Event) -> None:
        for subscriber in self._subscribers_of(self._by_event, event.id):
            user = db.session.get(User, subscriber.user_id) if subscriber.user_id else None
            if not access.may_see(user, event, subscriber.keys.get(event.id)):
                subscriber.send_queue.put(
                    EncodedMessage(messages.error_message("not_found", gettext("this event is not public any more")))
                )
                subscriber.send_queue.close()

    def disconnect_revoked(self) -> None:
        subscribers = self._signed_in_subscribers()
        gone = revoked_users(subscriber.identity for subscriber in subscribers)
        for subscriber in subscribers:
            if subscriber.identity in gone:
                subscriber.send_queue.close()

    def disconnect_session(self, session_token: str) -> None:
        for subscriber in self._signed_in_subscribers():
            if session_token and subscriber.session_token == session_token:
                subscriber.send_queue.close()

    def _send_all(self, encoded: EncodedMessage, subscribers: list[Subscriber]) -> None:
        for first in range(0, len(subscribers), BATCH_SIZE):
            if first:
                socketio.sleep(0)  # yield to other clients
            for subscriber in subscribers[first : first + BATCH_SIZE]:
                subscriber.send_queue.put(encoded)
        DELIVERED.inc(len(subscribers))

    def _signed_in_subscribers(self) -> list[Subscriber]:
        with self._lock:
            return list(self._signed_in)

    def _subscribers_of(self, index: Any, key: Any) -> list[Subscriber]:
        with self._lock:
            return list(index.get(key, ()))

    def _discard(self, index: Any, key: Any, subscriber: Subscriber) -> None:
        if key in index:
            index[key].discard(subscriber)
            if not index[key]:
                del index[key]


def catch_up(subscriber: Subscriber, subscription: subscriptions.Subscription) -> list[EncodedMessage]:
    """The snapshots that *subscriber* lacks after joining, then heartbeats. Updates `send_queue.versions`."""
    end_transaction()  # a new one sees all commits before the join
    now = state()
    if subscription.epoch == subscriber.send_queue.epoch:
        subscriber.send_queue.versions |= {topic: subscription.versions.get(topic, 0) for topic in subscription.topics}
    missing = subscriptions.missing_snapshots(subscription, now)
    for message in missing:
        subscriber.send_queue.versions[message["topic"]] = message["version"]
    return [EncodedMessage(message) for message in [*missing, *subscriptions.heartbeats(subscription.topics, now)]]


def owed_messages(subscriber: Subscriber, missed: Mapping[str, bool]) -> list[EncodedMessage]:
    """Snapshots of the topics whose value is True, then heartbeats. Updates `send_queue.versions`."""
    found = subscriptions.snapshots_and_heartbeats(missed, subscriber.languages, state())
    for message in found:
        if "version" in message:
            subscriber.send_queue.versions[message["topic"]] = message["version"]
    return [EncodedMessage(message) for message in found]
