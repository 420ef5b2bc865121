"""Tells what no table holds: once, on every pipe, to whoever follows the topic at this moment."""

from typing import Any

from flask import current_app

from timely.live import messages
from timely.live.hub import Hub
from timely.live.topics import is_topic
from timely.presenters.rows import Row
from timely.queries.versions import epoch

# What the database tells of has versions and heals; it must not be told beside it.
KEPT_TYPES = frozenset(
    {kind for kind, _ in messages.BUILDERS.values()}
    | {"notification", "heartbeat", "connected", "subscribed", "pong", "error"}
)


def broadcast(topic: str, type: str, data: dict[str, Any]) -> int:  # noqa: A002  (the word of the envelope)
    """Sends the envelope, without a version, to all who follow *topic*; the number of pipes here that took it.

    It is not kept: a client that is away never gets it, so nothing may depend on it that a page must show to be true.
    Raises ValueError for what is no topic, and for a type of the protocol's own.
    """
    if not is_topic(topic):
        raise ValueError(f"there is no topic {topic!r}")
    if type in KEPT_TYPES:
        raise ValueError(f"{type} is told from the database alone; change the record instead")
    message: Row = {"type": type, "topic": topic, "epoch": epoch(), "data": data}
    hub: Hub = current_app.extensions["timely.hub"]
    pipes = [pipe for pipe in hub.pipes if pipe.wants(topic)]
    for pipe in pipes:
        pipe.send(topic, message)
    if hub.relay:
        hub.relay.tell(message)
    return len(pipes)
