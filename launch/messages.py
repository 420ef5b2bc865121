"""Messages of start.py: to standard error, because standard output belongs to the command alone."""

import os
import sys
from typing import TextIO

# Windows has a launcher of its own, and seldom a python3.
START = "py start.py" if os.name == "nt" else "python3 start.py"


class Refused(Exception):
    """start.py cannot go on; the sentence says why and what to do."""


def say(sentence: str) -> None:
    """Prints one message for the person at the laptop."""
    print(sentence, file=sys.stderr, flush=True)


class Progress:
    """Progress line: overwritten in a terminal; a line for each step elsewhere."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.in_place = self.stream.isatty()
        self.shown = ""

    def show(self, step: str) -> None:
        """Shows the present step."""
        if step == self.shown:
            return
        if self.in_place:
            # Cut, because a wrapped line could not be overwritten.
            self.stream.write("\r" + step[:76].ljust(max(len(self.shown[:76]), len(step[:76]))))
        else:
            self.stream.write(step + "\n")
        self.stream.flush()
        self.shown = step

    def done(self) -> None:
        """Clears the line, so that the next message starts a new one."""
        if self.in_place and self.shown:
            self.stream.write("\r" + " " * min(len(self.shown), 76) + "\r")
            self.stream.flush()
        self.shown = ""
