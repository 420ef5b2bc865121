"""How many connections the system has room for."""

import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource

FILES_FOR_OURSELVES = 150


def room_for_screens(most: int) -> int:
    """How many connections may be open at once, *most* if possible, after asking the system for as many files."""
    if sys.platform == "win32":
        return most
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for wanted in (most + FILES_FOR_OURSELVES, 10_240, 4_096):
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        if soft != resource.RLIM_INFINITY and wanted > soft:
            with suppress(ValueError, OSError):  # macOS names no limit and has one all the same
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return most
    return max(50, min(most, soft - FILES_FOR_OURSELVES))
