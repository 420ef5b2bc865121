"""Clients that subscribe again and again and read nothing: one pending snapshot of a topic, its bytes shared."""

import queue
from typing import Any

import pytest
from engineio.packet import MESSAGE, Packet
from flask import Flask
from socketio.packet import Packet as SocketIoPacket

from tests.live.spectator import play
from timely.blueprints.stream import websockets
from timely.blueprints.stream.polling import body_of
from timely.extensions import db, socketio
from timely.live import snapshots, subscriptions
from timely.live.connection import ConnectionWriter
from timely.live.encoded_message import MAX_ENCODINGS, CachedMessage, encode_once
from timely.live.socketio import handlers
from timely.live.socketio.fanout import FanOut
from timely.live.socketio.long_polling import PollQueue
from timely.live.socketio.subscribers import subscribers
from timely.live.streams.send_queue import EncodedMessage, SendQueue
from timely.live.streams.transport import StreamTransport, Subscriber, owed_messages
from timely.live.topics import topic_of
from timely.queries.versions import epoch


class SlowSocket:
    """A socket that takes a few bytes at a time, and the task that goes on writing."""

    def __init__(self) -> None:
        self.sent = b""
        self.tasks: list[Any] = []

    def send(self, data: Any) -> int:
        taken = bytes(data[:10])
        self.sent += taken
        return len(taken)

    def sendall(self, data: Any) -> None:
        self.sent += bytes(data)

    def shutdown(self, how: int) -> None:
        """Nothing more is sent."""

    def writer(self) -> ConnectionWriter:
        return ConnectionWriter(self, self.sendall, lambda task, *words: self.tasks.append(task))

    def drain(self) -> None:
        self.tasks.pop(0)()


def test_a_snapshot_is_encoded_once() -> None:
    whole = CachedMessage({"type": "x", "topic": "t", "epoch": "e", "version": 1, "since": 0, "data": {"a": "é"}})
    assert EncodedMessage(whole).frame is EncodedMessage(whole).frame
    assert EncodedMessage(whole).body is EncodedMessage(whole).body
    assert EncodedMessage(whole).chunk("place", lambda: b"made") is EncodedMessage(whole).chunk(
        "place", lambda: b"another"
    )
    fan_out = FanOut()
    fan_out.server = type("Server", (), {"packet_class": SocketIoPacket})()
    assert fan_out._encoded_packet("message", whole, "/") is fan_out._encoded_packet("message", whole, "/")
    assert body_of([whole, whole], {"heartbeat": {}}) == b'{"messages":[%b,%b],"heartbeat":{}}' % (
        (EncodedMessage(whole).body,) * 2
    )


def test_the_number_of_encodings_is_bounded() -> None:
    whole = CachedMessage({})
    assert [encode_once(whole, number, lambda number=number: [number]) for number in range(50)][-1] == [49]
    assert len(whole.encodings) == MAX_ENCODINGS


def test_pending_data_is_not_copied() -> None:
    slow, frame = SlowSocket(), b"0123456789abcdef" * 1000
    writers = [slow.writer() for _ in range(3)]
    for writer in writers:
        writer.write(frame)
    assert all(writer.pending and writer.pending[0].obj is frame for writer in writers)
    writers[0].write(b"next")
    slow.drain()
    assert slow.sent.endswith(frame[10:] + b"next")


def test_a_writer_calls_back_once_when_all_is_sent() -> None:
    slow, calls = SlowSocket(), []
    writer = slow.writer()
    assert writer.when_drained(lambda: calls.append("early"))
    writer.write(b"x" * 100)
    assert not writer.when_drained(lambda: calls.append("first"))
    assert not writer.when_drained(lambda: calls.append("last"))
    slow.drain()
    assert calls == ["last"]
    writer.write(b"x" * 100)
    slow.drain()
    assert calls == ["last"]


def test_a_poll_queue_calls_back_once_when_all_is_fetched() -> None:
    poll_queue, calls = PollQueue(queue.Queue()), []
    assert poll_queue.when_drained(lambda: calls.append("early"))
    poll_queue.put(Packet(MESSAGE, "one"))
    poll_queue.put(Packet(MESSAGE, "two"))
    assert not poll_queue.when_drained(lambda: calls.append("taken"))
    assert poll_queue.get(block=False).data == "one"
    assert calls == []
    assert len(poll_queue.take() or []) == 1
    assert calls == ["taken"]


def test_a_poll_queue_fetched_while_it_is_asked_calls_back_or_says_so() -> None:
    """In threading mode the last packet may be fetched by another thread at any moment of the question."""

    class FetchedMeanwhile(queue.Queue):  # type: ignore[type-arg]
        asked = 0

        def empty(self) -> bool:
            was_empty = super().empty()
            self.asked += 1
            if self.asked == 1:
                poll_queue.get(block=False)
            return was_empty

    inner, calls = FetchedMeanwhile(), []
    poll_queue = PollQueue(inner)
    inner.put(Packet(MESSAGE, "one"))
    assert not poll_queue.when_drained(lambda: calls.append("drained"))
    assert calls == ["drained"]


def test_a_send_queue_requests_one_snapshot_once_it_is_drained() -> None:
    send_queue = SendQueue({"t": 1}, "e")
    woken: list[Any] = []
    is_clear = False

    def when_drained(wake: Any) -> bool:
        woken.append(wake)
        return is_clear

    send_queue.when_drained = when_drained
    for _ in range(100):
        send_queue.request(["t"], ["t"])
        assert not send_queue.is_drained()
    assert send_queue.take_missed() == {}
    assert send_queue.take(0) == []
    is_clear = True
    assert woken
    assert send_queue.take_missed() == {"t": True}
    assert send_queue.take_missed() == {}
    send_queue.request(["t", "u"], ["u"])
    assert send_queue.take_missed() == {"t": False, "u": True}


