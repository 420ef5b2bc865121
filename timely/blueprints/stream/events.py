"""Event streams (server-sent events)."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue

from timely.blueprints.stream.blueprint import bp, new_subscriber, requested_subscription, stream_transport
from timely.extensions import db, socketio
from timely.live.connection import ConnectionWriter
from timely.live.heartbeats import HEARTBEAT_EVERY
from timely.live.request_limits import OPENING_PACER
from timely.live.socketio.raw_socket import raw_socket
from timely.live.streams.send_queue import EncodedMessage
from timely.live.streams.transport import StreamTransport, Subscriber, catch_up, owed_messages
from timely.live.subscriptions import Subscription
from timely.models.topic import NOTIFICATIONS

# A comment is sent after this time without a message, so only when heartbeats are missing.
QUIET_SECONDS = 1.5 * HEARTBEAT_EVERY
LAST_CHUNK = b"0\r\n\r\n"
TakeOver = Callable[[Callable[[], object]], None]
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@bp.get("/api/events/<int:event_id>/stream/")
def event_stream(event_id: int) -> ResponseReturnValue:
    return stream(requested_subscription(event_id))


@bp.get("/api/events/<int:event_id>/stream/<any(results, schedule, announcements):key>/")
def topic_stream(event_id: int, key: str) -> ResponseReturnValue:
    return stream(requested_subscription(event_id, [key]))


@bp.get("/api/stream/")
def topics_stream() -> ResponseReturnValue:
    return stream(requested_subscription(None))


@bp.get("/api/notifications/stream/")
def notification_stream() -> ResponseReturnValue:
    return stream(requested_subscription(None, [NOTIFICATIONS]))


def stream(subscription: Subscription) -> ResponseReturnValue:
    """The streaming response. It holds no database session while it waits."""
    subscriber, streams = new_subscriber("stream"), stream_transport()
    subscriber.request_limits.wait_for_turn(OPENING_PACER)
    streams.join(subscriber, subscription)
    try:
        first = catch_up(subscriber, subscription)
    except BaseException:
        streams.leave(subscriber)
        raise
    finally:
        db.session.remove()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    body = EventStreamBody(app, streams, subscriber, subscription, first, request.environ)
    answer = Response(body, mimetype="text/event-stream", headers=HEADERS)
    answer.call_on_close(body.close)
    return answer


def chunk_of(data: bytes) -> bytes:
    """*data* as one chunk of HTTP/1.1's chunked encoding."""
    return b"%x\r\n%b\r\n" % (len(data), data)


class EventStreamBody:
    """The body of the stream as an iterator; unsubscribes when closed, even if nothing was ever read.

    If the server hands out the connection's socket, only the first piece goes through the server. From then on the
    publisher writes HTTP chunks to the socket: the same bytes for all subscribers, and without waking a task for each.
    Where the server lets it, the stream takes the connection over, so that nothing of the request is kept.
    """

    def __init__(
        self,
        app: Flask,
        streams: StreamTransport,
        subscriber: Subscriber,
        subscription: Subscription,
        first: list[EncodedMessage],
        environ: dict[str, Any],
    ):
        self.app, self.streams, self.subscriber = app, streams, subscriber
        self.subscription = subscription
        self._is_taken_over = False
        self._pieces = self._run(first, environ.get("timely.socket"), environ.get("timely.take_over"))

    def __iter__(self) -> Iterator[str]:
        return self._pieces

    def close(self) -> None:
        if not self._is_taken_over:
            self._unsubscribe()

    def _unsubscribe(self) -> None:
        self.subscriber.send_queue.close()
        self.streams.leave(self.subscriber)

    def _run(self, first: list[EncodedMessage], socket: Any, take_over: TakeOver | None) -> Iterator[str]:
        yield "retry: 3000\n\n"
        send_queue = self.subscriber.send_queue
        raw = raw_socket(socket) if socket else None
        if raw:
            writer = ConnectionWriter(raw, socket.sendall, socketio.start_background_task, on_lost=send_queue.close)
            self.streams.register_writer(self.subscriber, writer)
            if take_over:
                self._is_taken_over = True
                take_over(partial(self._serve_apart, writer, first))
            else:
                self._write_chunks(writer, first)  # the server writes the last chunk
            return
        yield "".join(self._event(encoded) for encoded in first)
        first.clear()
        while True:
            batch = send_queue.take(QUIET_SECONDS)
            missed = send_queue.take_missed()
            if missed:
                with self.app.app_context():
                    batch += owed_messages(self.subscriber, missed)
            if batch:
                yield "".join(self._event(encoded) for encoded in batch)
            elif send_queue.is_closed:
                return
            else:
                yield ": still here\n\n"

    def _serve_apart(self, writer: ConnectionWriter, first: list[EncodedMessage]) -> None:
        try:
            self._write_chunks(writer, first)
            writer.write(LAST_CHUNK)
            writer.flush(socketio.sleep)
        finally:
            self._unsubscribe()

    def _write_chunks(self, writer: ConnectionWriter, first: list[EncodedMessage]) -> None:
        """Until the send queue is closed, writes what the publisher cannot: snapshots that replace dropped messages.

        It also writes the *first* messages, whose bytes are shared with other subscribers.
        """
        send_queue = self.subscriber.send_queue
        writer.write_all(map(self._chunk, first))
        first.clear()  # do not keep outdated versions in memory for as long as the stream lasts
        send_queue.when_drained = writer.when_drained
        send_queue.write_now = lambda encoded: writer.write(self._chunk(encoded))
        while not send_queue.is_closed:
            batch = send_queue.take(None)
            missed = send_queue.take_missed()
            if missed:
                with self.app.app_context():
                    batch += owed_messages(self.subscriber, missed)
            for encoded in batch:
                writer.write(self._chunk(encoded))
        # The last chunk must not end up inside another.
        writer.flush(socketio.sleep)

    def _chunk(self, encoded: EncodedMessage) -> bytes:
        """The event as an HTTP/1.1 chunk, made once for all subscribers with the same versions."""
        send_queue = self.subscriber.send_queue
        key = (self.subscription.event_id, send_queue.epoch, *send_queue.versions.items())
        return encoded.chunk(key, lambda: chunk_of(self._event(encoded).encode()))

    def _event(self, encoded: EncodedMessage) -> str:
        return f"id: {self._id()}\ndata: {encoded.text}\n\n"

    def _id(self) -> str:
        """The versions that the client has; sent back as Last-Event-ID, the stream resumes from them."""
        versions = self.subscriber.send_queue.versions
        listed = ",".join(f"{self.subscription.short(topic)}:{versions[topic]}" for topic in sorted(versions))
        return f"{self.subscriber.send_queue.epoch};{listed}"
