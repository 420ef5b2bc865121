"""The Flask application of Timely, a live server for the sports events of small clubs."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask

from timely import background
from timely.blueprints import register_blueprints
from timely.database.engine import engine_options, set_up_engine
from timely.domain.translation import current_language
from timely.extensions import babel, db, login_manager, migrate
from timely.languages import available
from timely.languages.locales import locale_of
from timely.live.socketio.packet_guard import MAX_MESSAGE_BYTES
from timely.services import scheduler_jobs
from timely.web import middleware
from timely.web.request import TimelyRequest
from timely.web.template_environment import TemplateEnvironment

if TYPE_CHECKING:
    from config import Config


def call_directly(work: Callable[..., Any], *args: Any) -> Any:
    """Calls *work*; the `run_slow` of servers that need no extra thread for slow work."""
    return work(*args)


def _as_it_is(function: Callable[..., Any]) -> Callable[..., Any]:
    """Replacement of Flask's `ensure_sync`, which looks twenty times a request for coroutines: there are none."""
    return function


def create_app(
    config: "Config",
    *,
    async_mode: str = "threading",
    run_slow: Callable[..., Any] = call_directly,
    **settings: Any,
) -> Flask:
    """The app, not serving yet. *run_slow(work, *args)* keeps slow work off the server's event loop.

    *settings* override the configuration, in tests.
    """
    app = Flask(__name__)
    app.request_class = TimelyRequest
    app.jinja_environment = TemplateEnvironment
    app.config.update(config.flask_settings())
    app.config.update(settings)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # rows keep their order, for people who read the JSON
    app.ensure_sync = _as_it_is  # type: ignore[assignment]
    app.extensions["timely.run_slow"] = run_slow
    app.extensions["timely.async_mode"] = async_mode
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(config.database_url))
    available.init_app(app)
    babel.init_app(app, locale_selector=lambda: str(locale_of(current_language())))
    db.init_app(app)
    set_up_engine(app)
    migrate.init_app(app, db)
    login_manager.init_app(app)
    middleware.add_hooks(app)
    app.config["SOCK_SERVER_OPTIONS"] = {"ping_interval": 25, "max_message_size": MAX_MESSAGE_BYTES}
    register_blueprints(app)
    middleware.wrap(app)
    background.init_app(app)
    scheduler_jobs.init_app(app)
    return app
