"""Event streams (server-sent events)."""

from collections.abc import Iterator

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue

from timely.blueprints.stream.blueprint import asked, bp, pipe, reader
from timely.extensions import db, socketio
from timely.live.socketio.fanout import ConnectionWriter, bare
from timely.live.streams.pipe import StreamPipe, Subscriber, catch_up, snapshots
from timely.live.streams.send_queue import EncodedMessage
from timely.live.subscriptions import COMING, Subscription
from timely.live.topics import NOTIFICATIONS

# Heartbeats come every 10 s; a comment in between is only written where they fail to.
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
    """The response that does not end. It holds no database session while it waits."""
    mine, streams = reader("stream"), pipe()
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
    """As HTTP/1.1 sends a piece of an answer without a length."""
    return b"%x\r\n%b\r\n" % (len(data), data)


class Lines:
    """The stream's text, piece by piece; leaves the pipe when it is closed, also if nobody read a word.

    Where the server hands out the connection's socket, only the first piece goes through the server. From then on
    whoever tells writes the HTTP chunks there: the same bytes for all readers, and no task wakes for them.
    """

    def __init__(
        self,
        app: Flask,
        streams: StreamPipe,
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
        """Until the outbox is closed: writes what whoever tells cannot, which is snapshots of what was missed.

        The *first* ones too: their bytes are those that others wait for.
        """
        outbox = self.mine.outbox
        for parcel in first:
            wire.write(self._chunk(parcel))
        first.clear()  # a version that is over is not kept for as long as the stream lasts
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
        # The server writes the last chunk, which must not come into the middle of another.
        wire.settle(socketio.sleep)

    def _chunk(self, parcel: EncodedMessage) -> bytes:
        """The event as a chunk of HTTP/1.1, made once for all readers that stand at the same place."""
        outbox = self.mine.outbox
        place = (self.subscription.event_id, outbox.epoch, *outbox.have.items())
        return parcel.chunk(place, lambda: chunk_of(self._event(parcel).encode()))

    def _event(self, parcel: EncodedMessage) -> str:
        return f"id: {self._id()}\ndata: {parcel.text}\n\n"

    def _id(self) -> str:
        """What the client has: sent back as Last-Event-ID, it is where the stream goes on."""
        have = self.mine.outbox.have
        listed = ",".join(f"{self.subscription.short(topic)}:{have[topic]}" for topic in sorted(have))
        return f"{self.mine.outbox.epoch};{listed}"
