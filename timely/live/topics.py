"""How topics are spelled, on every pipe."""

import re
from dataclasses import dataclass

EVENT_KEYS = ("event", "results", "schedule", "announcements")
EVENTS = "events"
NOTIFICATIONS = "notifications"
# Topics of no event, with one spelling for everybody.
OF_NO_EVENT = (EVENTS, NOTIFICATIONS)
_SPELLING = re.compile(r"event_([1-9]\d{0,15})(?:_(results|schedule|announcements))?", re.ASCII)
_USER_SPELLING = re.compile(r"user_([1-9]\d{0,15})", re.ASCII)


@dataclass(frozen=True, slots=True)
class EventTopic:
    """One of the four topics of an event."""

    event_id: int
    key: str

    def __str__(self) -> str:
        return topic_of(self.event_id, self.key)


def topic_of(event_id: int, key: str) -> str:
    """`event_7` for the event itself, `event_7_results` and so on for the others; also the room's name."""
    return f"event_{event_id}" if key == "event" else f"event_{event_id}_{key}"


def topics_of(event_id: int) -> list[str]:
    return [topic_of(event_id, key) for key in EVENT_KEYS]


def read_topic(text: str) -> EventTopic | None:
    """The event's topic that is spelled so; None for any other word."""
    match = _SPELLING.fullmatch(text)
    return EventTopic(int(match[1]), match[2] or "event") if match else None


def user_topic(user_id: int) -> str:
    """What is told to one signed-in user alone."""
    return f"user_{user_id}"


def read_user_topic(text: str) -> int | None:
    """The id of the user whose topic is spelled so; None for any other word."""
    match = _USER_SPELLING.fullmatch(text)
    return int(match[1]) if match else None


def is_topic(text: str) -> bool:
    """Whether it is spelled as a topic, of whatever may or may not exist."""
    return text in OF_NO_EVENT or read_topic(text) is not None or read_user_topic(text) is not None


def heartbeat_room(event_id: int | None) -> str:
    """Whoever follows anything of the event is in here too, for the heartbeat; None is for what is of no event."""
    return "heartbeat_events" if event_id is None else f"heartbeat_{event_id}"
