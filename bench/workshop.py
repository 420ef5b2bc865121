"""Tools that the benches need besides Python: compiled or installed once, and kept beside the packages."""

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from launch.lock import only_one

HERE = Path(__file__).resolve().parent
KEPT = Path(sys.prefix) / "bench"
# The machine's own, and no other: what is measured is not tuned to one processor.
COMPILER = ("cc", "-O2")


class Missing(Exception):
    """Something that this computer does not have; the sentence says what to install."""


def compiled(source: Path) -> Path:
    """The program made of a C file, anew only when the file has changed. Raises Missing."""
    if not shutil.which(COMPILER[0]):
        raise Missing("There is no C compiler: install one, such as Debian's package gcc, and libc6-dev with it.")
    program = KEPT / f"{source.stem}-{_print_of(source)}"
    with _only_one():
        if not program.exists():
            _run(*COMPILER, "-o", str(program) + ".new", str(source))
            Path(str(program) + ".new").rename(program)
    return program


def node_folder() -> Path:
    """The folder of Node's server with its packages. Raises Missing."""
    if not shutil.which("node") or not shutil.which("npm"):
        raise Missing("Node and npm are not installed.")
    source = HERE / "references" / "node"
    names = ("package.json", "package-lock.json", "server.js")
    folder = KEPT / f"node-{_print_of(*(source / name for name in names))}"
    with _only_one():
        if not (folder / "complete").exists():
            folder.mkdir(exist_ok=True)
            for name in names:
                shutil.copy(source / name, folder)
            _run("npm", "ci", "--no-audit", "--no-fund", "--silent", cwd=folder)
            (folder / "complete").touch()
    return folder


def channels_folder() -> Path:
    """The bin folder of Channels' own environment, for it would mix its packages with ours. Raises Missing."""
    listed = HERE / "references" / "channels.txt"
    folder = KEPT / f"channels-{_print_of(listed)}"
    with _only_one():
        if not (folder / "complete").exists():
            venv.create(folder, with_pip=True, clear=True)
            words = ("-m", "pip", "install", "--quiet", "--only-binary", ":all:", "-r", str(listed))
            _run(str(folder / "bin" / "python"), *words)
            (folder / "complete").touch()
    return folder / "bin"


def _only_one() -> only_one:
    try:
        KEPT.mkdir(exist_ok=True)
    except OSError as error:
        raise Missing(f"{KEPT} cannot be made ({error.strerror}): use the Python that start.py made.") from error
    return only_one(KEPT / "making.lock")


def _print_of(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _run(*words: str, cwd: Path | None = None) -> None:
    done = subprocess.run(words, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise Missing(f"{Path(words[0]).name} {' '.join(words[1:3])} failed: {done.stderr.strip()[-500:]}")
