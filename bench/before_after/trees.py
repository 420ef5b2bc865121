"""Source trees that are compared: an earlier commit, checked out into a temporary folder, and this one."""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.server import ROOT

COMMIT = "6dcbf8b"


@dataclass(frozen=True)
class Trees:
    """The roots of both. Their programs run on this environment's packages."""

    before: Path
    after: Path = ROOT

    def __iter__(self) -> Iterator[Path]:
        return iter((self.before, self.after))


@contextmanager
def checked_out(commit: str = COMMIT) -> Iterator[Trees]:
    """Raises RuntimeError where the repository does not have the commit."""
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=False)
    if archive.returncode:
        raise RuntimeError(f"commit {commit} cannot be checked out: {archive.stderr.decode().strip()}")
    with tempfile.TemporaryDirectory(prefix="timely-before-") as folder:
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
            files.extractall(folder, filter="data")
        yield Trees(Path(folder))
