"""Timely: live results of a small club's event, from one laptop, on every screen at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask

from timely import background
from timely.blueprints import register_blueprints
from timely.database.engine import engine_options, set_up_engine
from timely.extensions import csrf, db, login_manager, migrate, socketio
from timely.live.socketio import (
    fanout,
    handlers,  # noqa: F401  (its handlers must be known before the first init_app)
    long_polling,
    request_guard,
)
from timely.live.socketio.packet_guard import LARGEST_MESSAGE
from timely.services import scheduler_jobs
from timely.web import (
    access_log,
    body_limits,
    compression,
    cors,
    errors,
    login_sessions,
    page_cache,
    page_setup,
    proxies,
    rate_limits,
    response_cache,
    resubmission,
    trusted_hosts,
)
from timely.web.request import TimelyRequest

if TYPE_CHECKING:
    from config import Config


def call_directly(work: Callable[..., Any], *args: Any) -> Any:
    """The way to do slow work where a thread of its own is not needed."""
    return work(*args)


def create_app(
    config: "Config",
    *,
    async_mode: str = "threading",
    run_slow: Callable[..., Any] = call_directly,
    **settings: Any,
) -> Flask:
    """The app, not serving yet. *run_slow(work, *args)* keeps the server's loop free; *settings* are for tests."""
    app = Flask(__name__)
    app.request_class = TimelyRequest
    app.config.update(config.flask_settings())
    app.config.update(settings)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # rows keep the order in which they are read
    app.extensions["timely.run_slow"] = run_slow
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(config.database_url))
    access_log.init_app(app)
    body_limits.init_app(app)
    rate_limits.init_app(app)
    db.init_app(app)
    set_up_engine(app)
    migrate.init_app(app, db)
    login_manager.init_app(app)
    csrf.init_app(app)
    errors.init_app(app)
    compression.init_app(app)
    page_setup.init_app(app)
    page_cache.init_app(app)
    cors.init_app(app)
    login_sessions.init_app(app)
    resubmission.init_app(app)
    app.config["SOCK_SERVER_OPTIONS"] = {"ping_interval": 25, "max_message_size": LARGEST_MESSAGE}
    register_blueprints(app)
    response_cache.init_app(app)  # around Flask alone: hosts and sockets are looked at before
    # A client that reads nothing is noticed by its ping; 10 and 15 s suit phones that sleep.
    socketio.init_app(
        app,
        async_mode=async_mode,
        client_manager=fanout.manager(app.config["TIMELY_FAN_OUT"]),
        async_handlers=False,
        cors_allowed_origins=cors.rule_for_sockets(app),
        cors_credentials=False,  # a page of another site reads as anybody does
        always_connect=True,
        ping_interval=10,
        ping_timeout=15,
        max_http_buffer_size=LARGEST_MESSAGE,
        http_compression=False,
    )
    trusted_hosts.init_app(app)
    request_guard.init_app(app)
    proxies.init_app(app)
    long_polling.init_app(app)
    background.init_app(app)
    scheduler_jobs.init_app(app)
    return app
