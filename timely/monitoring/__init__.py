"""How the server is doing: counters, what is measured, and the alerts that follow from it. Nothing here saves."""
