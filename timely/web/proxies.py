"""Behind proxies such as nginx: whose request it is, by which name and how it came, is what they say of it."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def init_app(app: Flask) -> None:
    """Outermost of all, so that everything else sees the visitor's address and not the proxy's.

    Without TIMELY_PROXIES nobody is believed: any visitor could write such headers.
    """
    hops = app.config["TIMELY_PROXIES"]
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
