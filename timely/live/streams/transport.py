"""Transport for event streams, plain WebSockets and polling: a queue per client, each message encoded once for all."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from timely import access, metrics
from timely.database import session_memory
from timely.extensions import db, socketio
from timely.limits.disconnected import has_hung_up
from timely.live import messages, presence, subscriptions
from timely.live.connection import AT_ONCE, LOOK_EVERY, ConnectionWriter
from timely.live.revoked_users import Identity, revoked_users
from timely.live.snapshots import snapshot
from timely.live.streams.send_queue import EncodedMessage, SendQueue
from timely.models import Event, User
from timely.presenters.row import Row

# A polling client counts as watching for so many seconds after its last poll.
POLL_LASTS = 35.0

TOLD = metrics.DELIVERIES.labels("streams")


class Subscriber:
    """One client: its user and session, the topics that it follows, and its send queue."""

    def __init__(
        self,
        kind: str,
        user: Any,
        epoch: str,
        comes_again: str = "",
        visit: str = "",
        address: str | None = None,
    ):
        # Each poll makes a new Subscriber. *comes_again* (IP address and user agent) is the same for all polls of a
        # client, so that presence counts it once.
        self.id, self.kind = comes_again or uuid4().hex, kind
        self.lasts = POLL_LASTS if comes_again else None
        is_somebody = access.is_signed_in(user)
        self.user_id: int | None = user.id if is_somebody else None
        self.stamp = user.stamp if is_somebody else ""
        self.visit = visit if is_somebody else ""
        self.outbox = SendQueue({}, epoch)
        self.asking = subscriptions.Asking(address)
        self.topics: set[str] = set()
        self.keys: dict[int | None, str | None] = {}

    @property
    def identity(self) -> Identity:
        return self.user_id, self.stamp, self.visit

    @property
    def event_ids(self) -> set[int | None]:
        return {subscriptions.event_of(topic) for topic in self.topics}


class StreamTransport:
    """The hub's interface to these subscribers."""

    name = "streams"

    def __init__(self) -> None:
        self._by_topic: defaultdict[str, set[Subscriber]] = defaultdict(set)
        self._by_event: defaultdict[int | None, set[Subscriber]] = defaultdict(set)
        self._signed_in: set[Subscriber] = set()  # checked each time the hub publishes; few among many spectators
        self._wires: dict[Subscriber, ConnectionWriter] = {}  # of event streams whose socket is written to directly
        self._looked_at = time.monotonic()
        self._lock = threading.Lock()

    def carry(self, reader: Subscriber, wire: ConnectionWriter) -> None:
        """Registers the writer of an event stream, for `close_disconnected`: its client never sends anything."""
        self._wires[reader] = wire

    def close_disconnected(self) -> None:
        """Ends the streams of disconnected clients, once a second; a failing write may come ten seconds later."""
        if time.monotonic() < self._looked_at + LOOK_EVERY:
            return
        self._looked_at = time.monotonic()
        for wire in list(self._wires.values()):
            if has_hung_up(wire.connection):
                wire.cut()

    def join(self, reader: Subscriber, subscription: subscriptions.Subscription) -> None:
        """Adds the topics: from now on their messages are put into the queue of *reader*."""
        with self._lock:
            reader.topics |= set(subscription.topics)
            for topic in subscription.topics:
                reader.outbox.have.setdefault(topic, 0)
            for event_id in subscription.event_ids:
                reader.keys[event_id] = subscription.key
                self._by_event[event_id].add(reader)
            for topic in subscription.topics:
                self._by_topic[topic].add(reader)
            if reader.user_id is not None:
                self._signed_in.add(reader)
        if session_memory.is_over(reader.visit):  # signed out meanwhile: nobody would end it
            reader.outbox.close()
        presence.record_connection(reader.id, reader.kind, reader.event_ids, subscription.page, lasts=reader.lasts)

    def leave(self, reader: Subscriber, topics: Iterable[str] | None = None) -> None:
        """Removes *topics*, or all topics."""
        with self._lock:
            for topic in list(reader.topics) if topics is None else topics:
                reader.topics.discard(topic)
                reader.outbox.have.pop(topic, None)
                self._discard(self._by_topic, topic, reader)
            for event_id in [one for one in reader.keys if one not in reader.event_ids]:
                reader.keys.pop(event_id)
                self._discard(self._by_event, event_id, reader)
            if not reader.topics:
                self._signed_in.discard(reader)
                self._wires.pop(reader, None)
        if reader.lasts is None:
            if reader.topics:
                presence.record_connection(reader.id, reader.kind, reader.event_ids)
            else:
                presence.remove_connection(reader.id)

    def has_subscribers(self, topic: str) -> bool:
        return topic in self._by_topic

    def send(self, topic: str, message: Row) -> None:
        self._tell(EncodedMessage(message), self._of(self._by_topic, topic))

    def followed_events(self) -> set[int | None]:
        with self._lock:
            return set(self._by_event)

    def send_heartbeat(self, event_id: int | None, message: Row) -> None:
        self._tell(EncodedMessage(message), self._of(self._by_event, event_id))

    def recheck_access(self, event: Event) -> None:
        for reader in self._of(self._by_event, event.id):
            user = db.session.get(User, reader.user_id) if reader.user_id else None
            if not access.may_see(user, event, reader.keys.get(event.id)):
                reader.outbox.put(
                    EncodedMessage(messages.error_message("not_found", "this event is not public any more"))
                )
                reader.outbox.close()

    def disconnect_revoked(self) -> None:
        readers = self._somebodies()
        gone = revoked_users(reader.identity for reader in readers)
        for reader in readers:
            if reader.identity in gone:
                reader.outbox.close()

    def disconnect_session(self, visit: str) -> None:
        for reader in self._somebodies():
            if visit and reader.visit == visit:
                reader.outbox.close()

    def _tell(self, parcel: EncodedMessage, readers: list[Subscriber]) -> None:
        for first in range(0, len(readers), AT_ONCE):
            if first:
                socketio.sleep(0)  # yield to other clients
            for reader in readers[first : first + AT_ONCE]:
                reader.outbox.put(parcel)
        TOLD.inc(len(readers))

    def _somebodies(self) -> list[Subscriber]:
        with self._lock:
            return list(self._signed_in)

    def _of(self, index: Any, key: Any) -> list[Subscriber]:
        with self._lock:
            return list(index.get(key, ()))

    def _discard(self, index: Any, key: Any, reader: Subscriber) -> None:
        if key in index:
            index[key].discard(reader)
            if not index[key]:
                del index[key]


def catch_up(reader: Subscriber, subscription: subscriptions.Subscription) -> list[EncodedMessage]:
    """The snapshots that *reader* lacks after joining, then heartbeats. Updates the versions in its `have`."""
    db.session.rollback()  # a new transaction, which sees all commits before the join
    if subscription.epoch == reader.outbox.epoch:
        reader.outbox.have |= {topic: subscription.versions.get(topic, 0) for topic in subscription.topics}
    lacking = subscriptions.lacking(subscription)
    for message in lacking:
        reader.outbox.have[message["topic"]] = message["version"]
    return [EncodedMessage(message) for message in [*lacking, *subscriptions.heartbeats(subscription)]]


def snapshots(reader: Subscriber, topics: Iterable[str]) -> list[EncodedMessage]:
    """Snapshots of *topics*, of which *reader* has missed messages. Updates the versions in its `have`."""
    built = [snapshot(topic) for topic in sorted(topics)]
    found = [message for message in built if message is not None]
    for message in found:
        reader.outbox.have[message["topic"]] = message["version"]
    return [EncodedMessage(message) for message in found]
