"""Limits for one address, connection or user: connections, message rates, processor time, log-in attempts."""
