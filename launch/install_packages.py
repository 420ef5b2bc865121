"""Fetches and installs the pinned wheels with pip, showing progress."""

import os
import platform
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import Empty, Queue

from launch import install_errors
from launch.messages import Progress, Refused

# pip's own settings (its files and PIP_ variables) apply as usual. Only wheels, so that no compiler is needed. And only
# those whose hashes are in the lists, from any source.
PIP_INSTALL = (
    *("-m", "pip", "install", "--only-binary", ":all:", "--require-hashes"),
    *("--no-input", "--disable-pip-version-check"),
    *("--progress-bar", "off", "--no-warn-script-location", "--no-color"),
)
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==[^;\s]+(?:\s*;\s*sys_platform\s*==\s*\"(\w+)\")?", re.MULTILINE)
# "Collecting Flask==3.1.3 (from ...)", or from a folder of wheels "Processing ./flask-3.1.3-py3-none-any.whl"
FETCHES = re.compile(
    r"(?:Collecting |Requirement already satisfied: |Processing (?:\S*[/\\])?)"
    r"([A-Za-z0-9._-]+?)(?:[=<>!~ \[(;]|-\d|$)"
)
LOOK_SECONDS = 0.1


def install(python: Path, lists: Sequence[Path], lock: int) -> None:
    """Installs all packages in the requirement *lists*. Raises Refused with a sentence.

    The file of the *lock* stays open for as long as pip runs, even if this process is killed.
    """
    command = [str(python), *PIP_INSTALL]
    for path in lists:
        command += ["-r", str(path)]
    progress = Progress()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        encoding="utf-8",
        errors="replace",
        pass_fds=() if os.name == "nt" else (lock,),
    )
    try:
        said = _follow(process, names(lists), site_packages(python), progress)
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        progress.done()
    if process.returncode != 0:
        version = "{}.{}".format(*sys.version_info)
        machine = f"{platform.system()} {platform.machine()}"
        raise Refused(install_errors.sentence(said, str(python.parent.parent.parent), version, machine))


def _follow(process: subprocess.Popen[str], wanted: dict[str, str], folder: Path, progress: Progress) -> str:
    """Shows pip's progress until it ends, and returns all of its output."""
    lines: Queue[str | None] = Queue()
    threading.Thread(target=_read, args=(process, lines), daemon=True).start()
    said: list[str] = []
    fetched: list[str] = []
    coming: set[str] = set()
    complete = set(finished(folder))
    while True:
        try:
            line = lines.get(timeout=LOOK_SECONDS)
        except Empty:
            line = ""
        # pip is silent while it installs, so the folder is checked instead.
        for name in coming & set(finished(folder)) - complete:
            complete.add(name)
            progress.show(f"installing {len(coming & complete)} of {len(coming)}: {wanted.get(name, name)}")
        if line is None:
            process.wait()
            return "".join(said)
        said.append(line)
        if found := FETCHES.match(line):
            if (name := plain(found[1])) not in fetched:
                fetched.append(name)
            if not line.startswith("Requirement already"):
                total = max(len(wanted), len(fetched))
                progress.show(f"fetching {len(fetched)} of {total}: {wanted.get(name, name)}")
        elif found := re.match(r"\s*Downloading (\S+\.whl \(.*\))", line):
            progress.show(f"downloading {found[1]}")
        elif "Retrying (" in line:
            progress.show("the internet does not answer; trying again")
        elif line.startswith("Installing collected packages:"):
            coming = {plain(name) for name in line.partition(":")[2].split(",")}
            complete -= coming  # a newer version replaces one that is complete


def _read(process: subprocess.Popen[str], lines: Queue[str | None]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put(None)


def names(lists: Sequence[Path]) -> dict[str, str]:
    """{plain name: name as written} of the packages that the lists, and lists named in them, pin for this system."""
    found: dict[str, str] = {}
    for path in lists:
        text = path.read_text("utf-8")
        found.update(names([path.parent / other for other in re.findall(r"^-r (\S+)", text, re.MULTILINE)]))
        for name, system in PINNED.findall(text):
            if system in ("", sys.platform):
                found[plain(name)] = name
    return found


def plain(name: str) -> str:
    """The normalised name of a package, for comparison."""
    return re.sub(r"[-_.]+", "-", name).lower().strip()


def site_packages(python: Path) -> Path:
    """The folder that the .venv of that *python* installs into."""
    venv = python.parent.parent
    return next(iter(venv.glob("lib/python*/site-packages")), venv / "Lib" / "site-packages")


def finished(folder: Path) -> Iterator[str]:
    """The plain names of completely installed packages: pip writes a package's RECORD last."""
    for record in folder.glob("*.dist-info/RECORD"):
        yield plain(record.parent.name.removesuffix(".dist-info").rpartition("-")[0])


def drop_unfinished(folder: Path) -> None:
    """Removes the metadata of packages that an interrupted pip left half installed, so that it installs them again."""
    for info in folder.glob("*.dist-info"):
        if not (info / "RECORD").exists():
            shutil.rmtree(info, ignore_errors=True)
