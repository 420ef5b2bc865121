"""Parses the command line of start.py: flags of serving, or a command that is passed on."""

from dataclasses import dataclass, field

from launch.messages import START

USAGE = f"""\
usage: {START} [--host H] [--port P] [--data-dir D] [--no-browser] [--demo] [--new]
       {START} test [PYTEST ARGUMENTS]
       {START} [--data-dir D] COMMAND [ARGUMENTS]
       {START} --help
       {START} --version"""

HELP = f"""\
{USAGE}

Without a command Timely is installed beside start.py (the first time, with the
internet) and served, until Ctrl-C.

  --host H        the address to listen on (0.0.0.0: everybody in the hall)
  --port P        the port (8000)
  --data-dir D    the folder that keeps the database (data, beside start.py)
  --no-browser    do not open the browser
  --demo          make an example event and play it
  --new           begin with an empty database where the old one is lost

test installs what the tests need as well, and runs them all; test --fast runs
those of the games and of what is saved, without a browser, in a minute.
Any other word is a command on the data folder:
"""

WITH_VALUE = {"--host": "TIMELY_HOST", "--port": "TIMELY_PORT", "--data-dir": "TIMELY_DATA_DIR"}
SWITCHES = {"--no-browser": ("TIMELY_OPEN_BROWSER", "0"), "--demo": ("TIMELY_DEMO", "1"), "--new": ("TIMELY_NEW", "1")}


class UsageError(Exception):
    """The arguments are not a way to start Timely."""


@dataclass
class Request:
    """The parsed command line: no word means to serve; else a command and its arguments."""

    word: str | None = None
    rest: list[str] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)  # by variable: the flag that set it

    def put(self, flag: str, variable: str, value: str) -> None:
        """Stores a setting, and the flag that gave it."""
        if not value:
            raise UsageError(f"{flag} needs a value.")
        self.settings[variable] = value
        self.flags[variable] = flag


def read(arguments: list[str]) -> Request:
    """The request. Raises UsageError."""
    request = Request()
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        flag, equals, value = argument.partition("=")
        if argument in ("-h", "--help"):
            return Request(word="--help")
        if argument == "--version":
            return Request(word="--version")
        if flag in WITH_VALUE:
            request.put(flag, WITH_VALUE[flag], value if equals else _next(flag, waiting))
        elif argument in SWITCHES:
            request.put(argument, *SWITCHES[argument])
        elif argument.startswith("-"):
            raise UsageError(f"{argument} is not a flag of start.py.")
        else:
            request.word = argument
            request.rest = waiting if argument == "test" else _without_data_dir(waiting, request)
            _check_flags_of_command(request)
            break
    return request


def _next(flag: str, waiting: list[str]) -> str:
    if not waiting or waiting[0].startswith("--"):
        raise UsageError(f"{flag} needs a value.")
    return waiting.pop(0)


def _without_data_dir(words: list[str], request: Request) -> list[str]:
    """The words of a command; --data-dir belongs to start.py anywhere among them, up to a lone -- ."""
    kept: list[str] = []
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        flag, equals, value = word.partition("=")
        if word == "--":
            return [*kept, word, *waiting]
        if flag == "--data-dir":
            request.put(flag, WITH_VALUE[flag], value if equals else _next(flag, waiting))
        else:
            kept.append(word)
    return kept


def _check_flags_of_command(request: Request) -> None:
    for flag in request.flags.values():
        if flag != "--data-dir" or request.word == "test":
            raise UsageError(f"{flag} is for serving; it cannot go with {request.word!r}.")
