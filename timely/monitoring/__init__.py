"""Server monitoring: counters, measurements, and the alerts that follow. Nothing here writes to the database itself."""
