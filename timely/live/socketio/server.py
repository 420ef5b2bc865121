"""Set-up of the Socket.IO server, which answers /socket.io/ in front of Flask."""

from flask import Flask

from timely.extensions import socketio
from timely.live.socketio import engineio_internals, fanout, handlers, raw_socket, websocket_internals
from timely.live.socketio.packet_guard import MAX_MESSAGE_BYTES
from timely.web import cors


def init_app(app: Flask) -> None:
    mode = app.extensions["timely.async_mode"]
    # Pings detect a client that no longer reads; 10 and 15 s suit phones that sleep.
    socketio.init_app(
        app,
        async_mode=mode,
        client_manager=fanout.manager(app.config["TIMELY_FAN_OUT"]),
        async_handlers=False,
        cors_allowed_origins=cors.rule_for_sockets(app),
        cors_credentials=False,  # pages of other sites connect as anonymous visitors
        always_connect=True,
        ping_interval=10,
        ping_timeout=15,
        max_http_buffer_size=MAX_MESSAGE_BYTES,
        http_compression=False,
    )
    handlers.init_server(socketio.server)
    # What does not fit is said at the start, and not when the first client comes.
    engineio_internals.fits_manager(socketio.server)
    raw_socket.fits(mode)
    websocket_internals.fits_eventlet()
    websocket_internals.fits_simple_websocket()
