"""Cache of snapshots, one of each topic and language, shared by all clients that ask for it."""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from timely.live import messages
from timely.live.encoded_message import CachedMessage
from timely.live.topic_versions import State, state
from timely.live.topics import read_topic, room_of, topics_of
from timely.models.topic import EVENTS
from timely.presenters.row import Row
from timely.queries.versions import all_versions, version_of

# Snapshots kept in memory: more than one client may follow, or each of them would be built anew for the next one.
MAX_SNAPSHOTS = 400
# Rows of all of them together; a game's takes about 2 kB of memory.
MAX_ROWS = 40_000

Cache = dict[str, tuple[Any, Row]]


def snapshot(topic: str, version: int | None = None, now: State | None = None, language: str = "") -> Row | None:
    """The snapshot of the topic in the language of that code, "" for the event's own; None if there is none.

    *version* is its current one, and *now* the current state, if the caller has just read them.
    Built once per version: after a restart all clients ask for the same one at once.
    """
    shown, now = _topics_shown(topic), now or state()
    wanted = _of(shown, now.versions) if shown is not None else version or version_of(topic)
    cache: Cache = current_app.extensions.setdefault("timely.snapshots", {})
    room = room_of(topic, language)
    built_from, found = cache.get(room, (None, None))
    if found is None or built_from != (now.epoch, wanted):
        versions = _of(shown, all_versions()) if shown is not None else None
        built = messages.build(topic, 0, code=language)
        if built is None:
            return None
        # The key is what it was built of: the transaction may have begun before the wanted version was committed.
        found, built_from = CachedMessage(built), (built["epoch"], versions or built["version"])
        cache.pop(room, None)
        _make_room(cache, _rows(found))
    cache.pop(room, None)
    cache[room] = built_from, found  # reinserted, so that the least recently used topic comes first
    return found


def _topics_shown(topic: str) -> tuple[str, ...] | None:
    """The topics whose versions outdate the snapshot where its own does not: () for all, None for its own alone.

    These show the number of games played, which changes without a version of the topic.
    """
    parsed = read_topic(topic)
    if topic == EVENTS:
        return ()
    return tuple(topics_of(parsed.event_id)) if parsed is not None and parsed.key == "event" else None


def _of(shown: tuple[str, ...], versions: Mapping[str, int]) -> Mapping[str, int]:
    return {topic: versions.get(topic, 1) for topic in shown} if shown else versions


def _rows(message: Row) -> int:
    return 1 + sum(len(part) for part in message["data"].values() if isinstance(part, list))


def _make_room(cache: Cache, rows: int) -> None:
    """Drops those that were asked for longest ago, until one more with so many rows fits in."""
    kept = {room: _rows(message) for room, (_, message) in list(cache.items())}
    total = sum(kept.values()) + rows
    for oldest, its_rows in kept.items():
        if len(cache) < MAX_SNAPSHOTS and total <= MAX_ROWS:
            return
        cache.pop(oldest, None)
        total -= its_rows
