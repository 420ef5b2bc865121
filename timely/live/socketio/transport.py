"""Transport for Socket.IO clients, as the hub uses it: each topic is a room."""

from timely import access
from timely.extensions import db, socketio
from timely.live import messages
from timely.live.revoked_users import revoked_users
from timely.live.socketio.subscribers import forget, leave_room, record_presence, signed_in, subscribers
from timely.live.topics import heartbeat_room, topics_of
from timely.models import Event, User
from timely.presenters.row import Row


class SocketIOTransport:
    """The hub's interface to Socket.IO clients."""

    name = "socketio"

    def has_subscribers(self, topic: str) -> bool:
        return bool(_members(topic))

    def send(self, topic: str, message: Row) -> None:
        socketio.emit("message", message, to=topic)

    def followed_events(self) -> set[int | None]:
        return {event_id for follower in list(subscribers.values()) for event_id in list(follower.events)}

    def send_heartbeat(self, event_id: int | None, message: Row) -> None:
        socketio.emit("message", message, to=heartbeat_room(event_id))

    def recheck_access(self, event: Event) -> None:
        for sid, follower in list(subscribers.items()):
            if event.id not in follower.events:
                continue
            user = db.session.get(User, follower.user_id) if follower.user_id else None
            if not access.may_see(user, event, follower.keys.get(event.id)):
                _leave_event(sid, event.id)
                socketio.emit(
                    "message", messages.error_message("not_found", "this event is not public any more"), to=sid
                )

    def close_disconnected(self) -> None:
        """Does nothing: pings detect clients that have disconnected."""

    def disconnect_revoked(self) -> None:
        somebodies = list(signed_in.items())
        gone = revoked_users(follower.identity for _, follower in somebodies)
        for sid, follower in somebodies:
            if follower.identity in gone:
                _disconnect(sid)

    def disconnect_session(self, session_token: str) -> None:
        for sid, follower in list(signed_in.items()):
            if session_token and follower.session_token == session_token:
                _disconnect(sid)


def _disconnect(sid: str) -> None:
    forget(sid)
    socketio.server.disconnect(sid, namespace="/")


def _leave_event(sid: str, event_id: int) -> None:
    for room in [*topics_of(event_id), heartbeat_room(event_id)]:
        leave_room(sid, room)
    if follower := subscribers.get(sid):  # else it has just disconnected
        follower.events.pop(event_id, None)
        record_presence(sid, follower)


def _members(room: str) -> bool:
    return bool(socketio.server.manager.rooms.get("/", {}).get(room))
