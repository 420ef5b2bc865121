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
from timely.live.topic_versions import state
from timely.metrics import DATABASE_TROUBLE
from timely.monitoring.alert_notifications import AlertNotifications
from timely.monitoring.loop_lag import tick
from timely.monitoring.monitor import CHECK_INTERVAL, Monitor
from timely.services import sessions
from timely.services.event_progress import ProgressCheck
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
    monitor = Monitor(app.config["TIMELY_DATA_DIR"], name, str(socketio.async_mode))
    if hub.relay:
        monitor.share_through(hub.relay)
    app.extensions["timely.monitor"] = monitor


def start(app: Flask) -> Hub:
    """Starts the background tasks of a serving app, and returns its hub, whose `stop()` ends them."""
    hub: Hub = app.extensions["timely.hub"]
    hub.begin()
    socketio.start_background_task(hub.run)
    if hub.relay:
        hub.relay.start()
    socketio.start_background_task(_run_scheduled_jobs, app, hub)
    socketio.start_background_task(_measure_loop_lag, app, hub)
    socketio.start_background_task(_run_monitor, app, hub)
    return hub


def _run_scheduled_jobs(app: Flask, hub: Hub) -> None:
    last_trouble: Trouble | None = None
    rounds, progress = 0, ProgressCheck()
    while not hub.is_stopped:
        with app.app_context():
            try:
                restore_deleted_file()
                run_due_jobs(now())
                sessions.save_unsaved(now())
                if rounds % PROGRESS_EVERY == 0:
                    db.session.remove()  # the versions as they are now, which the next subscription may have too
                    topics = state()
                    progress.run(now(), topics.epoch, topics.versions)
                rounds += 1
                last_trouble = None
            except Exception as error:
                trouble = trouble_of(error)
                if trouble is not None and not isinstance(error, NotSaved):  # NotSaved is counted where the save failed
                    DATABASE_TROUBLE.labels(trouble.key).inc()
                if trouble is None:
                    log.exception("scheduled jobs failed; trying again")
                elif trouble is not last_trouble:  # logged once, not every second that it lasts
                    log.error("scheduled jobs failed: %s (%s); trying again", trouble.title, error)
                last_trouble = trouble
            finally:
                db.session.remove()
        socketio.sleep(1)


def _measure_loop_lag(app: Flask, hub: Hub) -> None:
    monitor: Monitor = app.extensions["timely.monitor"]
    while not hub.is_stopped:
        tick(socketio.sleep, monitor.clocks)


def _run_monitor(app: Flask, hub: Hub) -> None:
    """Runs the monitor and saves a notification of each alert.

    A notification is an ordinary save; where none is possible, the monitor page and the log still show the alert.
    """
    monitor: Monitor = app.extensions["timely.monitor"]
    alert_notifications = AlertNotifications()
    while not hub.is_stopped:
        with app.app_context():
            try:
                monitor.check()
                alert_notifications.update(monitor.alerts.active)
            except Exception:
                log.exception("monitoring failed; trying again")
            finally:
                db.session.remove()
        socketio.sleep(CHECK_INTERVAL)
