"""Runs start.py: parses its arguments, checks before installing, installs, hands over."""

import os
import signal
import subprocess
from pathlib import Path
from types import FrameType
from typing import NoReturn

from config import ROOT, Config, is_large
from config_parsing import ConfigError
from launch import ports
from launch.arguments import HELP, USAGE, Request, UsageError, read
from launch.handover import hand_over
from launch.messages import Refused, say
from launch.version import VERSION
from launch.virtual_environment import DotVenv, prepare

DONE, REFUSED, USAGE_FAULT = 0, 1, 2
# Of the games and of what is saved; without those that try many random examples or whole seasons. They never wait, so
# that more workers than processors would only begin more often.
FAST = ("-n", str(os.cpu_count() or 1), "-q", "-m", "not hypothesis and not costly", "tests/domain", "tests/services")


def main(arguments: list[str], root: Path = ROOT) -> int:
    """The exit code: 0 done, 1 refused, 2 usage. Usually it does not return, because another program replaces it."""
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    request = Request()
    try:
        request = read(arguments)
        return _do(request, DotVenv(root))
    except UsageError as error:
        say(f"{error}\n{USAGE}")
        return USAGE_FAULT
    except ConfigError as error:
        say(_as_typed(str(error), request))
        return REFUSED
    except Refused as error:
        say(str(error))
        return REFUSED
    except KeyboardInterrupt:
        say("\nInterrupted. Start again and it goes on.")
        return REFUSED


def _do(request: Request, venv: DotVenv) -> int:
    root = venv.root
    environ = {**os.environ, **_settings(request)}
    # The app is found from any working directory, and a file named there is found by the command.
    environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH")]))
    needed = [root / "requirements.txt"]
    if is_large(environ):
        needed.append(root / "requirements-large.txt")
    python = str(venv.python)
    cli = [python, "-P", "-m", "timely.cli"]
    if request.word is None:
        environ.setdefault("TIMELY_OPEN_BROWSER", "1")
        config = Config.from_environment(environ)
        ports.require_free(config.host, config.port)
        prepare(venv, needed)
        return hand_over([python, str(root / "wsgi.py")], environ)
    if request.word == "--help":
        print(HELP, flush=True)
        prepare(venv, needed)
        return subprocess.run([*cli, "--help"], env=environ).returncode
    if request.word == "--version":
        print(f"Timely {VERSION}", flush=True)
        return DONE
    if request.word == "test":
        rest = [*FAST, *(one for one in request.rest if one != "--fast")] if "--fast" in request.rest else request.rest
        prepare(venv, [*needed, root / "requirements-dev.txt"])
        os.chdir(root)
        # The tests start some hundred servers, each of which would compile all modules anew.
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        # As many workers as tests/workers.py finds right; arguments that were typed come later and win, such as -n 0.
        return hand_over([python, "-m", "pytest", "-n", "auto", *rest], environ)
    prepare(venv, needed)
    return hand_over([*cli, request.word, *request.rest], environ)


def _settings(request: Request) -> dict[str, str]:
    settings = dict(request.settings)
    if "TIMELY_DATA_DIR" in settings:
        settings["TIMELY_DATA_DIR"] = os.path.abspath(os.path.expanduser(settings["TIMELY_DATA_DIR"]))
    return settings


def _as_typed(sentence: str, request: Request) -> str:
    """The sentence with the flag that was typed in place of the variable that it stands for."""
    for variable, flag in request.flags.items():
        sentence = sentence.replace(f" ({variable})", "").replace(variable, flag)
    return sentence


def _as_ctrl_c(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
