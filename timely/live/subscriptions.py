"""Parses and authorises subscriptions, and finds the snapshots that a client misses. Used by every transport."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app
from sqlalchemy import select

from timely import access, metrics
from timely.domain.storable import REFUSAL, unstorable
from timely.domain.translation import lazy_gettext
from timely.extensions import db
from timely.languages.available import languages
from timely.live import messages
from timely.live.request_limits import Refused
from timely.live.snapshots import snapshot
from timely.live.topic_versions import State, state
from timely.live.topics import EVENT_KEYS, read_topic, read_user_topic, topic_of, user_topic
from timely.models import Event
from timely.models.ids import LARGEST_ID
from timely.models.topic import GLOBAL_TOPICS, NOTIFICATIONS
from timely.presenters.row import Row

MAX_TOPICS = 200


@dataclass(frozen=True, slots=True)
class Subscription:
    """A parsed subscription: full topic names, the versions that the client has, and the event if it named one.

    `page` is the page of Timely that the client says it is, if any; only presence uses it. `language` is the code of
    the language for the words of its messages, "" for that of each event.
    """

    event_id: int | None
    topics: tuple[str, ...]
    versions: Mapping[str, int]
    epoch: str
    key: str | None
    page: str | None = None
    language: str = ""

    def short(self, topic: str) -> str:
        """The topic as this client names it: without the event if the subscription names the event."""
        parsed = read_topic(topic)
        return parsed.key if self.event_id is not None and parsed else topic

    @property
    def event_ids(self) -> set[int | None]:
        """The ids of the events of its topics; None for topics of no event."""
        return {event_id_of(topic) for topic in self.topics}


def event_id_of(topic: str) -> int | None:
    """The id of the event that the topic belongs to; None for topics of no event."""
    parsed = read_topic(topic)
    return parsed.event_id if parsed else None


def read_subscription(data: Any) -> Subscription:
    """The subscription in a client's message. Raises Refused with the reason if it is not valid."""
    if not isinstance(data, dict):
        raise Refused("bad_request", lazy_gettext("subscribe takes an object such as {event_id: 7, topics: [results]}"))
    if (where := unstorable(data)) is not None:
        raise Refused("bad_request", lazy_gettext("%(where)s %(fault)s", where=where, fault=REFUSAL))
    event_id = data.get("event_id")
    if event_id is not None and (not isinstance(event_id, int) or isinstance(event_id, bool) or event_id < 1):
        raise Refused("bad_request", lazy_gettext("event_id must be a whole number"))
    if event_id is not None and event_id > LARGEST_ID:
        raise Refused("not_found", lazy_gettext("there is no such event"))
    names = data.get("topics")
    if names is None and event_id is not None:
        names = list(EVENT_KEYS)
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise Refused("bad_request", lazy_gettext("topics must be a list of names"))
    if not 0 < len(names) <= MAX_TOPICS:
        raise Refused("bad_request", lazy_gettext("topics must name 1 to %(most)s topics", most=MAX_TOPICS))
    versions = data.get("versions") or {}
    if not isinstance(versions, dict):
        raise Refused("bad_request", lazy_gettext("versions must be an object of {topic: version}"))
    key, client_epoch, page = data.get("key"), data.get("epoch"), data.get("page")
    return Subscription(
        event_id=event_id,
        topics=tuple(dict.fromkeys(_topic(name, event_id) for name in names)),
        versions={
            _topic(name, event_id): version
            for name, version in versions.items()
            if (name in names or read_user_topic(name)) and isinstance(version, int) and not isinstance(version, bool)
        },
        epoch=client_epoch if isinstance(client_epoch, str) else "",
        key=key if isinstance(key, str) else None,
        page=page if isinstance(page, str) else None,
        language=_language(data.get("lang")),
    )


def _language(code: Any) -> str:
    """The code of one of our languages; "" for anything else, which falls back to the event's."""
    found = languages().find(code) if isinstance(code, str) else None
    return found.code if found else ""


def _topic(name: str, event_id: int | None) -> str:
    if event_id is not None and name in EVENT_KEYS:
        return topic_of(event_id, name)
    parsed = read_topic(name)
    is_global = name in GLOBAL_TOPICS or read_user_topic(name) is not None
    if is_global or (parsed and event_id in (None, parsed.event_id)):
        return name
    raise Refused("unknown_topic", lazy_gettext("there is no topic %(name)s", name=repr(name[:60])))


