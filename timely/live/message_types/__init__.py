"""Message types: the data of each, as an update or as a snapshot."""
