"""Slow work on a real thread beside the server's loop: how long it may hold Python's lock."""

import sys

# At Python's usual 5 ms a page, which gives it away at each step of the database, would take half a second longer.
SWITCH_SECONDS = 0.0005


def give_way_often() -> None:
    """Lets the loop have the lock soon after it asks for it."""
    sys.setswitchinterval(SWITCH_SECONDS)
