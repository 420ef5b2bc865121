"""The servers that Timely can run on, one file for each mode; whatever is a library's own stands in its file alone."""

import importlib
from typing import Any, Protocol, cast

from config import ConfigError

FILES = {"eventlet": "eventlet_server", "gevent": "gevent_server", "threading": "threaded_server"}


class Server(Protocol):
    """What each of the files offers. Importing it patches the standard library, so it comes before all else."""

    MAX_CONNECTIONS: int  # how many connections it takes at once, where the system has room for them

    def run_slow(self, work: Any, *args: Any) -> Any:
        """What *work(*args)* returns; meanwhile the server goes on answering."""

    def begin(self, app: Any, door: Any, screens: int) -> None:
        """Begins to answer at the door, so many at once, and comes back at once."""


def choose(mode: str) -> Server:
    """The server of that mode. Raises ConfigError with a sentence if what it needs is not installed."""
    try:
        return cast(Server, importlib.import_module(f"servers.{FILES[mode]}"))
    except ModuleNotFoundError as error:
        if error.name != mode:
            raise
        raise ConfigError(
            f"TIMELY_ASYNC_MODE needs the Python package {mode}, which is not installed. Start Timely by start.py, "
            "which installs it, or say: python -m pip install -r requirements-large.txt"
        ) from error
