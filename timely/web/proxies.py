"""Client address, host and scheme as reverse proxies such as nginx forward them."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def init_app(app: Flask) -> None:
    """Must be the outermost middleware, so that everything else sees the visitor's address and not the proxy's.

    Without TIMELY_PROXIES forwarded headers are ignored: any visitor could write them.
    """
    hops = app.config["TIMELY_PROXIES"]
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
