"""Login throttle: slows password guessing by name and address, by address, and by name from all addresses."""

import time
from collections.abc import Callable

from timely.limits.attempts import Attempts

# Of one name from one address.
FREE_ATTEMPTS = 5
# High, because all scorers of a school may share one address and mistype now and then. A dictionary attack passes it
# at once.
FREE_OF_ADDRESS = 40
LONGEST_OF_ADDRESS = 30.0
# Failed attempts on one name from all addresses together, before each of them has to wait.
FREE_OF_NAME = 30


class LoginAttempts:
    """Failed log-ins; call `seconds_to_wait` before a password is checked, and `record_success` if it was right.

    Nobody can be locked out by others: a device that has signed in with the name before, and the laptop itself
    (*is_known*), wait only for their own failed attempts.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._by_name_and_address = Attempts(FREE_ATTEMPTS, clock)
        self._by_address = Attempts(FREE_OF_ADDRESS, clock, longest=LONGEST_OF_ADDRESS)
        self._by_name = Attempts(FREE_OF_NAME, clock)

    def seconds_to_wait(self, name: str, address: str, is_known: bool) -> int:
        """0 if the attempt may be made now; it then counts as failed until `record_success`."""
        seconds = 0
        if not is_known:
            seconds = self._by_address.seconds_to_wait(address) or self._by_name.seconds_to_wait(name)
        return seconds or self._by_name_and_address.seconds_to_wait((name, address, is_known))

    def record_success(self, name: str, address: str, is_known: bool) -> None:
        """Uncounts the attempt, which `seconds_to_wait` had counted as failed."""
        self._by_name_and_address.clear((name, address, is_known))
        if not is_known:
            self._by_address.uncount(address)
            self._by_name.uncount(name)