def authorise(subscription: Subscription, user: Any) -> Subscription:
    """The subscription, with the topic of *user* added if it has the notifications.

    Raises Refused unless *user* may follow every topic. The answer for a hidden event is that it does not exist.
    """
    public = state().public
    for event_id in subscription.event_ids:
        if event_id is None or event_id in public:
            continue
        event = db.session.get(Event, event_id)
        if event is None or not access.may_see(user, event, subscription.key):
            raise Refused("not_found", lazy_gettext("there is no such event"))
    own = user_topic(user.id) if access.is_signed_in(user) else None
    if any(read_user_topic(topic) is not None and topic != own for topic in subscription.topics):
        raise Refused("not_found", lazy_gettext("there is no such topic"))
    return with_user_topic(subscription, user)


def check_topic_limit(subscription: Subscription, followed: Collection[str]) -> None:
    """Raises Refused if the topics, with those already *followed*, exceed the limit of one connection."""
    most: int = current_app.config["TIMELY_TOPICS_PER_CONNECTION"]
    if len({*followed, *subscription.topics}) > most:
        metrics.count_refusal("topics")
        raise Refused(
            "too_many_topics",
            lazy_gettext("one connection may follow %(most)s topics; leave some of them first", most=most),
        )


def with_user_topic(subscription: Subscription, user: Any) -> Subscription:
    """The subscription, with the user's own topic added if it has `notifications` and *user* is signed in."""
    if NOTIFICATIONS not in subscription.topics or not access.is_signed_in(user):
        return subscription
    return replace(subscription, topics=tuple(dict.fromkeys((*subscription.topics, user_topic(user.id)))))


def current_versions(subscription: Subscription, now: State | None = None) -> dict[str, int]:
    """{full topic name: current version}, or the version in *now*."""
    versions = (now or state()).versions
    return {topic: versions.get(topic, 1) for topic in subscription.topics}


def missing_snapshots(subscription: Subscription, now: State | None = None) -> list[Row]:
    """The snapshots that bring the client up to date. *now* is the current state, if the caller has just read it."""
    now = now or state()
    return snapshots(dict.fromkeys(missing_versions(subscription, now), subscription.language), now)


def snapshots(topics: Mapping[str, str], now: State) -> list[Row]:
    """The current snapshot of each topic that there still is; *topics* is {topic: code of its language}."""
    built = [snapshot(topic, now.versions.get(topic, 1), now, language) for topic, language in topics.items()]
    return [message for message in built if message is not None]


def snapshots_and_heartbeats(pending: Mapping[str, bool], languages_: Mapping[str, str], now: State) -> list[Row]:
    """The snapshots of the topics whose value is True, and then the heartbeats of all *pending* topics.

    *languages_* is {topic: code of the language in which it is followed}.
    """
    lacking = {topic: languages_.get(topic, "") for topic in pending if pending[topic]}
    return [*snapshots(lacking, now), *heartbeats(pending, now)]


def missing_versions(subscription: Subscription, now: State | None = None) -> dict[str, int]:
    """{topic: current version} of the topics of which the client has another version, or another epoch."""
    now = now or state()
    known = subscription.versions if subscription.epoch == now.epoch else {}
    current = current_versions(subscription, now)
    return {topic: version for topic, version in current.items() if known.get(topic) != version}


def heartbeats(topics: Collection[str], now: State | None = None) -> list[Row]:
    """Heartbeats: one for each event of the *topics*, and one for those of no event."""
    now, beats = now or state(), []
    for event_id in sorted({event_id_of(topic) for topic in topics}, key=lambda one: one or 0):
        status = None
        if event_id is not None:
            status = now.public.get(event_id) or db.session.scalar(select(Event.status).where(Event.id == event_id))
        if event_id is None or status is None:
            own = [topic for topic in topics if read_user_topic(topic) is not None]
            names_by_topic = {topic: topic for topic in (*GLOBAL_TOPICS, *own)}
            event = None
        else:
            names_by_topic = {topic_of(event_id, key): key for key in EVENT_KEYS}
            event = event_id, status
        versions = {name: now.versions.get(topic, 1) for topic, name in names_by_topic.items()}
        beats.append(messages.heartbeat(event, versions, now.epoch))
    return beats
