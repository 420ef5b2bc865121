"""What a subscription asks for, whether it may have it, and what it lacks. Every pipe asks here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from timely import access
from timely.extensions import db
from timely.live import messages
from timely.live.topics import EVENT_KEYS, EVENTS, read_topic, topic_of
from timely.models import Event
from timely.queries.versions import epoch, versions_of
from timely.rows import Row

MOST_TOPICS = 200
LARGEST_ID = 10**15


class Refused(Exception):
    """The subscription is refused; `code` and `message` as they travel."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True, slots=True)
class Subscription:
    """`topics` are spelled out; `versions` are what the client has of them; `event_id` if it named one."""

    event_id: int | None
    topics: tuple[str, ...]
    versions: Mapping[str, int]
    epoch: str
    key: str | None

    def short(self, topic: str) -> str:
        """The topic as this client spells it."""
        spelled = read_topic(topic)
        return spelled.key if self.event_id is not None and spelled else topic

    @property
    def event_ids(self) -> set[int | None]:
        """The events that it follows anything of; None for the list of events."""
        spelled = [read_topic(topic) for topic in self.topics]
        return {one.event_id if one else None for one in spelled}


def read_subscription(data: Any) -> Subscription:
    """The subscription in a client's message. Raises Refused with what is wrong with it."""
    if not isinstance(data, dict):
        raise Refused("bad_request", "subscribe takes an object such as {event_id: 7, topics: [results]}")
    event_id = data.get("event_id")
    if event_id is not None and (not isinstance(event_id, int) or isinstance(event_id, bool) or event_id < 1):
        raise Refused("bad_request", "event_id must be a whole number")
    if event_id is not None and event_id > LARGEST_ID:
        raise Refused("not_found", "there is no such event")
    names = data.get("topics")
    if names is None and event_id is not None:
        names = list(EVENT_KEYS)
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise Refused("bad_request", "topics must be a list of names")
    if not 0 < len(names) <= MOST_TOPICS:
        raise Refused("bad_request", f"topics must name 1 to {MOST_TOPICS} topics")
    versions = data.get("versions") or {}
    if not isinstance(versions, dict):
        raise Refused("bad_request", "versions must be an object of {topic: version}")
    key, word = data.get("key"), data.get("epoch")
    return Subscription(
        event_id=event_id,
        topics=tuple(dict.fromkeys(_topic(name, event_id) for name in names)),
        versions={
            _topic(name, event_id): version
            for name, version in versions.items()
            if name in names and isinstance(version, int) and not isinstance(version, bool)
        },
        epoch=word if isinstance(word, str) else "",
        key=key if isinstance(key, str) else None,
    )


def _topic(name: str, event_id: int | None) -> str:
    if event_id is not None and name in EVENT_KEYS:
        return topic_of(event_id, name)
    spelled = read_topic(name)
    if name == EVENTS or (spelled and event_id in (None, spelled.event_id)):
        return name
    raise Refused("unknown_topic", f"there is no topic {name[:60]!r}")


def check(subscription: Subscription, user: Any) -> None:
    """Raises Refused unless *user* may follow all of it. What may not be seen looks as if it did not exist."""
    for event_id in subscription.event_ids:
        if event_id is None:
            continue
        event = db.session.get(Event, event_id)
        if event is None or not access.may_see(user, event, subscription.key):
            raise Refused("not_found", "there is no such event")


def versions_now(subscription: Subscription) -> dict[str, int]:
    """{topic: version} as they are, topics spelled out."""
    found = versions_of(subscription.topics)
    return {topic: found.get(topic, 1) for topic in subscription.topics}


def lacking(subscription: Subscription) -> list[Row]:
    """The snapshots that the client needs to be up to date."""
    known = subscription.versions if subscription.epoch == epoch() else {}
    behind = [topic for topic, version in versions_now(subscription).items() if known.get(topic) != version]
    built = [messages.snapshot(topic) for topic in behind]
    return [message for message in built if message is not None]


def heartbeats(subscription: Subscription) -> list[Row]:
    """One for each event that is followed, and one for the list of events."""
    word, beats = epoch(), []
    for event_id in sorted(subscription.event_ids, key=lambda one: one or 0):
        event = db.session.get(Event, event_id) if event_id is not None else None
        keys = [EVENTS] if event is None else [topic_of(event.id, key) for key in EVENT_KEYS]
        found = versions_of(keys)
        versions = {
            (EVENTS if event is None else read_topic(key).key): found.get(key, 1)  # type: ignore[union-attr]
            for key in keys
        }
        beats.append(messages.heartbeat(event, versions, word))
    return beats
