"""How long a server waits for a client. Whoever is slower gives its place back."""

from config import LARGEST_REQUEST

KEEP_ALIVE_SECONDS = 15.0  # from one request to the next
HEAD_SECONDS = 15.0
BODY_SECONDS = 30.0
SLOWEST_BYTES_PER_SECOND = 64 * 1024
# For one piece to be taken by a client; an open stream waits as long as it likes for the next one.
SEND_SECONDS = 30.0


def body_seconds(size: int | None) -> float:
    """For a body of so many bytes; None where the client does not say."""
    return BODY_SECONDS + min(size or 0, LARGEST_REQUEST) / SLOWEST_BYTES_PER_SECOND
