"""The servers that Timely can run on, and whether the one that is wanted is here."""

import importlib.util
import os

import pytest


def require(mode: str) -> None:
    """Skips the test where the server's library is not installed; in CI that is a failure."""
    if mode == "threading" or importlib.util.find_spec(mode) is not None:
        return
    said = f"{mode} is not installed; requirements-large.txt names it"
    if os.environ.get("CI"):
        pytest.fail(said)
    pytest.skip(said)
