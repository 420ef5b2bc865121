"""Maximum number of connections: of each server, and what the system's limit of open files leaves of it."""

import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource

# On Windows its select() is limited to 512 sockets, and the database needs a few.
EVENTLET = 480 if sys.platform == "win32" else 10_000
GEVENT = 10_000
# Each connection has one to three threads; with more, two processors only switch between them.
THREADING = 1_000
FILES_FOR_OURSELVES = 150


def connection_limit(most: int) -> int:
    """The number of connections that may be open at once: *most*, or as many as the file limit allows once raised."""
    if sys.platform == "win32":
        return most
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for wanted in (most + FILES_FOR_OURSELVES, 10_240, 4_096):
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        if soft != resource.RLIM_INFINITY and wanted > soft:
            with suppress(ValueError, OSError):  # macOS reports no limit, but has one
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return most
    return max(50, min(most, soft - FILES_FOR_OURSELVES))
