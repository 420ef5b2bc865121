"""Cache of snapshots, one of each topic, shared by all clients that ask for it."""

from typing import Any

from flask import current_app
from sqlalchemy import select

from timely.extensions import db
from timely.live import messages
from timely.live.encoded_message import CachedMessage
from timely.live.topic_versions import state
from timely.live.topics import read_topic
from timely.models import Topic
from timely.models.topic import EVENTS
from timely.presenters.row import Row
from timely.queries.versions import all_versions

# Topics whose last snapshot is kept in memory; spectators follow only a few.
MAX_SNAPSHOTS = 100


def snapshot(topic: str, version: int | None = None) -> Row | None:
    """The snapshot of the topic; None if there is none. *version* is its current one, if the caller has just read it.

    Built once per version: after a restart all clients ask for the same one at once.
    """
    parsed = read_topic(topic)
    # These contain the number of games played, which changes without a version of the topic: any change outdates them.
    depends_on_all = topic == EVENTS or (parsed is not None and parsed.key == "event")
    wanted = (
        state().versions
        if depends_on_all
        else version or db.session.scalar(select(Topic.version).where(Topic.key == topic))
    )
    cache: dict[str, tuple[Any, Row]] = current_app.extensions.setdefault("timely.snapshots", {})
    built_from, found = cache.get(topic, (None, None))
    if found is None or built_from != (state().epoch, wanted):
        versions = all_versions() if depends_on_all else None
        built = messages.build(topic, 0)
        if built is None:
            return None
        found = CachedMessage(built)
        # The key is what it was built of: the transaction may have begun before the wanted version was committed.
        built_from = (built["epoch"], versions or built["version"])
    cache.pop(topic, None)
    cache[topic] = built_from, found  # reinserted, so that the least recently used topic comes first
    for oldest in list(cache)[:-MAX_SNAPSHOTS]:
        cache.pop(oldest, None)
    return found
