"""Reader for chunked request bodies (RFC 9112, 7.1), with a limit on the number of chunks."""

from typing import Any

# Browsers send no chunks, programs a few. In chunks of one byte, 8 MB would be more than a million of them.
MOST_CHUNKS = 4096
LONGEST_LINE = 1024  # a chunk's size with its extensions, or one line of a trailer
MOST_TRAILERS = 64
HEX = frozenset(b"0123456789abcdefABCDEF")


class BadChunks(OSError):
    """Malformed or too many chunks. The start of the next request is not known then."""


class Chunks:
    """File of the decoded bytes of *file*. Raises BadChunks, and ConnectionResetError if the body ends too early."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.is_over = False
        self._left = self._count = 0

    def read(self, size: int) -> bytes:
        """Up to *size* bytes, from one chunk only; b"" at the end."""
        return self._take(self.file.read, size)

    def readline(self, size: int) -> bytes:
        return self._take(self.file.readline, size)

    def _take(self, read: Any, size: int) -> bytes:
        if self.is_over or not size or not (self._left or self._begin()):
            return b""
        found: bytes = read(min(size, self._left))
        if not found:
            raise ConnectionResetError("The body ended too early")
        self._left -= len(found)
        if not self._left and self._line():
            raise BadChunks("A chunk is longer than it says")
        return found

    def _begin(self) -> int:
        """The size of the next chunk; 0 for the last one."""
        self._count += 1
        if self._count > MOST_CHUNKS:
            raise BadChunks("Too many chunks")
        size = self._line().partition(b";")[0].strip(b" \t")
        if not size or len(size) > 16 or not HEX.issuperset(size):
            raise BadChunks("A chunk does not say how long it is")
        self._left = int(size, 16)
        if not self._left:
            self._skip_trailers()
        return self._left

    def _skip_trailers(self) -> None:
        for _ in range(MOST_TRAILERS):
            if not self._line():
                self.is_over = True
                return
        raise BadChunks("Too long a trailer")

    def _line(self) -> bytes:
        line: bytes = self.file.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise BadChunks("A line is too long") if line else ConnectionResetError("The body ended too early")
        return line.rstrip(b"\r\n")
