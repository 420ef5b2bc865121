"""Ordered list of what stands between a server and a view: hooks of Flask, and the WSGI middleware around it."""

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
    login_sessions,
    proxies,
    rate_limits,
    record_id,
    response_cache,
    resubmission,
    security_headers,
    static_files,
    template_context,
    trusted_hosts,
)

# Flask runs what is done before a request in this order, and what is done after it in the reverse one.
HOOKS: tuple[Callable[[Flask], object], ...] = (
    access_log.init_app,  # the time of all others is within its own
    body_limits.init_app,  # before anything reads a form
    rate_limits.init_app,
    csrf.init_app,  # reads the form
    errors.init_app,
    compression.init_app,  # after the headers are set: it looks at the content type
    security_headers.init_app,
    cache_headers.init_app,
    template_context.init_app,
    static_files.init_app,
    record_id.init_app,  # before the blueprints, whose addresses use it
    etags.init_app,
    cors.init_app,
    login_sessions.init_app,
    resubmission.init_app,
)

# From the inside out: a request meets the last one first.
LAYERS: tuple[Callable[[Flask], object], ...] = (
    response_cache.init_app,  # around Flask alone: names and connections are checked before anything is answered
    server.init_app,  # Socket.IO has its addresses to itself, without Flask
    trusted_hosts.init_app,  # of Socket.IO's requests too
    request_guard.init_app,  # counts by the address that the proxies give
    security_headers.wrap,  # on what does not come from Flask: refusals, Socket.IO
    proxies.init_app,  # all others see the visitor's address and not the proxy's
    long_polling.init_app,  # answers a poll that is known already before anything looks at it
)


def add_hooks(app: Flask) -> None:
    for add in HOOKS:
        add(app)


def wrap(app: Flask) -> None:
    for add in LAYERS:
        add(app)
