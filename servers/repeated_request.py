"""A request that comes again: whoever polls asks the same on the same connection, over and over.

To read its head anew each time, and to go through all of the app for it, takes more than the answer does. An app that
has answered such a request may say (`environ["timely.same_again"]`) who answers the next that is like it to the byte.
"""

import re
from typing import Any, Protocol

# Socket.IO's clients write the time into the address, so that nothing between here and there keeps an answer.
STAMP = re.compile(rb"([?&])t=[^& ]*&?")


class Answerer(Protocol):
    """Answers on the connection that it was made for. Never waits, but in `settle`."""

    seconds: float  # that it may take, from one request to the next

    def ask(self) -> bool:
        """The request is here again. It is answered now or later; False leaves it to the app."""

    def settle(self) -> None:
        """Another request is here: what is owed of the last one goes out first."""

    def leave(self) -> None:
        """The connection is over."""


class RepeatedRequest:
    """The request that comes again, and who answers it. *line* and *head* are its bytes."""

    __slots__ = ("_head", "_line", "answerer")

    def __init__(self, line: bytes, head: bytes, answerer: Answerer) -> None:
        self._line, self._head, self.answerer = STAMP.sub(rb"\1", line), head, answerer

    def take(self, line: bytes, file: Any) -> bool:
        """Whether it is this request, and is answered; its head is taken out of the *file* then."""
        if not file.peek(1).startswith(self._head) or STAMP.sub(rb"\1", line) != self._line or not self.answerer.ask():
            return False
        file.read(len(self._head))
        return True


def head_in(buffered: bytes) -> bytes | None:
    """The rest of a head after its first line; None if it is not all there, or its end might be read in two ways."""
    head = buffered[: buffered.find(b"\r\n\r\n") + 4]
    is_whole = len(head) > 4 and not head.startswith(b"\r\n")
    return head if is_whole and head.count(b"\n") == head.count(b"\r\n") else None
