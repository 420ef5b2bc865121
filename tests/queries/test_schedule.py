"""Which result was saved last: out of what is at hand, and asked for where it is not there."""

import pytest

from timely.event_file.read import read_event
from timely.extensions import db
from timely.queries.schedule import latest_result, recorded_fixtures
from timely.services import results
from timely.services.event_files import import_event
from timely.services.score_validation import Score

pytestmark = pytest.mark.usefixtures("in_app")


def test_the_latest_result_is_found_whatever_is_known():
    teams = ["Ash", "Birch", "Cedar"]
    games = [{"home": "Ash", "away": "Birch"}, {"home": "Birch", "away": "Cedar"}, {"home": "Cedar", "away": "Ash"}]
    event = import_event(read_event({"name": "Cup", "sport": "football", "teams": teams, "matches": games}))
    assert latest_result(event) is None
    first, second, third = recorded_fixtures(event)
    assert latest_result(event, [third]) is None, "a game without a result is none"
    for fixture in (first, second):
        results.enter_score(fixture, Score(1, 0), by=None)
    assert latest_result(event, [first, second]) is second
    assert latest_result(event, [first]) is second, "it is asked for where only older ones are at hand"
    results.take_back(second, by=None)
    db.session.expire_all()
    assert latest_result(event, [second]) is first