@pytest.mark.usefixtures("in_app")
def test_a_slow_websocket_gets_one_snapshot_more(app: Flask, league: int) -> None:
    mine, streams = Subscriber("websocket", None, epoch()), StreamTransport()
    subscription = subscriptions.read_subscription({"event_id": league, "topics": ["schedule"]})
    websockets.subscribe(mine, streams, subscription)
    mine.send_queue.when_drained = lambda wake: False  # from now on the connection takes nothing
    assert len(mine.send_queue.take(0)) == 2  # the snapshot and a heartbeat
    for _ in range(50):
        websockets.subscribe(mine, streams, subscription)
    assert mine.send_queue.take(0) == []
    mine.send_queue.when_drained = lambda wake: True
    missed = mine.send_queue.take_missed()
    assert missed == {topic_of(league, "schedule"): True}
    assert [one.message["type"] for one in owed_messages(mine, missed)] == ["schedule_update", "heartbeat"]


@pytest.mark.usefixtures("in_app")
def test_a_slow_websocket_that_is_up_to_date_still_gets_a_heartbeat(app: Flask, league: int) -> None:
    mine, streams = Subscriber("websocket", None, epoch()), StreamTransport()
    asked = {"event_id": league, "topics": ["schedule"], "versions": {"schedule": 1}, "epoch": epoch()}
    subscription = subscriptions.read_subscription(asked)
    mine.send_queue.when_drained = lambda wake: False
    websockets.subscribe(mine, streams, subscription)
    assert mine.send_queue.take_missed() == {}
    mine.send_queue.when_drained = lambda wake: True
    missed = mine.send_queue.take_missed()
    assert [one.message["type"] for one in owed_messages(mine, missed)] == ["heartbeat"]


def test_a_slow_socketio_client_gets_one_snapshot_of_each_topic(
    app: Flask, league: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []
    is_clear = True

    def when_drained(server: Any, sid: str, call: Any) -> bool:
        calls.append(call)
        return is_clear

    def received(client: Any) -> list[Any]:
        return [one["args"][0] if isinstance(one["args"], list) else one["args"] for one in client.get_received()]

    def snapshots(client: Any) -> list[str]:
        return [one["topic"] for one in received(client) if one.get("since") == 0]

    monkeypatch.setattr(handlers, "when_drained", when_drained)
    there = set(subscribers)
    client = socketio.test_client(app)
    asked = {"event_id": league, "topics": ["results", "schedule"]}
    client.emit("subscribe", asked, callback=True)
    assert len(snapshots(client)) == 2
    is_clear = False
    for _ in range(10):
        assert client.emit("subscribe", asked, callback=True)["ok"]
    client.emit("unsubscribe", {"event_id": league, "topics": ["schedule"]}, callback=True)
    assert snapshots(client) == []
    is_clear = True
    (sid,) = set(subscribers) - there
    handlers._send_when_drained(app, sid)
    assert snapshots(client) == [topic_of(league, "results")]
    handlers._send_when_drained(app, sid)
    assert snapshots(client) == []
    known = client.emit("subscribe", asked, callback=True)
    received(client)
    is_clear = False
    asked |= {"versions": known["versions"], "epoch": known["epoch"]}
    assert client.emit("subscribe", asked, callback=True)["ok"]
    assert received(client) == []
    is_clear = True
    handlers._send_when_drained(app, sid)
    assert [one["type"] for one in received(client)] == ["heartbeat"]
    client.disconnect()


@pytest.mark.usefixtures("in_app")
def test_the_number_of_cached_snapshots_is_bounded(
    app: Flask, league: int, make_event: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "MAX_SNAPSHOTS", 2)
    topics = [topic_of(league, key) for key in ("results", "schedule", "event")]
    found = [snapshots.snapshot(topic) for topic in topics]
    assert list(app.extensions["timely.snapshots"]) == topics[1:]
    assert snapshots.snapshot(topics[1]) is found[1]
    assert snapshots.snapshot(topics[0]) is not found[0]


@pytest.mark.usefixtures("in_app")
def test_the_rows_of_cached_snapshots_are_bounded(
    app: Flask, league: int, make_event: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedules = [topic_of(event_id, "schedule") for event_id in (league, make_event(), make_event())]
    monkeypatch.setattr(snapshots, "MAX_ROWS", 2 * (6 + 1))  # of six games each, and one for the message itself
    for topic in schedules:
        snapshots.snapshot(topic)
    assert list(app.extensions["timely.snapshots"]) == schedules[1:]


@pytest.mark.usefixtures("in_app")
def test_the_snapshots_of_all_topics_that_one_client_may_follow_are_kept(app: Flask) -> None:
    assert app.config["TIMELY_TOPICS_PER_CONNECTION"] <= snapshots.MAX_SNAPSHOTS


@pytest.mark.usefixtures("in_app")
def test_a_result_outdates_no_snapshot_of_another_event(app: Flask, league: int, make_event: Any) -> None:
    other = topic_of(make_event(), "event")
    first = snapshots.snapshot(other)
    play(app, league)
    db.session.rollback()
    assert snapshots.snapshot(other) is first
