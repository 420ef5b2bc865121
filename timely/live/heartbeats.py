"""Heartbeats to all subscribers, of every event that anybody follows."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from timely.extensions import db
from timely.live import messages
from timely.live.topics import read_user_topic, versions_by_key
from timely.live.transport import Transport, send_in_all_languages
from timely.models import Event
from timely.models.topic import GLOBAL_TOPICS
from timely.queries.versions import all_versions

HEARTBEAT_EVERY = 10.0  # seconds; the scripts get the number too (web/script_bundle.py)


def send_heartbeats(transports: Sequence[Transport], epoch: str) -> None:
    """Sends heartbeats to all subscribers, with the versions of the topics that they follow."""
    versions = all_versions()
    followed = [sorted(transport.followed_events(), key=lambda one: one or 0) for transport in transports]
    statuses = _statuses({event_id for ids in followed for event_id in ids if event_id is not None})
    for transport, event_ids in zip(transports, followed, strict=True):
        for event_id in event_ids:
            if event_id is None:
                shared = {topic: versions[topic] for topic in GLOBAL_TOPICS}
                transport.send_heartbeat(None, messages.heartbeat(None, shared, epoch))
            elif event_id in statuses:
                own_versions = versions_by_key(event_id, versions)
                beat = messages.heartbeat((event_id, statuses[event_id]), own_versions, epoch)
                transport.send_heartbeat(event_id, beat)
        for topic, version in versions.items():
            if read_user_topic(topic) is not None:
                # A separate heartbeat: the version of a user's topic shows how many notifications they get.
                send_in_all_languages(transport, topic, messages.heartbeat(None, {topic: version}, epoch, topic))


def _statuses(event_ids: Collection[int]) -> dict[int, str]:
    """{event id: its status} of those that exist, in one statement."""
    if not event_ids:
        return {}
    return dict(db.session.execute(select(Event.id, Event.status).where(Event.id.in_(event_ids))).all())
