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
from timely.blueprints.stream.blueprint import bp, new_subscriber, requested_subscription, stream_transport
from timely.domain.translation import gettext
from timely.extensions import db, sock, socketio
from timely.limits.disconnected import sleep_while_connected
from timely.limits.opening_queue import end_turn
from timely.limits.pacing import FREE_MESSAGES, seconds_to_message_turn
from timely.limits.token_bucket import TOO_FAST, TokenBucket
from timely.live import messages, subscriptions
from timely.live.connection import ConnectionWriter
from timely.live.request_limits import Refused, refusal
from timely.live.socketio.bounded_reader import bound_reading
from timely.live.socketio.websocket_adapter import adapt, send_completely, socket_below
from timely.live.streams.send_queue import EncodedMessage
from timely.live.streams.transport import StreamTransport, Subscriber, catch_up, owed_messages
from timely.models.topic import NOTIFICATIONS
from timely.queries.versions import epoch
from timely.web.cors import embed_origins, is_allowed, is_same_origin

QUIET_SECONDS = 20.0
# Close codes of programs and of pages that are left; a connection that ends otherwise counts as lost.
NORMAL_CLOSURES = (1000, 1001)

Sleep = Callable[[float], bool]


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
    adapter = adapt(ws, socketio.start_background_task)
    if adapter is None:
        send_completely(ws)
    if not may_connect():
        refuse(ws, "forbidden_origin", gettext("this address is not open to pages of other sites"))
        return
    subscriber, streams = new_subscriber("websocket"), stream_transport()
    sleep: Sleep = partial(sleep_while_connected, socket_below(ws), sleep=socketio.sleep)
    subscriber.request_limits.sleep = sleep
    try:
        is_asking = event_id or topics or request.args.get("topics")
        subscribe(subscriber, streams, requested_subscription(event_id, topics) if is_asking else None)
    except Refused as refused:
        refuse(ws, refused.code, refused.message)
        return
    finally:
        db.session.remove()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    socketio.start_background_task(write, app, ws, subscriber, adapter.writer if adapter else None)
    end_turn(request.environ)
    try:
        bucket = TokenBucket(current_app.config["TIMELY_MESSAGES_PER_SECOND"])
        for number in count(1):
            text = ws.receive()
            if text is None or not wait_for_turn(subscriber, bucket, number, sleep):
                break
            handle_command(subscriber, streams, text, event_id)
            db.session.remove()
    except ConnectionClosed as closed:
        if not subscriber.send_queue.is_closed and closed.reason not in NORMAL_CLOSURES:
            metrics.LOST.labels("websocket").inc()
    finally:
        subscriber.send_queue.close()
        streams.leave(subscriber)
        if adapter:
            adapter.close()


def wait_for_turn(subscriber: Subscriber, bucket: TokenBucket, number: int, sleep: Sleep) -> bool:
    """Delays a client that sends too much, or whose address does; False once it has disconnected.

    Yields first, so that others get their turn even if this client sends more than the server can read.
    """
    socketio.sleep(0)
    while not bucket.take():
        if bucket.is_first_refusal:
            metrics.count_refusal("messages", subscriber.request_limits.address)
            subscriber.send_queue.put(EncodedMessage(messages.error_message(TOO_FAST[0], gettext(TOO_FAST[1]))))
        if not sleep(bucket.seconds_per_token):
            return False
    return number <= FREE_MESSAGES or sleep(seconds_to_message_turn(subscriber.request_limits.address))


def subscribe(
    subscriber: Subscriber, streams: StreamTransport, subscription: subscriptions.Subscription | None
) -> None:
    """Joins the topics first; what the client lacks is put in front of what is published from then on.

    If earlier messages are still unsent, the latest snapshot of each topic and a heartbeat follow when they are sent.
    """
    if subscription is None:
        return
    streams.join(subscriber, subscription)
    if subscriber.send_queue.is_drained():
        subscriber.send_queue.put_first(catch_up(subscriber, subscription))
    else:
        subscriber.send_queue.request(subscription.topics, subscriptions.missing_versions(subscription))


def write(app: Flask, ws: Server, subscriber: Subscriber, writer: ConnectionWriter | None) -> None:
    """Sends queued messages until the queue is closed or the client has gone; with a *writer*, publishers write too."""
    if writer:
        subscriber.send_queue.write_now = lambda encoded: writer.write(encoded.frame)
        subscriber.send_queue.when_drained = writer.when_drained
    try:
        while True:
            batch = subscriber.send_queue.take(None if writer else QUIET_SECONDS)
            missed = subscriber.send_queue.take_missed()
            if missed:
                with app.app_context():
                    batch += owed_messages(subscriber, missed)
            if writer:
                writer.write_all(encoded.frame for encoded in batch)
            else:
                for encoded in batch:
                    ws.send(encoded.text)
            if subscriber.send_queue.is_closed and not batch:
                if writer:
                    writer.flush(socketio.sleep)
                ws.close()
                return
    except (ConnectionClosed, LocalProtocolError, OSError):  # the reading task may be closing it just now
        subscriber.send_queue.close()


def handle_command(subscriber: Subscriber, streams: StreamTransport, text: str | bytes, event_id: int | None) -> None:
    """Handles a client's command: subscribe, unsubscribe or ping; anything else is answered with an error."""
    command: dict[str, Any] = {}
    try:
        command = read_message(text)
        if command["type"] == "ping":
            subscriber.send_queue.put(EncodedMessage({"type": "pong", "epoch": epoch(), "data": {}}))
            return
        subscription = subscriptions.read_subscription(
            command if "event_id" in command or event_id is None else command | {"event_id": event_id}
        )
        if command["type"] == "unsubscribe":
            streams.leave(subscriber, subscriptions.with_user_topic(subscription, current_user).topics)
            return
        subscriber.request_limits.wait_to_subscribe()
        with subscriber.request_limits.in_turn():
            subscription = subscriptions.authorise(subscription, current_user)
            subscriptions.check_topic_limit(subscription, subscriber.topics)
            versions = subscriptions.current_versions(subscription)
            named = {subscription.short(topic): version for topic, version in versions.items()}
            subscriber.send_queue.put(
                EncodedMessage({"type": "subscribed", "epoch": epoch(), "data": {"versions": named}})
            )
            subscribe(subscriber, streams, subscription)
    except Refused as refused:
        subscriber.send_queue.put(
            EncodedMessage({"type": "error", "epoch": epoch(), "data": refusal(refused, command)})
        )


def read_message(text: str | bytes) -> dict[str, Any]:
    """The client's JSON object, with a known type. Raises Refused."""
    try:
        command = json.loads(text)
    except (ValueError, RecursionError):
        command = None
    if not isinstance(command, dict) or command.get("type") not in ("subscribe", "unsubscribe", "ping"):
        raise Refused("bad_request", gettext("say subscribe, unsubscribe or ping, as a JSON object with a type"))
    return command


def refuse(ws: Server, code: str, message: str) -> None:
    ws.send(EncodedMessage(messages.error_message(code, message)).text)
    ws.close(1008, code)


def may_connect() -> bool:
    """Whether the Origin is allowed. Browsers always send it; a client without one is no browser."""
    origin = request.headers.get("Origin")
    return origin is None or is_same_origin(origin, request.environ) or is_allowed(origin, embed_origins())
