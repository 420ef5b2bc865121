"""Background tasks: publishing changes, running scheduled jobs, monitoring the server."""

import logging

from flask import Flask

from timely.clock import now
from timely.database.errors import NotSaved, Trouble, trouble_of
from timely.database.transactions import restore_deleted_file
from timely.extensions import db, socketio
from timely.live.hub import Hub
from timely.live.relay import Relay
from timely.live.socketio.transport import SocketIOTransport
from timely.live.streams.transport import StreamTransport
from timely.metrics import DATABASE_TROUBLE
from timely.monitoring.alert_notifications import AlertNotifications
from timely.monitoring.loop_lag import tick
from timely.monitoring.monitor import CHECK_INTERVAL, Monitor
from timely.services import sessions
from timely.services.event_progress import keep_progress
from timely.services.scheduled_jobs import run_due_jobs

log = logging.getLogger(__name__)

# Longest time in seconds from an event's last result until it is marked as over.
PROGRESS_EVERY = 5


def init_app(app: Flask) -> None:
    streams = app.extensions["timely.streams"] = StreamTransport()
    hub = app.extensions["timely.hub"] = Hub(app, [SocketIOTransport(), streams])
    if app.config["TIMELY_REDIS_URL"]:
        hub.relay = Relay(app.config["TIMELY_REDIS_URL"], hub)
    name = f"{app.config['TIMELY_HOST']}:{app.config['TIMELY_PORT']}"
    watchman = Monitor(app.config["TIMELY_DATA_DIR"], name, str(socketio.async_mode))
    if hub.relay:
        watchman.join(hub.relay)
    app.extensions["timely.watchman"] = watchman


def start(app: Flask) -> Hub:
    """Starts the background tasks of a serving app, and returns its hub, whose `stop()` ends them."""
    hub: Hub = app.extensions["timely.hub"]
    hub.begin()
    socketio.start_background_task(hub.run)
    if hub.relay:
        hub.relay.start()
    socketio.start_background_task(_watch_the_clock, app, hub)
    socketio.start_background_task(_watch_the_loop, app, hub)
    socketio.start_background_task(_watch_the_server, app, hub)
    return hub


def _watch_the_clock(app: Flask, hub: Hub) -> None:
    last_trouble: Trouble | None = None
    turns = 0
    while not hub.is_stopped:
        with app.app_context():
            try:
                restore_deleted_file()
                run_due_jobs(now())
                sessions.keep_in_step(now())
                if turns % PROGRESS_EVERY == 0:
                    keep_progress(now())
                turns += 1
                last_trouble = None
            except Exception as error:
                trouble = trouble_of(error)
                if trouble is not None and not isinstance(error, NotSaved):  # NotSaved is counted where the save failed
                    DATABASE_TROUBLE.labels(trouble.key).inc()
                if trouble is None:
                    log.exception("what was due could not be done; trying again")
                elif trouble is not last_trouble:  # logged once, not every second that it lasts
                    log.error("what was due could not be done: %s (%s)", trouble.title, error)
                last_trouble = trouble
            finally:
                db.session.remove()
        socketio.sleep(1)


def _watch_the_loop(app: Flask, hub: Hub) -> None:
    watchman: Monitor = app.extensions["timely.watchman"]
    while not hub.is_stopped:
        tick(socketio.sleep, watchman.clocks)


def _watch_the_server(app: Flask, hub: Hub) -> None:
    """Runs the monitor and saves a notification of each alert.

    A notification is an ordinary save; where none is possible, the monitor page and the log still show the alert.
    """
    watchman: Monitor = app.extensions["timely.watchman"]
    notices = AlertNotifications()
    while not hub.is_stopped:
        with app.app_context():
            try:
                watchman.look()
                notices.keep_in_step(watchman.warnings.standing)
            except Exception:
                log.exception("the server could not look after itself; trying again")
            finally:
                db.session.remove()
        socketio.sleep(CHECK_INTERVAL)
