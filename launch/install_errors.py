"""Errors while installing: turns output of venv or pip into a sentence with a remedy."""

import errno
import re

DEBIAN_WITHOUT_VENV = (
    "This Python cannot make the folder .venv, for Debian and Ubuntu keep that part in a package of its own. "
    "Install it with\n    sudo apt install python{version}-venv\n(or python3-venv), and start again."
)

# The order matters: a full disk also makes downloads fail, and an offline pip also reports that it found no version.
FAULTS = (
    (
        r"No space left on device|Disk quota exceeded|\[Errno 28\]|\[WinError 112\]|not enough space",
        "The disk is full. Make room (Timely needs about {space} MB) and start again: it goes on.",
    ),
    (
        r"ensurepip is not\s+available|No module named '?ensurepip|No module named '?venv\b",
        DEBIAN_WITHOUT_VENV,
    ),
    (
        r"Read-only file system|Permission denied|\[WinError 5\]|\[Errno (13|30)\]",
        "Timely may not write into its own folder {folder}. Copy the folder to a place where you may write, "
        "such as your home folder, and start it there.",
    ),
    (
        r"NewConnectionError|NameResolutionError|name resolution|getaddrinfo failed|Max retries exceeded|"
        r"Network is unreachable|No route to host|Connection refused|ConnectTimeout|ReadTimeout|timed out|"
        r"ProxyError|Tunnel connection failed|Connection aborted|ConnectionReset|SSLError|IncompleteRead|"
        r"ProtocolError|Remote end closed|connection error",
        "The internet could not be reached. The first start needs it once, to fetch what Timely runs on; "
        "later ones do not. Connect this computer (a phone's hot spot will do) and start again: it goes on.",
    ),
    (
        r"No matching distribution found for (?P<package>\S+)",
        "There is no ready-made {package} for this computer (Python {version}, {machine}). "
        "Start Timely with Python 3.11 to 3.14 from https://www.python.org/downloads/.",
    ),
    (
        r"THESE PACKAGES DO NOT MATCH THE HASHES",
        "What was downloaded is not what was expected. Start again, or try another network.",
    ),
)

SPACE_MB = 150


def sentence(output: str, folder: str, version: str, machine: str) -> str:
    """The sentence for the person at the laptop; with pip's last lines if the error is unknown."""
    for pattern, words in FAULTS:
        if found := re.search(pattern, output):
            package = found.groupdict().get("package") or ""
            return words.format(
                space=SPACE_MB, folder=folder, version=version, machine=machine, package=package
            )
    last = [line for line in output.splitlines() if line.strip()][-6:]
    return "\n".join(["Installing failed. What was said last:", *("    " + line for line in last)])


def of_system(error: OSError, folder: str) -> str:
    """The same for an error of the operating system."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return sentence("No space left on device", folder, "", "")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return sentence("Permission denied", folder, "", "")
    return f"Timely cannot make {error.filename or folder}: {error.strerror or error}."
