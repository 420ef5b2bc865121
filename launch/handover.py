"""Hands over to the Python of .venv, so that its output, signals and exit code are those of start.py."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence


def hand_over(command: Sequence[str], environ: Mapping[str, str]) -> int:
    """Replaces this process by *command*. Returns only on Windows, with its exit code."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execve(command[0], list(command), dict(environ))
    # Ctrl-C reaches both processes; the one that serves decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.run(command, env=dict(environ)).returncode
