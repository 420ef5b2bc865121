"""The folder .venv beside start.py: checks, creates, repairs and fills it."""

import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launch import install_errors, install_packages
from launch.lock import only_one
from launch.messages import Refused, say


@dataclass(frozen=True)
class DotVenv:
    """The .venv of the Timely in *root*, by absolute paths."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def stamp(self) -> Path:
        return self.folder / "timely-stamp.json"


def prepare(venv: DotVenv, lists: Sequence[Path]) -> None:
    """Makes sure that all packages in the requirement *lists* are installed. Raises Refused with a sentence."""
    if is_ready(venv, lists):
        return
    with only_one(venv.root / ".venv.lock") as lock:
        if is_ready(venv, lists):  # another start has done it while this one waited
            return
        try:
            _make_or_mend(venv, lock)
            install_packages.install(venv.python, lists, lock)
            _write_stamp(venv, lists)
        except OSError as error:
            raise Refused(install_errors.of_system(error, str(venv.root))) from error
    say("Installed.")


def is_ready(venv: DotVenv, lists: Sequence[Path]) -> bool:
    """Whether the last install was finished, here, with these lists, and its Python still runs."""
    stamp = _read_stamp(venv)
    installed = stamp.get("lists")
    return (
        stamp.get("folder") == str(venv.folder)
        and isinstance(installed, dict)
        and all(installed.get(path.name) == _fingerprint(path) for path in lists)
        and stamp.get("python") == _python_version(venv)
    )


def _make_or_mend(venv: DotVenv, lock: int) -> None:
    """Makes a .venv with a working Python and pip. Usable parts are kept: a moved folder needs no internet."""
    stamp = _read_stamp(venv)
    runs = _python_version(venv)
    # An install without its stamp is one that was interrupted, whatever happens from here.
    venv.stamp.unlink(missing_ok=True)
    if not venv.folder.exists():
        say("Preparing Timely for the first time. This takes a minute and needs the internet, once.")
        _make(venv, lock)
    elif runs is None or stamp.get("python", runs) != runs:
        say("The Python that Timely was set up with is gone. Setting it up anew, with the internet.")
        _make(venv, lock, "--clear")
    elif not stamp:
        say("The last install was not finished. Going on with it.")
        install_packages.drop_unfinished(install_packages.site_packages(venv.python))
        if not _has_pip(venv):
            _make(venv, lock, "--clear")
    elif stamp.get("folder") != str(venv.folder):
        say("This folder was moved or copied. Putting .venv right.")
        _make(venv, lock)
        _mend_scripts(venv, str(stamp.get("folder")))
    else:
        say("Installing what this version of Timely needs.")


def _make(venv: DotVenv, lock: int, *how: str) -> None:
    version = "{}.{}".format(*sys.version_info)
    if not (importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv")):
        raise Refused(install_errors.DEBIAN_WITHOUT_VENV.format(version=version))
    made = subprocess.run(
        [sys.executable, "-m", "venv", *how, str(venv.folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=() if os.name == "nt" else (lock,),  # it may outlive this process; the next start then waits for it
    )
    if made.returncode != 0:
        # venv hides the error of the pip inside it.
        full = shutil.disk_usage(venv.root).free < 20_000_000
        said = "No space left on device" if full else made.stdout
        raise Refused(install_errors.sentence(said, str(venv.root), version, platform.machine()))


def _mend_scripts(venv: DotVenv, old_folder: str) -> None:
    """Corrects the first line of commands such as .venv/bin/pytest, which names their Python.

    Windows has programs instead.
    """
    old, new = os.fsencode(old_folder), os.fsencode(venv.folder)
    for script in (venv.folder / "bin").glob("*"):
        if script.is_file() and not script.is_symlink():
            text = script.read_bytes()
            if text.startswith(b"#!" + old):
                script.write_bytes(b"#!" + new + text[2 + len(old) :])


def _has_pip(venv: DotVenv) -> bool:
    asked = subprocess.run([str(venv.python), "-m", "pip", "--version"], capture_output=True)
    return asked.returncode == 0


def _python_version(venv: DotVenv) -> str | None:
    """The version of the Python in .venv, such as 3.12; None if it does not run."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    if not (venv.folder / "pyvenv.cfg").exists():
        return None
    try:
        asked = subprocess.run([str(venv.python), "-I", "-S", "-c", ask], capture_output=True, text=True)
    except OSError:
        return None
    return asked.stdout.strip() or None


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_stamp(venv: DotVenv) -> dict[str, Any]:
    try:
        stamp = json.loads(venv.stamp.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(venv: DotVenv, lists: Sequence[Path]) -> None:
    stamp = {
        "folder": str(venv.folder),
        "python": _python_version(venv),
        "lists": {path.name: _fingerprint(path) for path in lists},
    }
    trial = venv.stamp.with_suffix(".new")
    trial.write_text(json.dumps(stamp, indent=1), "utf-8")
    os.replace(trial, venv.stamp)
