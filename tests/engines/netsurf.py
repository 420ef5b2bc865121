"""NetSurf, which only draws: what it shows is read off the screen, as one would with one's eyes."""

import subprocess

from tests.engines.engine import Plain
from tests.engines.places import program
from tests.engines.processes import PATIENCE, Child
from tests.engines.screen import Screen

NEEDED = ("netsurf-fb", "tesseract", "xdotool")
# Where its reload button is, from the left and from the top.
RELOAD = ("119", "16")


class NetSurf(Plain):
    name = "NetSurf"
    screen: Screen | None = None
    child: Child | None = None
    read = (b"", "")  # the picture that was read last, and what stood on it

    @classmethod
    def missing(cls) -> str:
        absent = [name for name in NEEDED if not program(name)]
        if absent:
            return f"{' and '.join(absent)} not installed (Debian netsurf-fb, tesseract-ocr, xdotool)."
        return Screen.missing()

    def start(self) -> None:
        # It has no word for its version: Debian's, without Debian's own number behind it.
        asked = ["dpkg-query", "-W", "-f=${Version}", "netsurf-fb"]
        said = subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE).stdout
        self.version = said.partition("-")[0]
        self.screen = Screen(self.folder)

    def stop(self) -> None:
        for child in (self.child, self.screen):
            if child:
                child.close()

    def open(self, url: str) -> None:
        assert self.screen
        if self.child:
            self.child.close()
        self.child = Child(["netsurf-fb", "-f", "x", "-w", "1200", "-h", "900", url], self.folder, self.screen.environ)

    def text(self) -> str:
        assert self.screen
        assert self.child
        self.child.require_alive()
        picture = self.screen.picture()
        if picture != self.read[0]:
            self.read = (picture, read_letters(picture))
        return self.read[1]

    def refresh(self) -> None:
        assert self.screen
        words = ["xdotool", "mousemove", *RELOAD, "click", "1"]
        subprocess.run(words, env={**self.screen.environ, "PATH": "/usr/bin:/bin"}, timeout=PATIENCE, check=True)


def read_letters(picture: bytes) -> str:
    """The words in an image, line by line, as far as they can be made out."""
    words = ["tesseract", "stdin", "stdout", "--psm", "6"]
    # One thread: the others are busy with what is being looked at.
    environ = {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(words, input=picture, env=environ, capture_output=True, timeout=PATIENCE, check=True)
    return done.stdout.decode("utf-8", "replace")
