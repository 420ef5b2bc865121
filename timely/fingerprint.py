"""Marks: a word for exactly what was shown. Pressed twice, or late, it does not fit any more."""

import hashlib


def fingerprint(*told: object) -> str:
    """The same for the same; *told* are values that say all of themselves in their `repr`."""
    return hashlib.sha256(repr(told).encode()).hexdigest()[:24]
