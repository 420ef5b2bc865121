"""Python's garbage collector in a process that holds thousands of connections for a day."""

import gc

# It looks through what is new after 700 things more were made than thrown away, which a full hall makes with each
# update; and what it finds each time is that nearly all of them are connections, and stay.
NEW_THINGS, ROUNDS, ROUNDS_OF_ROUNDS = 10_000, 20, 20


def spare() -> None:
    """What the process has made until now it keeps: that is not looked through any more, and the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_THINGS, ROUNDS, ROUNDS_OF_ROUNDS)
