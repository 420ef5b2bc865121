"""A screen that nobody sees, for engines that want a window."""

import struct
from pathlib import Path

from tests.engines.places import program
from tests.engines.processes import Answers, Child

WIDTH, HEIGHT = 1280, 1000


class Screen:
    """Xvfb, on a display that it finds free by itself; its pixels stand in a file of *folder*."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "screen"
        self.folder.mkdir()
        answers = Answers()
        size = f"{WIDTH}x{HEIGHT}x24"
        words = ["Xvfb", "-displayfd", str(answers.write_end), "-screen", "0", size, "-nolisten", "tcp"]
        self.child = Child([*words, "-fbdir", str(self.folder)], self.folder, answers=answers)
        try:
            self.environ = {"DISPLAY": f":{answers.line()}"}
        except BaseException:
            self.close()
            raise
        finally:
            answers.close()

    @staticmethod
    def missing() -> str:
        return "" if program("Xvfb") else "Xvfb is not installed (Debian xvfb)."

    def close(self) -> None:
        self.child.close()

    def picture(self) -> bytes:
        """What is on it, in greys and twice as large: an image in the PGM format."""
        dump = (self.folder / "Xvfb_screen0").read_bytes()
        # X's own format: the size of the header first; then, among others, the length of a line and of the colour map.
        header = struct.unpack(">25I", dump[:100])
        line, start = header[12], header[0] + 12 * header[19]
        rows = []
        for y in range(HEIGHT):
            # Of the four bytes of a pixel the green one: dark letters are dark in it.
            grey = dump[start + y * line : start + (y + 1) * line][1 : 4 * WIDTH : 4]
            wide = bytearray(2 * WIDTH)
            wide[0::2] = wide[1::2] = grey
            rows += [wide, wide]
        return b"P5 %d %d 255\n" % (2 * WIDTH, 2 * HEIGHT) + b"".join(rows)
