"""Blueprint of the three plain transports, and their subscription read from the address."""

from typing import Any

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.database import session_memory
from timely.live import subscriptions
from timely.live.request_limits import Refused
from timely.live.streams.transport import StreamTransport, Subscriber
from timely.live.topic_versions import state
from timely.live.topics import EVENT_KEYS, is_topic
from timely.web.errors import json_error

bp = Blueprint("stream", __name__)

STATUS = {"not_found": 404, "signed_out": 401, "too_many_messages": 429}


@bp.errorhandler(Refused)
def _refused(refused: Refused) -> ResponseReturnValue:
    return json_error(STATUS.get(refused.code, 400), refused.code, refused.message)


def requested_subscription(event_id: int | None, topics: list[str] | None = None) -> subscriptions.Subscription:
    """The subscription of this request: `?topics=results,schedule&results=41&schedule=17&epoch=k3f9&key=…`.

    `Last-Event-ID: k3f9;results:42,schedule:17`, sent to resume a broken stream, is newer than the address and wins.
    Raises Refused, with code not_found if the event may not be seen.
    """
    named = request.args.get("topics", "")
    names = topics or [name for name in named.split(",") if name] or None
    versions = {name: number(text) for name, text in request.args.items() if is_topic_name(name)}
    client_epoch, last = request.args.get("epoch", ""), request.headers.get("Last-Event-ID", "")
    if ";" in last:
        client_epoch, _, listed = last.partition(";")
        versions = {name: number(text) for name, _, text in (one.partition(":") for one in listed.split(","))}
    data: dict[str, Any] = {
        "topics": names,
        "versions": {name: version for name, version in versions.items() if version is not None},
        "epoch": client_epoch,
        "key": request.args.get("key"),
        "page": request.args.get("page"),
        "lang": request.args.get("lang"),
    }
    if event_id is not None:
        data["event_id"] = event_id
    subscription = subscriptions.read_subscription(data)
    subscription = subscriptions.authorise(subscription, current_user)
    subscriptions.check_topic_limit(subscription, set())
    return subscription


def is_topic_name(name: str) -> bool:
    return name in EVENT_KEYS or is_topic(name)


def number(text: str) -> int | None:
    """The version in *text*; None if it is not one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def stream_transport() -> StreamTransport:
    found: StreamTransport = current_app.extensions["timely.streams"]
    return found


def new_subscriber(kind: str, poll_key: str = "") -> Subscriber:
    """A subscriber for this request."""
    return Subscriber(kind, current_user, state().epoch, poll_key, session_memory.current_token(), request.remote_addr)
