"""Transport for Socket.IO clients, as the hub uses it: each topic is a room."""

from timely import access
from timely.extensions import db, socketio
from timely.live import messages
from timely.live.revoked_users import revoked_users
from timely.live.socketio.engineio_internals import rooms_of
from timely.live.socketio.subscribers import leave_room, record_presence, remove_subscriber, signed_in, subscribers
from timely.live.topics import heartbeat_room, topics_of
from timely.models import Event, User
from timely.presenters.row import Row


class SocketIOTransport:
    """The hub's interface to Socket.IO clients."""

    name = "socketio"

    def has_subscribers(self, topic: str) -> bool:
        return _has_members(topic)

    def send(self, topic: str, message: Row) -> None:
        socketio.emit("message", message, to=topic)

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
                    "message", messages.error_message("not_found", "this event is not public any more"), to=sid
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
    for room in [*topics_of(event_id), heartbeat_room(event_id)]:
        leave_room(sid, room)
    if subscriber := subscribers.get(sid):  # else it has just disconnected
        subscriber.events.pop(event_id, None)
        record_presence(sid, subscriber)


def _has_members(room: str) -> bool:
    """Also True if the library does not tell."""
    rooms = rooms_of(socketio.server, "/")
    return rooms is None or bool(rooms.get(room))
