"""Event streams (server-sent events)."""

from collections.abc import Iterator

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue

from timely.blueprints.stream.blueprint import asked, bp, reader, stream_transport
from timely.extensions import db, socketio
from timely.live.connection import ConnectionWriter, bare
from timely.live.streams.send_queue import EncodedMessage
from timely.live.streams.transport import StreamTransport, Subscriber, catch_up, snapshots
from timely.live.subscriptions import COMING, Subscription
from timely.live.topics import NOTIFICATIONS

# Heartbeats come every 10 s; a comment is only sent when they are missing.
QUIET_SECONDS = 15.0
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@bp.get("/api/events/<int:event_id>/stream/")
def event_stream(event_id: int) -> ResponseReturnValue:
    return stream(asked(event_id))


@bp.get("/api/events/<int:event_id>/stream/<any(results, schedule, announcements):key>/")
def topic_stream(event_id: int, key: str) -> ResponseReturnValue:
    return stream(asked(event_id, [key]))


@bp.get("/api/stream/")
def topics_stream() -> ResponseReturnValue:
    return stream(asked(None))


@bp.get("/api/notifications/stream/")
def notification_stream() -> ResponseReturnValue:
    return stream(asked(None, [NOTIFICATIONS]))


def stream(subscription: Subscription) -> ResponseReturnValue:
    """The streaming response. It holds no database session while it waits."""
    mine, streams = reader("stream"), stream_transport()
    mine.asking.wait_for_turn(COMING)
    streams.join(mine, subscription)
    try:
        first = catch_up(mine, subscription)
    except BaseException:
        streams.leave(mine)
        raise
    finally:
        db.session.remove()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    lines = Lines(app, streams, mine, subscription, first, request.environ.get("timely.socket"))
    answer = Response(lines, mimetype="text/event-stream", headers=HEADERS)
    answer.call_on_close(lines.close)
    return answer


def chunk_of(data: bytes) -> bytes:
    """*data* as one chunk of HTTP/1.1's chunked encoding."""
    return b"%x\r\n%b\r\n" % (len(data), data)


class Lines:
    """The body of the stream as an iterator; unsubscribes when closed, even if nothing was ever read.

    If the server hands out the connection's socket, only the first piece goes through the server. From then on the
    publisher writes HTTP chunks to the socket: the same bytes for all subscribers, and without waking a task for each.
    """

    def __init__(
        self,
        app: Flask,
        streams: StreamTransport,
        mine: Subscriber,
        subscription: Subscription,
        first: list[EncodedMessage],
        socket: object = None,
    ):
        self.app, self.streams, self.mine = app, streams, mine
        self.subscription = subscription
        self._pieces = self._run(first, socket)

    def __iter__(self) -> Iterator[str]:
        return self._pieces

    def close(self) -> None:
        self.mine.outbox.close()
        self.streams.leave(self.mine)

    def _run(self, first: list[EncodedMessage], socket: object) -> Iterator[str]:
        yield "retry: 3000\n\n"
        outbox = self.mine.outbox
        raw = bare(socket) if socket else None
        if raw:
            wire = ConnectionWriter(raw, socket.sendall, socketio.start_background_task, gone=outbox.close)  # type: ignore[attr-defined]
            self.streams.carry(self.mine, wire)
            self._write_chunks(wire, first)
            return
        yield "".join(self._event(parcel) for parcel in first)
        first.clear()
        while True:
            parcels = outbox.take(QUIET_SECONDS)
            missed = outbox.missed()
            if missed:
                with self.app.app_context():
                    parcels += snapshots(self.mine, missed)
            if parcels:
                yield "".join(self._event(parcel) for parcel in parcels)
            elif outbox.is_closed:
                return
            else:
                yield ": still here\n\n"

    def _write_chunks(self, wire: ConnectionWriter, first: list[EncodedMessage]) -> None:
        """Until the outbox is closed, writes what the publisher cannot: snapshots that replace dropped messages.

        It also writes the *first* messages, whose bytes are shared with other subscribers.
        """
        outbox = self.mine.outbox
        for parcel in first:
            wire.write(self._chunk(parcel))
        first.clear()  # do not keep outdated versions in memory for as long as the stream lasts
        outbox.when_clear = wire.when_clear
        outbox.hand_over = lambda parcel: wire.write(self._chunk(parcel))
        while not outbox.is_closed:
            parcels = outbox.take(None)
            missed = outbox.missed()
            if missed:
                with self.app.app_context():
                    parcels += snapshots(self.mine, missed)
            for parcel in parcels:
                wire.write(self._chunk(parcel))
        # The server writes the final chunk, which must not end up inside another.
        wire.settle(socketio.sleep)

    def _chunk(self, parcel: EncodedMessage) -> bytes:
        """The event as an HTTP/1.1 chunk, made once for all subscribers with the same versions."""
        outbox = self.mine.outbox
        place = (self.subscription.event_id, outbox.epoch, *outbox.have.items())
        return parcel.chunk(place, lambda: chunk_of(self._event(parcel).encode()))

    def _event(self, parcel: EncodedMessage) -> str:
        return f"id: {self._id()}\ndata: {parcel.text}\n\n"

    def _id(self) -> str:
        """The versions that the client has; sent back as Last-Event-ID, the stream resumes from them."""
        have = self.mine.outbox.have
        listed = ",".join(f"{self.subscription.short(topic)}:{have[topic]}" for topic in sorted(have))
        return f"{self.mine.outbox.epoch};{listed}"
