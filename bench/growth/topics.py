"""Costs by the number of topics that one client follows, four of each event: a program that shows a whole server."""

from typing import Any

from bench.growth.event_files import league
from bench.growth.row import Row
from bench.growth.site import Site, site
from timely.extensions import socketio
from timely.live.streams.transport import StreamTransport, Subscriber
from timely.live.subscriptions import read_subscription
from timely.live.topics import topics_of
from timely.queries.versions import all_versions, epoch

TITLE = "topics of a client"
SIZES = [4, 20, 40, 76, 152, 300]
AT_ONCE = 100  # topics in one subscription; a client may follow 300, and one subscription name 200
TEAMS, GAMES = 4, 6


def measure(sizes: list[int]) -> list[Row]:
    rows = {
        "joined": Row("Socket.IO: subscribed, with its versions", "ms"),
        "snapshots": Row("Socket.IO: subscribed, with the snapshots", "ms"),
        "poll": Row("/api/poll/, with its versions", "ms"),
        "all": Row("/api/poll/, with the snapshots", "ms"),
        "leave": Row("a stream left and joined", "ms"),
        "heartbeat": Row("heartbeats of all its events", "ms"),
        "look": Row("the hub's look, nothing new", "ms"),
    }
    with site() as place:
        events: list[int] = []
        for size in sorted(sizes):
            while len(events) * 4 < size:
                events.append(place.imported(league(TEAMS, GAMES, f"League {len(events) + 1}")))
            topics = [topic for event_id in events for topic in topics_of(event_id)][:size]
            for name, cost in measured(place, topics).items():
                rows[name].costs[size] = cost
    return list(rows.values())


def measured(place: Site, topics: list[str]) -> dict[str, float]:
    with place.app.app_context():
        versions, epoch_ = all_versions(), epoch()
    known = {"versions": {topic: versions[topic] for topic in topics}, "epoch": epoch_}
    place.hub.begin()
    streams: StreamTransport = place.app.extensions["timely.streams"]
    listening = Listening(streams, topics)
    costs = {
        "joined": place.cpu_ms(lambda: subscribed(place, topics, known)),
        "snapshots": place.cpu_ms(lambda: subscribed(place, topics, {})),
        "poll": place.cpu_ms(lambda: polled(place, topics, known)),
        "all": place.cpu_ms(lambda: polled(place, topics, {})),
        "leave": place.cpu_ms(listening.again),
        "heartbeat": place.cpu_ms(place.hub.send_heartbeats),
        "look": place.cpu_ms(place.hub.publish_pending),
    }
    listening.end()
    return costs


def portions(topics: list[str]) -> list[list[str]]:
    return [topics[first : first + AT_ONCE] for first in range(0, len(topics), AT_ONCE)]


def subscribed(place: Site, topics: list[str], known: dict[str, Any]) -> None:
    """A client connects, follows the topics, and is gone."""
    client = socketio.test_client(place.app)
    for some in portions(topics):
        answer = client.emit("subscribe", {"topics": some, **known}, callback=True)
        assert answer["ok"], answer
    client.disconnect()


def polled(place: Site, topics: list[str], known: dict[str, Any]) -> None:
    for some in portions(topics):
        query = {"topics": ",".join(some)}
        if known:
            query |= {"epoch": known["epoch"]} | {topic: str(known["versions"][topic]) for topic in some}
        found = place.visitor.get("/api/poll/", query_string=query)
        assert found.status_code == 200, found.text
        assert bool(found.json["messages"]) is not bool(known)


class Listening:
    """One event stream that follows the topics."""

    def __init__(self, streams: StreamTransport, topics: list[str]) -> None:
        self.streams = streams
        self.parts = [read_subscription({"topics": some}) for some in portions(topics)]
        self.subscriber = Subscriber("stream", None, "")
        self.join()

    def join(self) -> None:
        for part in self.parts:
            self.streams.join(self.subscriber, part)

    def again(self) -> None:
        self.streams.leave(self.subscriber)
        self.join()

    def end(self) -> None:
        self.streams.leave(self.subscriber)
