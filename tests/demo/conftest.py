"""The example event, and its table."""

import pytest

from timely import demo
from timely.models import Event
from timely.queries.tables import leaderboard


@pytest.fixture
def event(in_app: None) -> Event:
    return demo.make_example_event()


def order(event: Event) -> list[tuple[str, int]]:
    """The table as (team, points)."""
    return [(line.team.name, line.standing.points) for line in leaderboard(event)[0].lines]
