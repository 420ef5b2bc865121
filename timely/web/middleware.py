"""Order of Flask's request hooks, and of the WSGI middleware around Flask."""

from collections.abc import Callable

from flask import Flask

from timely.extensions import csrf
from timely.live.socketio import long_polling, request_guard, server
from timely.web import (
    access_log,
    body_limits,
    cache_headers,
    compression,
    cors,
    errors,
    etags,
    language_choice,
    language_menu,
    login_sessions,
    proxies,
    rate_limits,
    record_id,
    response_cache,
    resubmission,
    security_headers,
    static_files,
    template_context,
    template_translation,
    trusted_hosts,
)

# Hooks before a request run in this order, hooks after it in the reverse one.
HOOKS: tuple[Callable[[Flask], object], ...] = (
    access_log.init_app,  # its measured time includes all others
    body_limits.init_app,  # before anything reads a form
    rate_limits.init_app,
    csrf.init_app,  # reads the form
    errors.init_app,
    compression.init_app,  # after the headers are set: it looks at the content type
    security_headers.init_app,
    cache_headers.init_app,
    template_context.init_app,
    template_translation.init_app,
    language_menu.init_app,
    static_files.init_app,
    record_id.init_app,  # before the blueprints, whose addresses use it
    etags.init_app,
    cors.init_app,
    login_sessions.init_app,
    language_choice.add_hooks,  # after the person is known
    resubmission.init_app,
)

# From the inside out: the last one gets a request first.
LAYERS: tuple[Callable[[Flask], object], ...] = (
    response_cache.init_app,  # around Flask only: hosts and connections are checked before it responds
    server.init_app,  # serves the paths of Socket.IO without Flask
    trusted_hosts.init_app,  # covers requests to Socket.IO too
    language_choice.wrap,  # outside of all that speaks to a visitor
    request_guard.init_app,  # counts by the address that the proxies forward
    security_headers.wrap,  # for responses that are not Flask's: refusals, Socket.IO
    proxies.init_app,  # all others see the client's address and not the proxy's
    long_polling.init_app,  # answers a repeated poll before anything else runs
)


def add_hooks(app: Flask) -> None:
    for add in HOOKS:
        add(app)


def wrap(app: Flask) -> None:
    for add in LAYERS:
        add(app)
