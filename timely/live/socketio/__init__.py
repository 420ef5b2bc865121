"""Socket.IO. Every private name of its libraries that Timely touches is touched here, behind a check that it fits."""
