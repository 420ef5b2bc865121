"""Saves the states that games have by the clock: on, late, result awaited."""

from datetime import datetime

from timely.extensions import db
from timely.models import Fixture
from timely.queries.game_states import states_to_save


def update_states(moment: datetime) -> int:
    """Updates the games' states to *moment*, inside the running transaction; returns how many changed."""
    judged = states_to_save(moment)
    for one in judged:
        fixture = db.session.get_one(Fixture, one.fixture_id)
        fixture.state, fixture.state_since = one.state, one.since
    return len(judged)
