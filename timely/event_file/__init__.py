"""The event file: one event as JSON, read strictly and written canonically. Plain Python, like the domain."""
