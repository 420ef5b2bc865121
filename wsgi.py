"""Entry point: as a program it serves until Ctrl-C; imported, it has `create_app` for `flask --app wsgi`."""

import sys

import servers
from config import Config, async_mode, terminal_language
from config_parsing import ConfigError
from launch.messages import Refused, say
from launch.version import VERSION

if __name__ == "__main__":
    try:
        server = servers.choose(async_mode())  # before anything is imported that has to be patched
    except ConfigError as error:
        say(str(error))
        sys.exit(1)

import logging
import os
import time
from contextlib import suppress

import click
from flask import Flask

import timely
from servers import process
from servers.connection_limit import connection_limit
from servers.listener import listen
from servers.process import ShutdownSignal
from timely import background, demo
from timely.banner import Links, banner, few_screens_text, open_browser, stopped_text
from timely.database import upgrade
from timely.database.file_check import SchemaError
from timely.domain.translation import in_language
from timely.extensions import db, socketio
from timely.file_permissions import OWNERS
from timely.languages.available import languages
from timely.languages.catalogues import CatalogueError
from timely.limits.connections_per_address import REFUSAL, listener_limiter
from timely.logs import log_file, write_log
from timely.queries.addresses import chosen_address
from timely.services.setup import setup_code
from timely.web.warm_up import warm_up

LAST_RESPONSES_SECONDS = 0.2


def create_app() -> Flask:
    """The app for Flask's own commands; `flask run` serves it in threads, with what goes on in the background."""
    config = Config.from_environment()
    config.require_packages()
    app = timely.create_app(config)
    context = click.get_current_context(silent=True)
    if context is not None and context.info_name == "run":
        upgrade.upgrade(app)
        background.start(app)
    return app


def main() -> int:
    """Serves until a signal stops it. Returns the exit code, 1 if it could not begin."""
    try:
        os.umask(OWNERS)  # only the owner can read what Timely writes
        config = Config.from_environment()
        config.require_packages()
        write_log(log_file(config.data_dir, config.port), config.log_level)
        logging.getLogger("timely.server").info("Timely %s begins", VERSION)
        app = timely.create_app(config, async_mode=config.async_mode, run_slow=server.run_slow)
        # Behind proxies all connections come from the same few addresses; clients are limited further in, by request.
        limiter = listener_limiter(0 if config.proxies else config.connections_per_address)
        # Before the database, which a Timely that holds the port already may be using.
        listener = listen(config.host, config.port, limiter, REFUSAL)
        upgrade.upgrade(app)
    except (CatalogueError, ConfigError, Refused, SchemaError) as error:
        say(str(error))
        return 1
    max_connections = connection_limit(server.MAX_CONNECTIONS)
    limiter.limit_to_server(max_connections)
    stop = ShutdownSignal()  # before any request is answered, so that no signal is missed
    server.begin(app, listener, max_connections)
    hub = background.start(app)
    socketio.start_background_task(warm_up, app)
    example = demo.start(app) if config.demo else None
    with app.app_context():
        language = languages().get(terminal_language())
        links = Links(config.host, config.port, example, chosen_address())
        code = setup_code(app)
    with in_language(language), suppress(OSError):  # standard output may be closed
        if max_connections < 1000:
            say(few_screens_text(max_connections))
        colours = os.name == "posix" and sys.stdout.isatty()
        print(banner(links, code, sys.stdout.encoding, colours), flush=True)
    if config.open_browser:
        open_browser(links.first)
    process.freeze_and_tune_gc()
    stop.wait()
    hub.stop()
    listener.shut()
    time.sleep(LAST_RESPONSES_SECONDS)
    with app.app_context():
        db.engine.dispose()  # merges SQLite's -wal file into the database file, which is the one that people copy
    with in_language(language):
        say(stopped_text())
    return 0


if __name__ == "__main__":
    try:
        code = main()
    except KeyboardInterrupt:
        code = 0
    logging.shutdown()
    # Not sys.exit, which would wait for every spectator's open connection.
    sys.stdout.flush()
    os._exit(code)
