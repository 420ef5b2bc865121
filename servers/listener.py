"""Listening socket: says why it cannot start, and survives failing clients and a lack of file descriptors."""

import errno
import logging
import socket
import sys
import time
import weakref
from contextlib import suppress
from typing import Any, Protocol

from launch import ports
from launch.messages import Refused
from timely.metrics import CONNECTIONS

# Connections accepted in a row before yielding to those that are open.
IN_A_ROW = 16
WAITING_AT_THE_DOOR = 1024  # length of the accept queue: after a restart all clients reconnect at once
# Errors of a process or system that has no room for another socket; there is room again when a client leaves.
FULL = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, getattr(errno, "WSAEMFILE", errno.EMFILE)}

log = logging.getLogger("timely.server")


class Admission(Protocol):
    """Decides which connections are accepted. Must be safe for threads."""

    def admit(self, address: str) -> bool:
        """Whether one more connection from the address is allowed; it is counted if so."""

    def is_gone(self, client: Any, address: str) -> bool:
        """Whether the client has disconnected already, so that it need not be served."""

    def leave(self, address: str) -> None:
        """A connection that was admitted is closed."""


class AllowAll:
    """Admits every connection; the default."""

    def admit(self, address: str) -> bool:
        return True

    def is_gone(self, client: Any, address: str) -> bool:
        return False

    def leave(self, address: str) -> None:
        """Does nothing: no connection is counted."""


class Closed(SystemExit):
    """The listener has been shut. A SystemExit, because that also ends eventlet's own accept loop."""


class Listener:
    """The listening socket; its accept() survives disconnecting clients and a lack of file descriptors.

    *guests* decides which connections are admitted; the server calls `leave` when an admitted connection is closed.
    Others are sent *refusal*, a complete HTTP response.
    """

    def __init__(self, listening: Any, guests: Admission | None = None, refusal: bytes = b"") -> None:
        self.listening = listening
        self.guests: Admission = guests or AllowAll()
        self.refusal = refusal
        self.closing = False
        self.told_at = float("-inf")
        self._let_in = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.listening, name)

    def accept(self) -> tuple[Any, Any]:
        """The next admitted client, and its address. Raises Closed after `shut`."""
        while True:
            try:
                client, address = self.listening.accept()
            except OSError as error:
                if self.closing:
                    raise Closed from error
                # Anything but FULL is a client that disconnected before it was accepted.
                if error.errno in FULL:
                    self.tell(error)
                time.sleep(0.1 if error.errno in FULL else 0.01)
                continue
            if self.guests.admit(address[0]):
                CONNECTIONS.inc()
                self._let_in += 1
                if self._let_in % IN_A_ROW == 0:
                    time.sleep(0)
                if not self.guests.is_gone(client, address[0]):
                    return client, address
                self.leave(address)
                client.close()
                continue
            self._turn_away(client)

    def _turn_away(self, client: Any) -> None:
        with suppress(OSError):  # it has disconnected already
            client.settimeout(0)  # never wait for a client that is refused
            client.send(self.refusal)
            client.shutdown(socket.SHUT_WR)
        client.close()

    def leave(self, address: Any) -> None:
        """Uncounts an admitted connection, once it is closed."""
        CONNECTIONS.dec()
        self.guests.leave(address[0])

    def tell(self, error: Exception) -> None:
        """Logs that there is no room for a connection, at most once a minute."""
        if time.monotonic() - self.told_at > 60:
            self.told_at = time.monotonic()
            log.warning("No room for one more connection (%s); newcomers wait until somebody leaves.", error)

    def shut(self) -> None:
        """Stops accepting connections."""
        self.closing = True
        self.listening.close()


class FinalizingListener:
    """The listener for eventlet's own handler, which does not report closed connections: their objects' end counts."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener

    def accept(self) -> tuple[Any, Any]:
        client, address = self._listener.accept()
        weakref.finalize(client, self._listener.leave, address).atexit = False
        return client, address

    def __getattr__(self, name: str) -> Any:
        return getattr(self._listener, name)


def listen(host: str, port: int, guests: Admission | None = None, refusal: bytes = b"") -> Listener:
    """The listener on the address. Raises Refused with a sentence, usually because the port is in use."""
    try:
        return Listener(_listening(host, port), guests, refusal)
    except ports.NO_LISTENING as error:
        raise Refused(ports.refusal(host, port, error)) from error


def _listening(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        # Exclusive: a second server on the port would get half of the spectators, unnoticed.
        if sys.platform == "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # Lingering connections of the last run must not block the port.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(WAITING_AT_THE_DOOR)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        listening.close()
        raise
    return listening
