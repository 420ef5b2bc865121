"""Points taken off a team, and given back."""

import pytest

from tests.conftest import get_event
from tests.services.test_teams import event_fixture  # noqa: F401  (used by name)
from timely.queries.tables import leaderboard
from timely.services import deductions
from timely.services.errors import RuleBroken

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.mark.parametrize("points", [0, 1000, -1000])
def test_deductions_have_bounds(league, points):
    event = get_event(league)
    with pytest.raises(RuleBroken):
        deductions.deduct(event, event.teams[0], points, by=None)


def test_points_are_taken_off_and_given_back(league):
    event = get_event(league)
    one = deductions.deduct(event, event.teams[0], 3, reason="wrong player", by=None)
    assert leaderboard(event)[0].lines[-1].standing.points == -3
    deductions.give_back(one, by=None)
    assert {line.standing.points for line in leaderboard(event)[0].lines} == {0}


def test_another_events_team_loses_no_points_here(league, make_event):
    other = get_event(make_event(name="Other"))
    with pytest.raises(RuleBroken):
        deductions.deduct(get_event(league), other.teams[0], 3, by=None)
