"""Interface of the clients, whatever their transport; the clients themselves are libraries."""

import queue
import threading
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

Message = dict[str, Any]


class Arrivals(queue.Queue[Message]):
    """Notes at each message when it came."""

    def put(self, item: Message, block: bool = True, timeout: float | None = None) -> None:
        super().put({**item, "arrived_at": time.monotonic()}, block, timeout)


class Client:
    """Follows topics of one event and keeps what arrives. `start` is given what it has already.

    *language* is the code of the one that it asks for; "" leaves it to the event.
    """

    transport = ""

    def __init__(self, base: str, language: str = ""):
        self.base, self.language = base, language
        self.arrived = Arrivals()
        self.ended = threading.Event()

    def start(self, event_id: int, topics: list[str], have: Mapping[str, int], epoch: str, key: str) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError

    def next(self, *types: str, within: float = 20.0) -> Message:
        """The next message, of these types if any are given."""
        give_up_at = time.monotonic() + within
        while True:
            try:
                message = self.arrived.get(timeout=max(0.01, give_up_at - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"{self.transport}: nothing of {types or 'any type'} within {within} s") from None
            if not types or message["type"] in types:
                return message

    def until(self, topic: str, version: int, within: float = 10.0) -> list[Message]:
        """All messages up to the one that brings the topic to the version."""
        give_up_at, found = time.monotonic() + within, []
        while time.monotonic() < give_up_at:
            message = self.next(within=max(0.01, give_up_at - time.monotonic()))
            found.append(message)
            if message.get("topic") == topic and message.get("version", 0) >= version:
                return found
        raise AssertionError(f"{self.transport}: {topic} never came to {version}")

    def nothing_but_heartbeats(self, seconds: float) -> None:
        give_up_at = time.monotonic() + seconds
        while (left := give_up_at - time.monotonic()) > 0:
            try:
                message = self.arrived.get(timeout=left)
            except queue.Empty:
                return
            # Whoever polls is refused again each time it asks.
            assert message["type"] in ("heartbeat", "connected", "subscribed", "error"), message


def address(path: str, topics: list[str], have: Mapping[str, int], epoch: str, key: str, **more: Any) -> str:
    query = {"topics": ",".join(topics), **have, **more}
    query |= {"epoch": epoch} if epoch else {}
    query |= {"key": key} if key else {}
    return f"{path}?{urlencode({name: value for name, value in query.items() if value != ''})}"
