"""A disk that fails and a clock that jumps, for the real server: faults.c is loaded before the C library."""

import errno
import mmap
import os
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("faults.c")
LAYOUT = struct.Struct("=qqq")


class Faults:
    """Sets the faults of a server that was started with `environ`, from now on."""

    def __init__(self, library: Path, file: Path, folder: Path) -> None:
        file.write_bytes(bytes(LAYOUT.size))
        self.environ = {"LD_PRELOAD": str(library), "FAULTS_FILE": str(file), "FAULTS_FOLDER": str(folder)}
        with file.open("r+b") as opened:
            self._memory = mmap.mmap(opened.fileno(), LAYOUT.size)

    def mend(self) -> None:
        self.clock_ahead(0)
        self.writes_fail(0)

    def clock_ahead(self, seconds: int) -> None:
        """The server's time of day is so much later, or earlier, than it is."""
        self._set(0, seconds)

    def writes_fail(self, error: int) -> None:
        """With this error number; 0: they do not."""
        self._set(1, error)

    @property
    def synced(self) -> int:
        """The number of fsync calls on files of the folder."""
        return int(LAYOUT.unpack(self._memory[: LAYOUT.size])[2])

    def _set(self, place: int, value: int) -> None:
        self._memory[place * 8 : place * 8 + 8] = struct.pack("=q", value)


def build(folder: Path) -> Path:
    """The library. Where there is no compiler the test is skipped; where tests must count it fails."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not Path("/proc/self/fd").exists():
        why = "needs a C compiler and Linux"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(why)
    library = folder / "faults.so"
    subprocess.run([str(compiler), "-O2", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    return library


NO_ROOM, READ_ONLY, BROKEN = errno.ENOSPC, errno.EROFS, errno.EIO
