"""Who guesses a password is held off: on one name, from one address, and on one name from everywhere."""

import time
from collections.abc import Callable

from timely.limits.attempts import Attempts

# A school's scorers behind one address mistype now and then; who tries a list of words does so all the time.
FREE_OF_ADDRESS = 40
LONGEST_OF_ADDRESS = 30.0
# As many as many addresses may try on one name together before all of them have to wait.
FREE_OF_NAME = 30


class SignInTries:
    """Asked before a password is looked at, and told when it was right.

    Nobody is ever locked out: a device that has signed in with the name before, and the laptop itself, wait for their
    own wrong tries alone, whatever strangers do to the name meanwhile.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._of_both = Attempts(clock)
        self._of_address = Attempts(clock, free=FREE_OF_ADDRESS, longest=LONGEST_OF_ADDRESS)
        self._of_name = Attempts(clock, free=FREE_OF_NAME)

    def seconds_to_wait(self, name: str, address: str, is_known: bool) -> int:
        """0 if the try may be made now."""
        seconds = 0
        if not is_known:
            seconds = self._of_address.seconds_to_wait(address) or self._of_name.seconds_to_wait(name)
        return seconds or self._of_both.seconds_to_wait((name, address, is_known))

    def was_right(self, name: str, address: str, is_known: bool) -> None:
        """What was counted as wrong beforehand was none."""
        self._of_both.forget((name, address, is_known))
        if not is_known:
            self._of_address.take_back(address)
            self._of_name.take_back(name)
