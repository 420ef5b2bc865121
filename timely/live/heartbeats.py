"""Heartbeats to all subscribers, of every event that anybody follows."""

from collections.abc import Sequence

from timely.extensions import db
from timely.live import messages
from timely.live.topics import read_user_topic, versions_by_key
from timely.live.transport import Transport
from timely.models import Event
from timely.models.topic import GLOBAL_TOPICS
from timely.queries.versions import all_versions

HEARTBEAT_EVERY = 10.0  # seconds; the scripts get the number too (web/script_bundle.py)


def send_heartbeats(transports: Sequence[Transport], epoch: str) -> None:
    """Sends heartbeats to all subscribers, with the versions of the topics that they follow."""
    versions = all_versions()
    for transport in transports:
        for event_id in sorted(transport.followed_events(), key=lambda one: one or 0):
            event = db.session.get(Event, event_id) if event_id else None
            if event_id is None:
                shared = {topic: versions[topic] for topic in GLOBAL_TOPICS}
                transport.send_heartbeat(None, messages.heartbeat(None, shared, epoch))
            elif event is not None:
                own_versions = versions_by_key(event_id, versions)
                transport.send_heartbeat(event_id, messages.heartbeat((event.id, event.status), own_versions, epoch))
        for topic, version in versions.items():
            if read_user_topic(topic) is not None and transport.has_subscribers(topic):
                # A separate heartbeat: the version of a user's topic shows how many notifications they get.
                transport.send(topic, messages.heartbeat(None, {topic: version}, epoch, topic))
