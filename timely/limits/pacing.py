"""Turns of an address: what one connection asks again and again is answered so often a second for all of its address.

The first of what a connection says is free, for a whole hall may stand behind one address and come at once. Whoever
goes on waits for a turn.
"""

import time
from collections.abc import Callable

from timely.limits.client_address import rate_limit_key

LONGEST_WAIT = 10.0  # seconds; whoever would wait longer is refused
# What all connections of one address say beyond their first words.
MESSAGES_PER_SECOND = 300
FREE_WORDS = 4
MOST_KEPT = 1_000


class Pacer:
    """Gives *per_second* turns to each address, and *at_once* of them without waiting."""

    def __init__(self, per_second: float, at_once: int, clock: Callable[[], float] = time.monotonic):
        self._apart, self._ahead, self._clock = 1 / per_second, at_once / per_second, clock
        self._next_at: dict[str, float] = {}  # by address: when its next turn would be without those at once

    def wait(self, address: str | None) -> float | None:
        """Takes a turn: the seconds until it comes, 0.0 if it is now; None where that would be too long."""
        now, who = self._clock(), rate_limit_key(address)
        if len(self._next_at) > MOST_KEPT:
            self._next_at = {one: at for one, at in self._next_at.items() if at > now}
        turn_at = max(self._next_at.get(who, now), now)
        wait = max(0.0, turn_at - self._ahead - now)
        if wait > LONGEST_WAIT:
            return None
        self._next_at[who] = turn_at + self._apart
        return wait

    def take(self, address: str | None) -> bool:
        """Whether the turn is now; it is taken if so. Who asks too early loses nothing by it."""
        too_early = self._next_at.get(rate_limit_key(address), 0.0) - self._ahead > self._clock()
        return not too_early and self.wait(address) == 0.0


WORDS = Pacer(per_second=MESSAGES_PER_SECOND, at_once=MESSAGES_PER_SECOND)


def wait_for_words(address: str | None, words: int = 1) -> float:
    """The seconds that so many words of an address wait for their turn."""
    waits = [WORDS.wait(address) for _ in range(words)]
    return max((LONGEST_WAIT if wait is None else wait for wait in waits), default=0.0)
