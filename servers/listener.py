"""Listening socket: refuses to start with a reason, and survives whatever clients do when they connect."""

import errno
import logging
import socket
import sys
import time
from contextlib import suppress
from typing import Any, Protocol

from launch import ports
from launch.say import Refused
from timely.metrics import CONNECTIONS

# So many are let in before those who are here get their turn.
IN_A_ROW = 16
WAITING_AT_THE_DOOR = 1024  # after a restart everybody comes back at once
# A process or a system that has no room for one more socket has it again when somebody leaves.
FULL = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, getattr(errno, "WSAEMFILE", errno.EMFILE)}

log = logging.getLogger("timely.server")


class Admission(Protocol):
    """May be asked from several threads at once."""

    def admit(self, address: str) -> bool:
        """Whether one more connection from the address may come in; it is counted if so."""

    def is_gone(self, client: Any, address: str) -> bool:
        """Look whether a connection has hung up already, so that nobody need serve it."""

    def leave(self, address: str) -> None:
        """A connection that was admitted is closed."""


class AllowAll:
    """Lets everybody in: where nothing else is hung on the door."""

    def admit(self, address: str) -> bool:
        return True

    def is_gone(self, client: Any, address: str) -> bool:
        return False

    def leave(self, address: str) -> None:
        """Nobody was counted."""


class Closed(SystemExit):
    """The door is closed for good; eventlet's own loop takes a SystemExit as its end too."""


class Listener:
    """The listening socket, whose accept() survives whatever a client does, and having no room left.

    *guests* decides who is let in; whoever serves a client calls `leave` when its connection is closed. Who is not
    let in reads *refusal*, a whole answer of HTTP.
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
        """The next client that is let in, and its address. Raises Closed once the door is."""
        while True:
            try:
                client, address = self.listening.accept()
            except OSError as error:
                if self.closing:
                    raise Closed from error
                # Anything else is a client that hung up before we answered the door.
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
        with suppress(OSError):  # it has gone already
            client.settimeout(0)  # nobody waits for whoever is not let in
            client.send(self.refusal)
            client.shutdown(socket.SHUT_WR)
        client.close()

    def leave(self, address: Any) -> None:
        """The connection of that client is closed."""
        CONNECTIONS.dec()
        self.guests.leave(address[0])

    def tell(self, error: Exception) -> None:
        """That there is no room, once a minute."""
        if time.monotonic() - self.told_at > 60:
            self.told_at = time.monotonic()
            log.warning("No room for one more connection (%s); newcomers wait until somebody leaves.", error)

    def shut(self) -> None:
        """Nobody comes in any more."""
        self.closing = True
        self.listening.close()


def listen(host: str, port: int, guests: Admission | None = None, refusal: bytes = b"") -> Listener:
    """The open door. Raises Refused with a sentence, above all when the port is busy."""
    try:
        return Listener(_listening(host, port), guests, refusal)
    except ports.NO_LISTENING as error:
        raise Refused(ports.refusal(host, port, error)) from error


def _listening(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        # Not shared: a second start would take half of the spectators, and nobody would know.
        if sys.platform == "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # Connections of the last run that linger do not keep the port.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(WAITING_AT_THE_DOOR)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        listening.close()
        raise
    return listening
