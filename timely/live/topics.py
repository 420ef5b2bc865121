"""How topics are spelled, on every pipe."""

import re
from dataclasses import dataclass

EVENT_KEYS = ("event", "results", "schedule", "announcements")
EVENTS = "events"
_SPELLING = re.compile(r"event_([1-9]\d{0,15})(?:_(results|schedule|announcements))?", re.ASCII)


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


def heartbeat_room(event_id: int | None) -> str:
    """Whoever follows anything of the event is in here too, for the heartbeat; None is the list of events."""
    return "heartbeat_events" if event_id is None else f"heartbeat_{event_id}"
