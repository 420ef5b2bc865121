"""One answer of the threaded server: from what an app says by WSGI to bytes of HTTP/1.1."""

import email.utils
from collections.abc import Callable
from typing import Any


class Answer:
    """`start` is the app's start_response. *send* takes the bytes; *keeps* says whether the connection stays open."""

    def __init__(self, send: Callable[[bytes], None], method: str, version: str, keeps: bool) -> None:
        self.send, self.method, self.version = send, method, version
        self.keeps = keeps
        self.is_begun = False
        self.size: int | None = None  # of the whole body, where that is known from the start
        self._status = ""
        self._headers: list[tuple[str, str]] = []
        self._has_body = self._is_chunked = False

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
        if exc_info and self.is_begun:
            raise exc_info[1].with_traceback(exc_info[2])
        self._status, self._headers = status, headers
        return self.write

    def write(self, data: bytes) -> None:
        head = b"" if self.is_begun else self._head()
        if not self._has_body:
            data = b""
        elif data and self._is_chunked:
            data = b"%x\r\n%b\r\n" % (len(data), data)
        if head or data:
            self.send(head + data)

    def end(self) -> None:
        if not self.is_begun:
            self.write(b"")
        if self._is_chunked:
            self.send(b"0\r\n\r\n")

    def _head(self) -> bytes:
        self.is_begun = True
        names = {name.lower(): value for name, value in self._headers}
        code = int(self._status.split(" ", 1)[0])
        self._has_body = self.method != "HEAD" and code >= 200 and code not in (204, 304)
        more = []
        if self._has_body and "content-length" not in names:
            if self.size is not None:
                more.append(("Content-Length", str(self.size)))
            elif self.version == "HTTP/1.1":
                self._is_chunked = True
                more.append(("Transfer-Encoding", "chunked"))
            else:
                self.keeps = False  # there the end of the connection is the end of the answer
        if "date" not in names:
            more.append(("Date", email.utils.formatdate(usegmt=True)))
        if names.get("connection", "").lower() == "close":
            self.keeps = False
        elif not self.keeps:
            more.append(("Connection", "close"))
        elif self.version == "HTTP/1.0":
            more.append(("Connection", "keep-alive"))
        lines = [f"HTTP/1.1 {self._status}", *(f"{name}: {value}" for name, value in [*self._headers, *more])]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
