"""What start.py says: to standard error, for standard output belongs to the command alone."""

import os
import sys
from typing import TextIO

# Windows has a launcher of its own, and seldom a python3.
START = "py start.py" if os.name == "nt" else "python3 start.py"


class Refused(Exception):
    """Start.py cannot go on; the sentence says why and what to do."""


def say(sentence: str) -> None:
    """One line for the person at the laptop."""
    print(sentence, file=sys.stderr, flush=True)


class Progress:
    """One line that is written over in a terminal; a line for each step anywhere else."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.in_place = self.stream.isatty()
        self.shown = ""

    def show(self, step: str) -> None:
        """Say what is being done now."""
        if step == self.shown:
            return
        if self.in_place:
            # Cut, for a line that wraps could not be written over.
            self.stream.write("\r" + step[:76].ljust(max(len(self.shown[:76]), len(step[:76]))))
        else:
            self.stream.write(step + "\n")
        self.stream.flush()
        self.shown = step

    def done(self) -> None:
        """Leave the line, so that what is said next starts a new one."""
        if self.in_place and self.shown:
            self.stream.write("\r" + " " * min(len(self.shown), 76) + "\r")
            self.stream.flush()
        self.shown = ""
