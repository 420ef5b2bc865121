"""How the server is: what it counts, read into figures, and the warnings that come of them. Nothing here saves."""
