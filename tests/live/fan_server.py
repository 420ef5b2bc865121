"""A small Socket.IO server on eventlet for the tests of the fan-out.

`python -m tests.live.fan_server PORT MANAGER PATIENCE`, the last in seconds: how long a ping's answer may take.
It tells when it is asked to, over HTTP; what it sends waits in small buffers, so that half-sent frames are the rule.
"""

# ruff: noqa: I001  (what patches comes first)
from servers import eventlet_server

import json
import queue
import socket
import sys
from typing import Any

import eventlet
import socketio as library
from flask import Flask, jsonify, request
from flask_socketio import SocketIO

from servers.listener import listen
from timely import metrics
from timely.live.socketio import fanout
from timely.live.socketio import long_polling

SMALL_BUFFER = 8_192
PING_SECONDS = 1


class Post(library.PubSubManager):
    """A message queue without a broker: what it publishes comes back to it, as it would from Redis."""

    def __init__(self) -> None:
        super().__init__()
        self.published: queue.Queue[str] = queue.Queue()

    def _publish(self, data: Any) -> None:
        self.published.put(json.dumps(data))

    def _listen(self) -> Any:
        while True:
            yield self.published.get()


class QueuedFanOut(Post, fanout.FanOut):
    """The fan-out below a message queue, for the clients of one worker."""


def make(kind: str) -> library.Manager:
    return {"fast": fanout.FanOut, "plain": library.Manager, "queue": QueuedFanOut}[kind]()


def serve(port: int, kind: str, patience: float) -> None:
    app = Flask(__name__)
    socketio = SocketIO()

    @socketio.on("join")
    def join(room: str) -> str:
        socketio.server.enter_room(request.sid, room)
        return room

    @socketio.on("leave")
    def leave(room: str) -> str:
        socketio.server.leave_room(request.sid, room)
        return room

    @app.get("/tell")
    def tell() -> Any:
        """Numbered messages to a room; each *alone*-th to every member by itself, as the library does it."""
        count, size, alone = (request.args.get(name, type=int) or 0 for name in ("count", "size", "alone"))
        first, pause = request.args.get("first", 0, type=int), request.args.get("pause", 0.0, type=float)
        for number in range(first, first + count):
            body = {"number": number, "body": "ü" * (number * 37 % size if size else 0)}
            if alone and number % alone == 0:
                for _, eio_sid in list(socketio.server.manager.get_participants("/", "room")):
                    packet = socketio.server.packet_class(2, namespace="/", data=["message", body])
                    socketio.server._send_packet(eio_sid, packet)
            else:
                socketio.emit("message", body, to="room")
            if pause:
                eventlet.sleep(pause)
        return jsonify(told=count)

    @app.get("/end")
    def end() -> Any:
        """Ends the connection of everybody in the room."""
        for sid, _ in list(socketio.server.manager.get_participants("/", "room")):
            socketio.server.disconnect(sid)
        return jsonify(ended=True)

    @app.get("/figures")
    def show() -> Any:
        manager = socketio.server.manager
        writers = getattr(manager, "_writers", {}).values()
        boxes = [
            one.queue for one in socketio.server.eio.sockets.values() if isinstance(one.queue, long_polling.PollQueue)
        ]
        return jsonify(
            cut_off=metrics.REGISTRY.get_sample_value("timely_slow_clients_total", {"done": "cut off"}),
            waiting=sum(writer._size for writer in writers if writer.pending is not None),
            writers=len(writers),
            held=len(socketio.server.eio.sockets),
            open_polls=sum(box.open_poll is not None for box in boxes),
            told=metrics.REGISTRY.get_sample_value("timely_deliveries_total", {"pipe": "socketio"}),
        )

    socketio.init_app(
        app,
        async_mode="eventlet",
        async_handlers=False,
        ping_interval=PING_SECONDS,
        ping_timeout=patience,
        client_manager=make(kind),
    )
    if kind != "plain":
        app.wsgi_app = long_polling.LongPolling(app.wsgi_app, socketio.server.eio)  # type: ignore[method-assign]
    door = listen("127.0.0.1", port)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL_BUFFER)
    eventlet_server.begin(app, door, 1_000)
    while True:
        eventlet.sleep(60)


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
