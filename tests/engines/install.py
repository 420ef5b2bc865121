"""Installs the engines, as root on Debian: python -m tests.engines.install [--check], which only says what is there."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.engines.catalogue import PLAIN, WITH_SCRIPT
from tests.engines.crew import Crew
from tests.engines.places import CHROMIUM_65, ENGINES, NODE_MODULES, WHEELS, program

HERE = Path(__file__).parent
# Debian has one version of each at a time: the newest that is mended.
DEBIAN = {
    "chromium": "chromium",
    "firefox-esr": "firefox-esr",
    "WebKitWebDriver": "webkit2gtk-driver",
    "Xvfb": "xvfb",
    "w3m": "w3m",
    "tmux": "tmux",
    "netsurf-fb": "netsurf-fb",
    "tesseract": "tesseract-ocr",
    "xdotool": "xdotool",
    "npm": "npm",
}
# Without a program of their own: QtWebKit, what Chromium 65 is linked to, and letters to draw with.
LIBRARIES = ("python3-pyqt5.qtwebkit", "libnss3", "libnspr4", "fonts-dejavu-core")
# name: (version, SHA-256 of the package)
NPM = {
    "chrome-aws-lambda": ("1.0.0", "002366ee9bb2f48ea90aabeaa52745c8651062cd18ff0beef4f2f07fe48f28e6"),
}


# Brotli is among the wheels, which are not in this Python's own path.
UNPACK = """
import sys, brotli
with open(sys.argv[1], "rb") as packed, open(sys.argv[2], "wb") as program:
    program.write(brotli.decompress(packed.read()))
"""


def main() -> int:
    """0 if every engine is there and starts."""
    if "--check" not in sys.argv:
        install_debian()
        install_pinned()
    return report()


def install_debian() -> None:
    needed = [package for name, package in DEBIAN.items() if not program(name)]
    needed += [package for package in LIBRARIES if not is_installed(package)]
    if not needed:
        return
    print("installing", *needed, flush=True)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *needed]):
        run(["apt-get", *words], env=environ, stdout=subprocess.DEVNULL)


def is_installed(package: str) -> bool:
    asked = subprocess.run(["dpkg-query", "-W", "-f=${Status}", package], capture_output=True, text=True)
    return asked.stdout == "install ok installed"


def install_pinned() -> None:
    """What is not from Debian: all of it anew when a version has changed or an install broke off."""
    versions = f"{NPM}\n{(HERE / 'wheels.txt').read_text('utf-8')}"
    stamp = ENGINES / "versions.txt"
    if stamp.exists() and stamp.read_text("utf-8") == versions:
        return
    print("installing into", ENGINES, flush=True)
    shutil.rmtree(ENGINES, ignore_errors=True)
    install_wheels()
    install_node()
    stamp.write_text(versions, "utf-8")


def install_wheels() -> None:
    words = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--upgrade", "--target", WHEELS]
    words += ["-r", HERE / "wheels.txt"]
    run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *words])


def install_node() -> None:
    unpack("chrome-aws-lambda")
    packed = next((NODE_MODULES / "chrome-aws-lambda").glob("bin/*.br"))
    run([sys.executable, "-c", UNPACK, packed, CHROMIUM_65], env={**os.environ, "PYTHONPATH": str(WHEELS)})
    CHROMIUM_65.chmod(0o755)
    shutil.rmtree(NODE_MODULES / "chrome-aws-lambda")


def unpack(name: str) -> None:
    """The package's own files, by npm, without what it would like beside it and without its install scripts."""
    version, expected = NPM[name]
    with tempfile.TemporaryDirectory() as folder:
        run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder, stdout=subprocess.DEVNULL)
        archive = next(Path(folder).glob("*.tgz"))
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != expected:
            raise SystemExit(f"{archive.name} is not what was expected: {found}")
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        shutil.rmtree(NODE_MODULES / name, ignore_errors=True)
        NODE_MODULES.mkdir(parents=True, exist_ok=True)
        shutil.move(Path(folder) / "package", NODE_MODULES / name)


def report() -> int:
    """Starts each engine and prints what it says of itself."""
    kinds = (*WITH_SCRIPT, *PLAIN)
    with Crew(kinds) as crew:
        said = {**{engine.name: engine.version for engine in crew.running}, **crew.absent, **crew.broken}
    for kind in kinds:
        print(f"{kind.name:12} {said[kind.name]}", flush=True)
    return 1 if crew.absent or crew.broken else 0


def run(words: Sequence[object], **how: Any) -> None:
    subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, check=True, **how)


if __name__ == "__main__":
    sys.exit(main())
