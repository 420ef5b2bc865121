"""Request bodies: read within a time-out, in pieces with yields between them; misplaced ones are refused."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from email.message import Message
from typing import Any

from config import LARGEST_REQUEST
from servers.chunked_body import Chunks

TimeLimit = Callable[[float, Exception], AbstractContextManager[Any]]

WITH_BODY = ("POST", "PUT", "PATCH", "DELETE")
PIECE = 65_536
# Short reads, such as chunks or lines of a form, before yielding to other connections.
READS_IN_A_ROW = 64
# What the app left unread is read and discarded, or the browser would not see the response; up to this many bytes.
MOST_UNREAD = 2 * LARGEST_REQUEST
NO_BODY_HERE = (
    b"HTTP/1.1 413 Content Too Large\r\nContent-Type: text/plain\r\nContent-Length: 34\r\nConnection: close\r\n\r\n"
    b"This kind of request has no body.\n"
)


def is_misplaced(method: str, headers: Message) -> bool:
    """Whether the request has a body that its method does not allow. It is not read; the connection must end."""
    if method in WITH_BODY:
        return False
    return "Transfer-Encoding" in headers or any(one.strip() != "0" for one in headers.get_all("Content-Length", ()))


def has_clear_length(headers: Message) -> bool:
    """Whether it is certain where the body ends: at most one length, as plain digits, or one coding, in chunks."""
    sizes, codings = headers.get_all("Content-Length", []), headers.get_all("Transfer-Encoding", [])
    return (
        len(sizes) + len(codings) <= 1
        and all(size.isascii() and size.isdecimal() and len(size) < 16 for size in sizes)
        and all(coding.lower().strip() == "chunked" for coding in codings)
    )


class Measured:
    """File of the first *size* bytes of *file*. Raises ConnectionResetError if it ends too early."""

    def __init__(self, file: Any, size: int) -> None:
        self.file, self.left = file, size

    @property
    def is_over(self) -> bool:
        return not self.left

    def read(self, size: int) -> bytes:
        return self._count(self.file.read, size)

    def readline(self, size: int) -> bytes:
        return self._count(self.file.readline, size)

    def _count(self, read: Any, size: int) -> bytes:
        wanted = min(size, self.left)
        found: bytes = read(wanted) if wanted else b""
        if wanted and not found:
            raise ConnectionResetError("The body ended too early")
        self.left -= len(found)
        return found


class Body:
    """File with one time-out for all of its reads, of *seconds* from the first one. Raises TimeoutError.

    *limit(seconds, error)* is a context manager that raises *error* after so long. *give_up* is called before an error
    is passed on: the start of the next request is not known then, so the connection must end.
    """

    def __init__(
        self, file: Measured | Chunks, seconds: float, limit: TimeLimit, give_up: Callable[[], None]
    ) -> None:
        self.file, self.seconds = file, seconds
        self.limit, self.give_up = limit, give_up
        self.until: float | None = None
        self._reads = 0
        self._is_broken = False

    def read(self, size: int | None = -1) -> bytes:
        """*size* bytes, or all if negative or None; fewer only at the end."""
        return self._in_time(lambda: self._read(-1 if size is None else size))

    def readline(self, size: int | None = -1) -> bytes:
        return self._in_time(lambda: self._readline(-1 if size is None else size))

    def readlines(self, hint: int = -1) -> list[bytes]:
        return list(self)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def discard(self) -> None:
        """Reads and drops the rest of the body. Calls `give_up` if that takes too many bytes or reads."""
        if self.file.is_over or self._is_broken:
            return
        try:
            for _ in range(MOST_UNREAD // PIECE + READS_IN_A_ROW):
                if not self.read(PIECE):
                    return
        except OSError:
            return  # `give_up` was called already
        self.give_up()

    def _read(self, size: int) -> bytes:
        pieces: list[bytes] = []
        left = size
        while left and (piece := self.file.read(PIECE if left < 0 else min(left, PIECE))):
            pieces.append(piece)
            left = left if left < 0 else left - len(piece)
            self._let_others(len(piece) == PIECE)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _readline(self, size: int) -> bytes:
        line = b""
        while size < 0 or len(line) < size:
            part = self.file.readline(PIECE if size < 0 else min(size - len(line), PIECE))
            line += part
            self._let_others(len(part) == PIECE)
            if not part or part.endswith(b"\n"):
                break
        return line

    def _let_others(self, is_large: bool) -> None:
        self._reads += 1
        if is_large or self._reads % READS_IN_A_ROW == 0:
            time.sleep(0)  # yield: a read whose data is there already never does

    def _in_time(self, read: Callable[[], bytes]) -> bytes:
        now = time.monotonic()
        if self.until is None:
            self.until = now + self.seconds
        error = TimeoutError("The request came too slowly")
        try:
            if now > self.until:
                raise error  # with no time left, *limit* would still allow reading what has arrived
            with self.limit(self.until - now, error):
                return read()
        except OSError:
            self._is_broken = True
            self.give_up()
            raise
