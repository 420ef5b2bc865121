"""An event as a file: how often the database is asked for it."""

from typing import Any

import pytest

from tests.conftest import LEAGUE, get_event
from tests.statements import statements
from timely.extensions import db
from timely.queries.event_files import event_file


@pytest.mark.usefixtures("in_app")
def test_ten_times_the_games_take_as_many_statements(make_event: Any) -> None:
    def asked(times: int) -> int:
        games = [{**game, "home_score": 1, "away_score": 0} for game in LEAGUE["matches"][:5]]
        event_id = make_event(matches=games * times)
        db.session.remove()
        event = get_event(event_id)
        with statements() as found:
            assert len(event_file(event)["matches"]) == 5 * times
        return len(found)

    assert asked(1) == asked(10)
