"""Topic names, the same on every transport."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from timely.models.topic import GLOBAL_TOPICS

EVENT_KEYS = ("event", "results", "schedule", "announcements")
_PATTERN = re.compile(r"event_([1-9]\d{0,15})(?:_(results|schedule|announcements))?", re.ASCII)
LONGEST = 40  # characters of a topic's name
_USER_PATTERN = re.compile(r"user_([1-9]\d{0,15})", re.ASCII)


@dataclass(frozen=True, slots=True)
class EventTopic:
    """One of the four topics of an event."""

    event_id: int
    key: str

    def __str__(self) -> str:
        return topic_of(self.event_id, self.key)


def topic_of(event_id: int, key: str) -> str:
    """The topic name: `event_7` for the event itself, else `event_7_results` and so on."""
    return f"event_{event_id}" if key == "event" else f"event_{event_id}_{key}"


def room_of(topic: str, language: str) -> str:
    """The Socket.IO room of those who follow *topic* in a language; "" is that of the event, or of the installation."""
    return f"{topic}/{language}" if language else topic


def versions_by_key(event_id: int, versions: Mapping[str, int]) -> dict[str, int]:
    """{key in EVENT_KEYS: version} of the event's topics, by *versions* of topic names; 1 for one that has none yet."""
    return {key: versions.get(topic_of(event_id, key), 1) for key in EVENT_KEYS}


def topics_of(event_id: int) -> list[str]:
    return [topic_of(event_id, key) for key in EVENT_KEYS]


def read_topic(text: str) -> EventTopic | None:
    """The event topic of this name; None for any other text."""
    return _parsed(text) if len(text) <= LONGEST else None


@lru_cache(maxsize=4_096)
def _parsed(text: str) -> EventTopic | None:
    """Kept, for each look of the hub and each subscription reads the same few names."""
    match = _PATTERN.fullmatch(text)
    return EventTopic(int(match[1]), match[2] or "event") if match else None


def user_topic(user_id: int) -> str:
    """The topic of notifications to one signed-in user."""
    return f"user_{user_id}"


def read_user_topic(text: str) -> int | None:
    """The id of the user whose topic has this name; None for any other text."""
    match = _USER_PATTERN.fullmatch(text)
    return int(match[1]) if match else None


def is_topic(text: str) -> bool:
    """Whether the text is a valid topic name; its event or user need not exist."""
    return text in GLOBAL_TOPICS or read_topic(text) is not None or read_user_topic(text) is not None


def heartbeat_room(event_id: int | None) -> str:
    """The Socket.IO room of all who follow any topic of the event, for heartbeats; None is for topics of no event."""
    return "heartbeat_events" if event_id is None else f"heartbeat_{event_id}"
