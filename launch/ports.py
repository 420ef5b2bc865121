"""Checks whether Timely can listen on its port, and explains why not."""

import errno
import http.client
import json
import socket
from itertools import chain

from launch.messages import START, Refused

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
CLOSED_BY_BROWSERS = (5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 10080)
BUSY: tuple[int, ...] = (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE))
FORBIDDEN: tuple[int, ...] = (errno.EACCES, errno.EPERM, getattr(errno, "WSAEACCES", errno.EACCES))

# Exceptions of a socket besides the system's own errors: for names that no host can have.
NO_LISTENING = (OSError, UnicodeError, TypeError)

# The keys of what /healthz answers.
SAID = {"status", "version"}


def require_free(host: str, port: int) -> None:
    """Raises Refused with a sentence if nothing can be served there."""
    try:
        _try_to_bind(host, port)
    except NO_LISTENING as error:
        raise Refused(refusal(host, port, error)) from error
    # Some systems silently let a second server take a part of the same port.
    if _answers(host, port):
        raise Refused(busy(host, port))


def refusal(host: str, port: int, error: Exception) -> str:
    """The sentence for listening that failed with *error*."""
    number = getattr(error, "errno", None)
    if number in BUSY:
        return busy(host, port)
    if number in FORBIDDEN:
        return f"Port {port} may not be used without special rights. Choose another, such as --port 8000."
    return (
        f"Timely cannot listen on {host!r}: {getattr(error, 'strerror', None) or error}. "
        "Leave out --host to listen on all addresses of this computer."
    )


def busy(host: str, port: int) -> str:
    """The sentence for a port that is in use: by another Timely, or by another program."""
    free = next_free(host, port)
    if is_timely(host, port):
        where = "localhost" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
        return (
            f"Timely is already running at http://{where}:{port}/. Open that page, or stop it there with "
            f"Ctrl-C and start again. For a second one beside it: --port {free} --data-dir ANOTHER-FOLDER"
        )
    return f"Port {port} is taken by another program. The next free one: {START} --port {free}"


def next_free(host: str, port: int) -> int:
    """The first port after *port* that is free and that browsers agree to open."""
    for candidate in chain(range(port + 1, min(port + 200, 65536)), range(8000, 8200)):
        if candidate in CLOSED_BY_BROWSERS:
            continue
        try:
            _try_to_bind(host, candidate)
        except OSError:
            continue
        return candidate
    return 8000


def is_timely(host: str, port: int) -> bool:
    """Whether the server on that port is a healthy Timely."""
    connection = http.client.HTTPConnection(EVERYWHERE.get(host, host), port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        said = json.loads(answer.read(1000))
        # One of before 1.0.0 says no version.
        return answer.status == 200 and isinstance(said, dict) and said.get("status") == "ok" and said.keys() <= SAID
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()


def _answers(host: str, port: int) -> bool:
    try:
        # Windows retries a closed port for two seconds; a local one answers at once or never.
        socket.create_connection((EVERYWHERE.get(host, host), port), timeout=0.4).close()
    except OSError:
        return False
    return True


def _try_to_bind(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: never share
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # As the server does: lingering connections of the last run do not block the port.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))
        trial.listen(1)
