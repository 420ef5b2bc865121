"""Limits on what one address, one connection or one person may ask: connections, messages, processor time."""
