"""Room for a load from one address: Timely's limits out of the way, and files enough."""

import resource

# A bench is all of the spectators at one address, and a scorer who saves several times in a second.
GENEROUS = {
    "TIMELY_CONNECTIONS_PER_ADDRESS": "20000",
    "TIMELY_WRITES_PER_MINUTE": "100000",
    "TIMELY_READS_PER_MINUTE": "1000000",
    "TIMELY_DRAWING_PER_ADDRESS": "0",
}


def raise_file_limit() -> None:
    """For this process and whatever it starts: each client is an open file, here and in the server."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
