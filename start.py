"""The one command: `python3 start.py` installs Timely beside itself and serves it. `--help` says more."""

# This file is read by whatever Python is there, however old: plain words only, and nothing that
# needs a newer one before the check below. What it does stands in launch/.
import os
import sys

SMALLEST = (3, 11)
ROOT = os.path.dirname(os.path.abspath(__file__))


def too_old(version, folders):  # type: ignore[no-untyped-def]  # a Python that is too old must be able to read it
    """What to say to a Python that is too old, or None; names a newer one if *folders* hold it."""
    if tuple(version[:2]) >= SMALLEST:
        return None
    needed = "Timely needs Python %d.%d or newer, and this is Python %d.%d." % (SMALLEST + tuple(version[:2]))
    for minor in range(14, SMALLEST[1] - 1, -1):
        for folder in folders:
            if os.path.exists(os.path.join(folder, "python3.%d" % minor)):
                return needed + " A newer one is here: start with  python3.%d start.py" % minor
    if os.name == "nt":  # its launcher finds the newest, wherever it was installed
        return needed + " Try  py start.py  or install a newer one from https://www.python.org/downloads/"
    return needed + " Install one from https://www.python.org/downloads/ and start with that."


sentence = too_old(sys.version_info, os.environ.get("PATH", "").split(os.pathsep))  # type: ignore[no-untyped-call]
if sentence:
    sys.exit(sentence)

sys.path.insert(0, ROOT)
from launch.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
