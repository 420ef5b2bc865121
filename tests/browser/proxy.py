"""A small proxy for tests: passes everything on, but swallows what follows a WebSocket's 101."""

import contextlib
import socket
import threading
from types import TracebackType


class Proxy:
    """Listens on `port` as long as it is open. `swallowed` counts the bytes of frames that nobody got."""

    def __init__(self, to: int) -> None:
        self.to, self.swallowed = to, 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.door.getsockname()[1])
        self.sockets: list[socket.socket] = []

    def __enter__(self) -> "Proxy":
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for one in [self.door, *self.sockets]:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.door.accept()
                server = socket.create_connection(("127.0.0.1", self.to))
                self.sockets += [client, server]
                is_frames = threading.Event()
                for ends in ((client, server), (server, client)):
                    threading.Thread(target=self._forward, args=(*ends, is_frames), daemon=True).start()

    def _forward(self, source: socket.socket, target: socket.socket, is_frames: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if is_frames.is_set():
                    self.swallowed += len(data)
                    continue
                target.sendall(data)
                if data.startswith(b"HTTP/1.1 101"):
                    is_frames.set()
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
