"""Plain WebSockets: messages as text, and three commands for clients."""

import json
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from flask import Flask, current_app, request
from flask_login import current_user
from simple_websocket import ConnectionClosed, Server
from wsproto.utilities import LocalProtocolError

from timely import metrics
from timely.blueprints.stream.blueprint import asked, bp, reader, stream_transport
from timely.extensions import db, sock, socketio
from timely.limits.disconnected import sleep_while_here
from timely.limits.opening_queue import is_opened
from timely.limits.pacing import FREE_WORDS, wait_for_words
from timely.limits.token_bucket import TOO_FAST, TokenBucket
from timely.live import messages, subscriptions
from timely.live.connection import ConnectionWriter
from timely.live.socketio.bounded_reader import bound_reading
from timely.live.socketio.websocket_adapter import tap
from timely.live.streams.send_queue import EncodedMessage
from timely.live.streams.transport import StreamTransport, Subscriber, catch_up, snapshots
from timely.live.topics import NOTIFICATIONS
from timely.queries.versions import epoch
from timely.web.cors import embed_origins, is_ours, is_welcome

QUIET_SECONDS = 20.0
# Close codes of programs and of pages that are left; a connection that ends otherwise counts as lost.
SAID_GOODBYE = (1000, 1001)

Sleep = Callable[[float], bool]


class WholeSends:
    """A socket whose `send` sends everything: a truncated frame would garble all that follow."""

    def __init__(self, inner: Any):
        self.inner = inner

    def send(self, data: bytes) -> int:
        self.inner.sendall(data)
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


@sock.route("/ws/events/<int:event_id>/stream/", bp=bp)
def event_socket(ws: Server, event_id: int) -> None:
    serve(ws, event_id)


@sock.route("/ws/stream/", bp=bp)
def topics_socket(ws: Server) -> None:
    serve(ws, None)


@sock.route("/ws/notifications/", bp=bp)
def notification_socket(ws: Server) -> None:
    serve(ws, None, [NOTIFICATIONS])


def serve(ws: Server, event_id: int | None, topics: list[str] | None = None) -> None:
    """Serves the connection until it ends. This task reads; a single other task writes, so that frames never mix."""
    bound_reading(ws, request.remote_addr, socketio.sleep)
    tapped = tap(ws, socketio.start_background_task)
    if tapped is None:
        ws.sock = WholeSends(ws.sock)
    if not may_connect():
        refuse(ws, "forbidden_origin", "this address is not open to pages of other sites")
        return
    mine, streams = reader("websocket"), stream_transport()
    sleep: Sleep = partial(sleep_while_here, ws.sock, sleep=socketio.sleep)
    mine.asking.sleep = sleep
    try:
        is_asking = event_id or topics or request.args.get("topics")
        follow_more(mine, streams, asked(event_id, topics) if is_asking else None)
    except subscriptions.Refused as refused:
        refuse(ws, refused.code, refused.message)
        return
    finally:
        db.session.remove()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    socketio.start_background_task(write, app, ws, mine, tapped.wire if tapped else None)
    is_opened(request.environ)
    try:
        pace = TokenBucket(current_app.config["TIMELY_MESSAGES_PER_SECOND"])
        for words in count(1):
            text = ws.receive()
            if text is None or not wait_for_turn(mine, pace, words, sleep):
                break
            answer(mine, streams, text, event_id)
            db.session.remove()
    except ConnectionClosed as closed:
        if not mine.outbox.is_closed and closed.reason not in SAID_GOODBYE:
            metrics.LOST.labels("websocket").inc()
    finally:
        mine.outbox.close()
        streams.leave(mine)
        if tapped:
            tapped.close()


