"""The least that Flask can do: one page that is a constant string, on eventlet's server: python constant.py PORT."""

import eventlet

eventlet.monkey_patch()

import sys

from eventlet import wsgi
from flask import Flask

app = Flask(__name__)


@app.get("/")
def page() -> str:
    return "A constant string"


if __name__ == "__main__":
    listener = eventlet.listen(("127.0.0.1", int(sys.argv[1])))
    listener.setsockopt(eventlet.green.socket.IPPROTO_TCP, eventlet.green.socket.TCP_NODELAY, 1)
    wsgi.server(listener, app, log_output=False, debug=False, keepalive=15)
