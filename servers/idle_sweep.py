"""How long is waited for a request. One look a second at all who are waited for, and not a timer for each of them."""

import time
from typing import Protocol

LOOK_EVERY = 1.0  # seconds; nobody is hung up on sooner than was said, nor later than this


class Waited(Protocol):
    def hang_up(self) -> None:
        """It has taken too long: whoever reads from the connection finds its end."""


class Patience:
    """Until when each connection that is waited for has time."""

    def __init__(self) -> None:
        self._until: dict[Waited, float] = {}

    def begin(self, who: Waited, seconds: float) -> None:
        """So long from now; in place of what was said before."""
        self._until[who] = time.monotonic() + seconds

    def over(self, who: Waited) -> None:
        """It has said what it was waited for, or has gone."""
        self._until.pop(who, None)

    def look(self) -> None:
        now = time.monotonic()
        for who in [one for one, until in self._until.items() if until <= now]:
            self._until.pop(who, None)
            who.hang_up()
