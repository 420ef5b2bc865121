"""Transport for Socket.IO clients, as the hub uses it: each topic is a room."""

from timely import access
from timely.domain.translation import gettext
from timely.extensions import db, socketio
from timely.languages.available import languages
from timely.live import messages
from timely.live.revoked_users import revoked_users
from timely.live.socketio.engineio_internals import rooms_of
from timely.live.socketio.subscribers import (
    leave_room,
    leave_topic,
    record_presence,
    remove_subscriber,
    signed_in,
    subscribers,
)
from timely.live.topics import heartbeat_room, room_of, topics_of
from timely.models import Event, User
from timely.presenters.row import Row


class SocketIOTransport:
    """The hub's interface to Socket.IO clients."""

    name = "socketio"

    def languages_of(self, topic: str) -> list[str]:
        codes, rooms = ["", *languages().by_code], rooms_of(socketio.server, "/")
        if rooms is None:  # the library does not tell
            return codes
        return [code for code in codes if rooms.get(room_of(topic, code))]

    def send(self, topic: str, message: Row, language: str) -> None:
        socketio.emit("message", message, to=room_of(topic, language))

    def followed_events(self) -> set[int | None]:
        return {event_id for subscriber in list(subscribers.values()) for event_id in list(subscriber.events)}

    def send_heartbeat(self, event_id: int | None, message: Row) -> None:
        socketio.emit("message", message, to=heartbeat_room(event_id))

    def recheck_access(self, event: Event) -> None:
        for sid, subscriber in list(subscribers.items()):
            if event.id not in subscriber.events:
                continue
            user = db.session.get(User, subscriber.user_id) if subscriber.user_id else None
            if not access.may_see(user, event, subscriber.keys.get(event.id)):
                _leave_event(sid, event.id)
                socketio.emit(
                    "message", messages.error_message("not_found", gettext("this event is not public any more")), to=sid
                )

    def close_disconnected(self) -> None:
        """Does nothing: pings detect clients that have disconnected."""

    def disconnect_revoked(self) -> None:
        clients = list(signed_in.items())
        gone = revoked_users(subscriber.identity for _, subscriber in clients)
        for sid, subscriber in clients:
            if subscriber.identity in gone:
                _disconnect(sid)

    def disconnect_session(self, session_token: str) -> None:
        for sid, subscriber in list(signed_in.items()):
            if session_token and subscriber.session_token == session_token:
                _disconnect(sid)


def _disconnect(sid: str) -> None:
    remove_subscriber(sid)
    socketio.server.disconnect(sid, namespace="/")


def _leave_event(sid: str, event_id: int) -> None:
    leave_room(sid, heartbeat_room(event_id))
    if subscriber := subscribers.get(sid):  # else it has just disconnected
        for topic in topics_of(event_id):
            leave_topic(sid, subscriber, topic)
        subscriber.events.pop(event_id, None)
        record_presence(sid, subscriber)
