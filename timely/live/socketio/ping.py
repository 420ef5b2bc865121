"""Sends the pings of all clients, and ends those that do not answer."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from engineio import packet as eio_packet

from timely.live.connection import BATCH_SIZE, CHECK_INTERVAL

log = logging.getLogger(__name__)

# Seconds. Pings due within this time are sent in one go, so that their answers come together.
BATCH_SECONDS = 0.1


class PingScheduler:
    """Sends every client its ping when it is due, and ends clients that did not answer.

    Two tasks serve all clients. The library uses a sleeping task for each client's ping, and wakes again to check it.
    """

    def __init__(self, eio: Any, spawn: Callable[..., Any]):
        self._eio, self._spawn = eio, spawn
        self._due: deque[tuple[float, Any]] = deque()  # sorted by time, because all clients have the same interval
        self._is_running = self._is_checking = False
        self._lock = threading.Lock()

    def add(self, socket: Any) -> None:
        """Schedules the next ping, after the server's interval; called when the client has answered the last one."""
        with self._lock:
            self._due.append((time.monotonic() + self._eio.ping_interval, socket))
            is_first, is_new = not self._is_running, not self._is_checking
            self._is_running = self._is_checking = True
        if is_first:
            self._spawn(self._run)
        if is_new:
            self._spawn(self._check_clients)

    def _run(self) -> None:
        packet, sent = eio_packet.Packet(eio_packet.PING), 0
        while True:
            with self._lock:
                if not self._due:
                    self._is_running = False
                    return
                at, socket = self._due[0]
                left = at - time.monotonic()
                if left <= 0:
                    self._due.popleft()
            if left > 0 or sent % BATCH_SIZE == BATCH_SIZE - 1:
                sent = 0
                self._eio.sleep(max(BATCH_SECONDS, left) if left > 0 else 0)
            if left <= 0:
                sent += 1
                self._ping(socket, packet)

    def _ping(self, socket: Any, packet: Any) -> None:
        if socket.closing or socket.closed:
            return
        socket.last_ping = time.time()
        try:
            socket.send(packet)
        except Exception:
            log.exception("a ping could not be sent")

    def _check_clients(self) -> None:
        """Checks all clients every `CHECK_INTERVAL` seconds: ends those that did not answer, removes closed ones."""
        while True:
            self._eio.sleep(CHECK_INTERVAL)
            with self._lock:
                if not self._eio.sockets:
                    self._is_checking = False
                    return
            for number, socket in enumerate(list(self._eio.sockets.values())):
                if number % BATCH_SIZE == BATCH_SIZE - 1:
                    self._eio.sleep(0)
                try:
                    if socket.closed:
                        self._eio.sockets.pop(socket.sid, None)
                    elif not socket.closing:
                        socket.check_ping_timeout()
                except Exception:
                    log.exception("checking a client failed")
