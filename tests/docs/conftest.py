"""An event with a result and an announcement, and a token that may do everything."""

from typing import Any

import pytest

from tests.conftest import get_event
from timely.queries.schedule import recorded_fixtures
from timely.services.announcements import announce
from timely.services.people import create_token, create_user
from timely.services.results import Score, enter_score


@pytest.fixture
def played(in_app: None, league: int) -> Any:
    event = get_event(league)
    enter_score(recorded_fixtures(event)[0], Score(2, 1), by=None)
    announce(event, title="The tea stall is open", by=None)
    return event


@pytest.fixture
def token(in_app: None) -> str:
    return create_token(create_user("Ada", "a long enough password", "administrator", by=None))
