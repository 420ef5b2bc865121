"""Broadcasts messages that are not stored: sent once, on every transport, to the current subscribers of a topic."""

from typing import Any

from flask import current_app

from timely.live import messages
from timely.live.hub import Hub
from timely.live.topics import is_topic
from timely.live.transport import send_in_all_languages
from timely.presenters.row import Row
from timely.queries.versions import epoch

# Types that may not be broadcast: those of the protocol, and those built from the database. The latter carry versions,
# by which clients recover what they missed; a broadcast would bypass that.
RESERVED_TYPES = frozenset(
    {kind for kind, _ in messages.BUILDERS.values()}
    | {"notification", "heartbeat", "connected", "subscribed", "pong", "error"}
)


def broadcast(topic: str, type: str, data: dict[str, Any]) -> int:  # noqa: A002  (the name in the message)
    """Sends *data* without a version to all subscribers of *topic*; returns how many transports here have any.

    A client that is not connected never gets it, so a page must not depend on it to be correct.
    Raises ValueError for an unknown topic, and for a type that belongs to the protocol.
    """
    if not is_topic(topic):
        raise ValueError(f"there is no topic {topic!r}")
    if type in RESERVED_TYPES:
        raise ValueError(f"{type} is published from the database alone; change the record instead")
    message: Row = {"type": type, "topic": topic, "epoch": epoch(), "data": data}
    hub: Hub = current_app.extensions["timely.hub"]
    reached = sum(send_in_all_languages(transport, topic, message) for transport in hub.transports)
    if hub.relay:
        hub.relay.send(message)
    return reached
