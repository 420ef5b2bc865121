"""What a subscription asks for, whether it may have it, and what it lacks. Every pipe asks here."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app
from sqlalchemy import select

from timely import access, metrics
from timely.domain.storable import REFUSAL, unstorable
from timely.extensions import db, socketio
from timely.limits.opening_queue import Opening
from timely.limits.pacing import Pacer
from timely.limits.token_bucket import TOO_FAST
from timely.live import messages
from timely.live.topic_versions import state
from timely.live.topics import (
    EVENT_KEYS,
    NOTIFICATIONS,
    OF_NO_EVENT,
    read_topic,
    read_user_topic,
    topic_of,
    user_topic,
)
from timely.models import Event
from timely.models.ids import LARGEST_ID
from timely.presenters.rows import Row

MOST_TOPICS = 200
# A page of ours subscribes once or twice, and once more where it has missed something.
FREE_SUBSCRIPTIONS = 2
# Subscriptions beyond that, of one address. A hall that has missed something at the same moment has them at once.
TURNS = Pacer(per_second=50, at_once=50)
# Event streams that begin, and polls of whoever lacks something: a hall that comes back at once has them all.
COMING = Pacer(per_second=300, at_once=3_000)
GONE = ("gone", "the connection is over")


class Refused(Exception):
    """The subscription is refused; `code` and `message` as they travel."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True, slots=True)
class Subscription:
    """`topics` are spelled out; `versions` are what the client has of them; `event_id` if it named one.

    `page` is which page of ours the client says it is, if any; only the count of who is watching asks for it.
    """

    event_id: int | None
    topics: tuple[str, ...]
    versions: Mapping[str, int]
    epoch: str
    key: str | None
    page: str | None = None

    def short(self, topic: str) -> str:
        """The topic as this client spells it."""
        spelled = read_topic(topic)
        return spelled.key if self.event_id is not None and spelled else topic

    @property
    def event_ids(self) -> set[int | None]:
        """The events that it follows anything of; None for what is of no event."""
        return {event_of(topic) for topic in self.topics}


def event_of(topic: str) -> int | None:
    """The event that the topic is one of; None for what is of no event."""
    spelled = read_topic(topic)
    return spelled.event_id if spelled else None


def read_subscription(data: Any) -> Subscription:
    """The subscription in a client's message. Raises Refused with what is wrong with it."""
    if not isinstance(data, dict):
        raise Refused("bad_request", "subscribe takes an object such as {event_id: 7, topics: [results]}")
    if (where := unstorable(data)) is not None:
        raise Refused("bad_request", f"{where} {REFUSAL}")
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
    key, word, page = data.get("key"), data.get("epoch"), data.get("page")
    return Subscription(
        event_id=event_id,
        topics=tuple(dict.fromkeys(_topic(name, event_id) for name in names)),
        versions={
            _topic(name, event_id): version
            for name, version in versions.items()
            if (name in names or read_user_topic(name)) and isinstance(version, int) and not isinstance(version, bool)
        },
        epoch=word if isinstance(word, str) else "",
        key=key if isinstance(key, str) else None,
        page=page if isinstance(page, str) else None,
    )


def _topic(name: str, event_id: int | None) -> str:
    if event_id is not None and name in EVENT_KEYS:
        return topic_of(event_id, name)
    spelled = read_topic(name)
    is_of_no_event = name in OF_NO_EVENT or read_user_topic(name) is not None
    if is_of_no_event or (spelled and event_id in (None, spelled.event_id)):
        return name
    raise Refused("unknown_topic", f"there is no topic {name[:60]!r}")


def check(subscription: Subscription, user: Any) -> Subscription:
    """What is followed then: with the notifications also those to *user* alone.

    Raises Refused unless *user* may follow all of it. What may not be seen looks as if it did not exist.
    """
    public = state().public
    for event_id in subscription.event_ids:
        if event_id is None or event_id in public:
            continue
        event = db.session.get(Event, event_id)
        if event is None or not access.may_see(user, event, subscription.key):
            raise Refused("not_found", "there is no such event")
    own = user_topic(user.id) if access.is_signed_in(user) else None
    if any(read_user_topic(topic) is not None and topic != own for topic in subscription.topics):
        raise Refused("not_found", "there is no such topic")
    return with_own(subscription, user)


