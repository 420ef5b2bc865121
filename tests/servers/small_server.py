"""Small app on each server, in a process of its own, with short deadlines."""

import socket
import subprocess
import sys

from config import ROOT

# The server with a small app in Timely's place and short deadlines, so that the suite need not wait.
SMALL = """
import sys
import servers
server = servers.choose(sys.argv[1])  # first, for it patches
import inspect, logging, os, time
from servers import listener, process, timeouts

timeouts.HEAD_SECONDS = timeouts.KEEP_ALIVE_SECONDS = timeouts.BODY_SECONDS = timeouts.SEND_SECONDS = 0.5
logging.basicConfig()

def app(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/boom":
        raise RuntimeError("our fault")
    if path == "/stream":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return stream()
    if path == "/apart":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return apart(environ)
    if path == "/offered":
        body = environ.get("HTTP_SEC_WEBSOCKET_EXTENSIONS", "nothing").encode()
    else:
        try:
            body = b"%d bytes" % len(environ["wsgi.input"].read())
        except TimeoutError:
            body = b"too slow"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]

def stream():
    while True:
        yield b"x"
        time.sleep(0.05)

def apart(environ):
    yield b"begun"
    if "timely.take_over" in environ:
        query = environ.get("QUERY_STRING")
        environ["timely.take_over"](lambda: rest(environ["timely.socket"], query))

def rest(connection, query):
    is_within = any(one.filename.endswith("wsgi.py") and "response" in one.function for one in inspect.stack(0))
    connection.sendall(b"within" if is_within else b"apart")
    time.sleep(0.05)
    if query:
        raise RuntimeError("our fault")
    connection.sendall(b", over")

class Guests:
    here = 0

    def is_gone(self, client, address):
        return False

    def admit(self, address):
        if address != "127.0.0.1" or self.here >= int(sys.argv[3]):
            return False
        self.here += 1
        return True

    def leave(self, address):
        self.here -= 1

open_door = listener.listen("127.0.0.1", 0, Guests(), b"HTTP/1.1 429 No\\r\\n\\r\\n")
print(open_door.getsockname()[1], flush=True)
server.begin(app, open_door, int(sys.argv[2]))
process.ShutdownSignal().wait()
os._exit(0)
"""

GET = b"GET %s HTTP/1.1\r\nHost: localhost\r\n"


class Small:
    """A running small server."""

    def __init__(self, mode, room=100, guests=1000):
        self.mode = mode
        self.keeps_connections = mode != "threading"  # Werkzeug closes each after its answer
        self.process = subprocess.Popen(
            [sys.executable, "-c", SMALL, mode, str(room), str(guests)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.port = int(self.process.stdout.readline())

    def connect(self, sent: bytes = b"") -> socket.socket:
        client = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        client.sendall(sent)
        return client

    def ask(self, sent: bytes) -> bytes:
        with self.connect(sent) as client:
            return client.makefile("rb").read()

    def stop(self) -> str:
        """Its standard error, as text."""
        self.process.terminate()
        return self.process.communicate(timeout=5)[1]
