"""Handing over to the Python of .venv, so that what it prints, its signals and its exit code are ours."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence


def hand_over(command: Sequence[str], environ: Mapping[str, str]) -> int:
    """Become *command*. Comes back only on Windows, with its exit code."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execve(command[0], list(command), dict(environ))
    # Ctrl-C reaches both; the one that serves decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.run(command, env=dict(environ)).returncode