def make_room(subscription: Subscription, followed: Collection[str]) -> None:
    """Raises Refused if the connection would follow more than one may, beside what it has *followed* so far."""
    most: int = current_app.config["TIMELY_TOPICS_PER_CONNECTION"]
    if len({*followed, *subscription.topics}) > most:
        metrics.refused("topics")
        raise Refused("too_many_topics", f"one connection may follow {most} topics; leave some of them first")


class Asking:
    """What one connection has asked for so far.

    `sleep` is its own way to wait, if it has one; False where it has hung up meanwhile.
    """

    __slots__ = ("address", "sleep", "times")

    def __init__(self, address: str | None) -> None:
        self.address, self.times = address, 0
        self.sleep: Callable[[float], object] | None = None

    def wait_for_turn_again(self) -> None:
        """As `wait_for_turn`, where a connection goes on asking; the first times are free."""
        self.times += 1
        if self.times > FREE_SUBSCRIPTIONS:
            self.wait_for_turn(TURNS)

    def wait_for_turn(self, turns: Pacer) -> None:
        """Waits for a turn of the address. Raises Refused where that would take long."""
        wait = turns.wait(self.address)
        if wait is None or wait > 0:
            metrics.refused("messages", self.address)
        if wait is None:
            raise Refused(*TOO_FAST)
        if wait and (self.sleep or socketio.sleep)(wait) is False:
            raise Refused(*GONE)

    @contextmanager
    def in_turn(self) -> Iterator[None]:
        """What is answered with whole topics is answered to one connection of an address at a time.

        Raises Refused where others of it take too long.
        """
        opening = Opening(self.address)
        if not opening.begin():
            metrics.refused("messages", self.address)
            raise Refused(*TOO_FAST)
        try:
            if self.sleep and self.sleep(0) is False:
                raise Refused(*GONE)
            yield
        finally:
            opening.end()


def with_own(subscription: Subscription, user: Any) -> Subscription:
    """Whoever says `notifications` and is signed in means those to themselves too."""
    if NOTIFICATIONS not in subscription.topics or not access.is_signed_in(user):
        return subscription
    return replace(subscription, topics=tuple(dict.fromkeys((*subscription.topics, user_topic(user.id)))))


def versions_now(subscription: Subscription) -> dict[str, int]:
    """{topic: version} as they are, topics spelled out."""
    versions = state().versions
    return {topic: versions.get(topic, 1) for topic in subscription.topics}


def lacking(subscription: Subscription) -> list[Row]:
    """The snapshots that the client needs to be up to date."""
    built = [messages.snapshot(topic, version) for topic, version in lacking_versions(subscription).items()]
    return [message for message in built if message is not None]


def lacking_versions(subscription: Subscription) -> dict[str, int]:
    """{topic: version} of those of which the client has another version."""
    known = subscription.versions if subscription.epoch == state().epoch else {}
    return {topic: version for topic, version in versions_now(subscription).items() if known.get(topic) != version}


def heartbeats(subscription: Subscription) -> list[Row]:
    """One for each event that is followed, and one for all that is of no event."""
    now, beats = state(), []
    for event_id in sorted(subscription.event_ids, key=lambda one: one or 0):
        status = None
        if event_id is not None:
            status = now.public.get(event_id) or db.session.scalar(select(Event.status).where(Event.id == event_id))
        if event_id is None or status is None:
            own = [topic for topic in subscription.topics if read_user_topic(topic) is not None]
            spelling = {topic: topic for topic in (*OF_NO_EVENT, *own)}
            event = None
        else:
            spelling = {topic_of(event_id, key): key for key in EVENT_KEYS}
            event = event_id, status
        versions = {name: now.versions.get(topic, 1) for topic, name in spelling.items()}
        beats.append(messages.heartbeat(event, versions, now.epoch))
    return beats
