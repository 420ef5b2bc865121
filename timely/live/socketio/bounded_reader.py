"""The reading end of simple-websocket's: what a client says waits in the system's buffers until it is heard.

The library reads ahead without end, and makes a message of all that has come. Here it reads no further while messages
wait to be heard, and of the connections of one address one at a time.
"""

import logging
from collections.abc import Callable
from typing import Any

from timely.limits.address_queue import AddressQueue
from timely.limits.client_address import rate_limit_key
from timely.limits.disconnected import has_hung_up

log = logging.getLogger(__name__)

# Messages; and bytes that are taken in one go, for a message may be as short as six of them.
MOST_UNHEARD = 10
AT_ONCE = 512
# So long is a turn waited for; whoever has waited reads on all the same.
LONGEST_WAIT = 1.0
LOOK_EVERY = 0.25
READINGS = AddressQueue()


def bound_reading(ws: Any, address: str | None, sleep: Callable[[float], Any]) -> None:
    """From now on the library's own task reads no more than is heard."""
    if not fits(ws):
        log.warning("simple-websocket is not as it is known here; it reads ahead as it likes.")
        return
    handle, who = ws._handle_events, rate_limit_key(address)

    def handle_bounded() -> bool:
        has_turn = READINGS.begin(who, LONGEST_WAIT)
        try:
            goes_on: bool = handle()
        finally:
            if has_turn:
                READINGS.end(who)
        sleep(0)  # data that is there already never waits
        while goes_on and ws.connected and len(ws.input_buffer) > MOST_UNHEARD:
            if has_hung_up(ws.sock):
                ws.input_buffer.clear()
                ws.event.set()
                return False
            sleep(LOOK_EVERY)
        return goes_on

    ws._handle_events, ws.receive_bytes = handle_bounded, AT_ONCE


def fits(ws: Any) -> bool:
    """Whether the library is as this file knows it."""
    return (
        callable(getattr(ws, "_handle_events", None))
        and isinstance(getattr(ws, "input_buffer", None), list)
        and isinstance(getattr(ws, "receive_bytes", None), int)
        and hasattr(getattr(ws, "event", None), "set")
    )
