"""Fixtures of the tests of publishing."""

import pytest

from tests.live.spectator import Spectator


@pytest.fixture
def spectator(app):
    spectator = Spectator(app)
    spectator.new_messages()
    return spectator
