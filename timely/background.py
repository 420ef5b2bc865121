"""What goes on beside the requests: telling what changed, and doing what the clock asks for."""

import logging

from flask import Flask

from timely.clock import now
from timely.extensions import db, socketio
from timely.live.hub import Hub
from timely.live.sockets import SocketPipe
from timely.live.streams import StreamPipe
from timely.services.due import do_what_is_due

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    streams = app.extensions["timely.streams"] = StreamPipe()
    app.extensions["timely.hub"] = Hub(app, [SocketPipe(), streams])


def start(app: Flask) -> Hub:
    """Begins the background tasks of a serving app; the hub's `stop()` ends them."""
    hub: Hub = app.extensions["timely.hub"]
    hub.begin()
    socketio.start_background_task(hub.run)
    socketio.start_background_task(_watch_the_clock, app, hub)
    return hub


def _watch_the_clock(app: Flask, hub: Hub) -> None:
    while not hub.is_stopped:
        with app.app_context():
            try:
                do_what_is_due(now())
            except Exception:
                log.exception("what was due could not be done; trying again")
            finally:
                db.session.remove()
        socketio.sleep(1)
