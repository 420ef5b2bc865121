"""Limits how far simple-websocket reads ahead, so that unread messages stay in the system's buffers.

The library reads without limit, and decodes everything that has arrived. Here it stops reading while messages wait to
be handled, and reads from one connection of an address at a time.
"""

from collections.abc import Callable
from typing import Any

from timely.limits.address_queue import AddressQueue
from timely.limits.client_address import rate_limit_key
from timely.limits.disconnected import has_disconnected
from timely.live.socketio.websocket_internals import fits_simple_websocket

# Most decoded messages that may wait, and bytes per read: a message may be as short as six bytes.
MAX_UNHANDLED = 10
READ_BYTES = 512
# Longest wait for a turn, in seconds; after it the connection reads without one.
LONGEST_WAIT = 1.0
CHECK_INTERVAL = 0.25
READINGS = AddressQueue()


def bound_reading(ws: Any, address: str | None, sleep: Callable[[float], Any]) -> None:
    """Makes the library's reading task of the WebSocket wait until its messages are handled."""
    if not fits_simple_websocket():
        return
    handle, key = ws._handle_events, rate_limit_key(address)

    def handle_bounded() -> bool:
        has_turn = READINGS.acquire(key, LONGEST_WAIT)
        try:
            goes_on: bool = handle()
        finally:
            if has_turn:
                READINGS.release(key)
        sleep(0)  # yield: a read whose data is there already never does
        while goes_on and ws.connected and len(ws.input_buffer) > MAX_UNHANDLED:
            if has_disconnected(ws.sock):
                ws.input_buffer.clear()
                ws.event.set()
                return False
            sleep(CHECK_INTERVAL)
        return goes_on

    ws._handle_events, ws.receive_bytes = handle_bounded, READ_BYTES