def wait_for_turn(mine: Subscriber, pace: TokenBucket, words: int, sleep: Sleep) -> bool:
    """Delays a client that sends too much, or whose address does; False once it has hung up.

    Yields first, so that others get their turn even if this client sends more than the server can read.
    """
    socketio.sleep(0)
    while not pace.takes():
        if pace.is_first_warning:
            metrics.refused("messages", mine.asking.address)
            mine.outbox.put(EncodedMessage(messages.error_message(*TOO_FAST)))
        if not sleep(pace.pause):
            return False
    return words <= FREE_WORDS or sleep(wait_for_words(mine.asking.address))


def follow_more(mine: Subscriber, streams: StreamTransport, subscription: subscriptions.Subscription | None) -> None:
    """Joins the topics first; what the client lacks is put in front of what is published from then on.

    If earlier messages are still unsent, only the latest snapshot of each topic is kept for the client.
    """
    if subscription is None:
        return
    streams.join(mine, subscription)
    if mine.outbox.is_clear():
        mine.outbox.put_first(catch_up(mine, subscription))
    else:
        mine.outbox.fall_behind(subscriptions.lacking_versions(subscription))


def write(app: Flask, ws: Server, mine: Subscriber, wire: ConnectionWriter | None) -> None:
    """Sends queued messages until the outbox is closed or the client has gone; with a wire, publishers write too."""
    if wire:
        mine.outbox.hand_over = lambda parcel: wire.write(parcel.frame)
        mine.outbox.when_clear = wire.when_clear
    try:
        while True:
            parcels = mine.outbox.take(None if wire else QUIET_SECONDS)
            missed = mine.outbox.missed()
            if missed:
                with app.app_context():
                    parcels += snapshots(mine, missed)
            for parcel in parcels:
                if wire:
                    wire.write(parcel.frame)
                else:
                    ws.send(parcel.text)
            if mine.outbox.is_closed and not parcels:
                if wire:
                    wire.settle(socketio.sleep)
                ws.close()
                return
    except (ConnectionClosed, LocalProtocolError, OSError):  # the reading task may be closing it just now
        mine.outbox.close()


def answer(mine: Subscriber, streams: StreamTransport, text: str | bytes, event_id: int | None) -> None:
    """Handles a client's command: subscribe, unsubscribe or ping; anything else is answered with an error."""
    try:
        said = read_message(text)
        if said["type"] == "ping":
            mine.outbox.put(EncodedMessage({"type": "pong", "epoch": epoch(), "data": {}}))
            return
        subscription = subscriptions.read_subscription(
            said if "event_id" in said or event_id is None else said | {"event_id": event_id}
        )
        if said["type"] == "unsubscribe":
            streams.leave(mine, subscriptions.with_own(subscription, current_user).topics)
            return
        mine.asking.wait_for_turn_again()
        with mine.asking.in_turn():
            subscription = subscriptions.check(subscription, current_user)
            subscriptions.make_room(subscription, mine.topics)
            versions = subscriptions.versions_now(subscription)
            named = {subscription.short(topic): version for topic, version in versions.items()}
            mine.outbox.put(EncodedMessage({"type": "subscribed", "epoch": epoch(), "data": {"versions": named}}))
            follow_more(mine, streams, subscription)
    except subscriptions.Refused as refused:
        mine.outbox.put(EncodedMessage(messages.error_message(refused.code, refused.message)))


def read_message(text: str | bytes) -> dict[str, Any]:
    """The client's JSON object, with a known type. Raises subscriptions.Refused."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get("type") not in ("subscribe", "unsubscribe", "ping"):
        raise subscriptions.Refused("bad_request", "say subscribe, unsubscribe or ping, as a JSON object with a type")
    return said


def refuse(ws: Server, code: str, message: str) -> None:
    ws.send(EncodedMessage(messages.error_message(code, message)).text)
    ws.close(1008, code)


def may_connect() -> bool:
    """Whether the Origin is allowed. Browsers always send it; a client without one is no browser."""
    origin = request.headers.get("Origin")
    return origin is None or is_ours(origin, request.environ) or is_welcome(origin, embed_origins())
