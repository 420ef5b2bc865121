"""Fingerprint: a short hash of what a user saw. A form sent twice or late carries one that no longer matches."""

import hashlib


def fingerprint(*values: object) -> str:
    """24 hex digits, equal for equal values. The `repr` of each value must contain all that matters of it."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:24]
