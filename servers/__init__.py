"""WSGI servers, one file for each mode. Only the file of a mode imports that mode's library."""

import importlib
from typing import Any, Protocol, cast

from config_parsing import ConfigError

FILES = {"eventlet": "eventlet_server", "gevent": "gevent_server", "threading": "threaded_server"}


class Server(Protocol):
    """Interface of the server modules.

    Import the module before anything else: those of eventlet and gevent patch the standard library.
    """

    MAX_CONNECTIONS: int  # most connections at once, if the file limit of the system allows them

    def run_slow(self, work: Any, *args: Any) -> Any:
        """The result of *work(*args)*; the server goes on answering meanwhile."""

    def begin(self, app: Any, listener: Any, screens: int) -> None:
        """Starts to serve *app* on *listener*, at most *screens* connections at once; does not block."""


def choose(mode: str) -> Server:
    """The server module of the mode. Raises ConfigError if the package that it needs is not installed."""
    try:
        return cast(Server, importlib.import_module(f"servers.{FILES[mode]}"))
    except ModuleNotFoundError as error:
        if error.name != mode:
            raise
        raise ConfigError(
            f"TIMELY_ASYNC_MODE needs the Python package {mode}, which is not installed. Start Timely by start.py, "
            "which installs it, or say: python -m pip install -r requirements-large.txt"
        ) from error
