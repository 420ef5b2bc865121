"""Small disks that can be filled; mounting them needs root."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of so many megabytes at *folder*. Skips the test where none can be mounted."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "timely-test", str(folder)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(words, capture_output=True).returncode != 0:
        pytest.skip("only root may mount a small disk")
    try:
        yield folder
    finally:
        with suppress(subprocess.CalledProcessError):
            subprocess.run(["umount", "-l", str(folder)], check=True)


def read_only(folder: Path) -> None:
    """From now on nothing on the disk can be written. No program may have a file of it open for writing."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """The file that takes all the room that is left on the disk."""
    filler = folder / "holiday-film.mp4"
    with filler.open("wb", buffering=0) as film:
        for size in (65_536, 4_096, 512, 1):
            with suppress(OSError):
                while True:
                    film.write(bytes(size))
    return filler
