"""Another program that saves a result: python -m tests.browser.save_result FIXTURE HOME AWAY, TIMELY_* as ever."""

import sys

from config import Config
from timely import create_app
from timely.extensions import db
from timely.models import Fixture
from timely.services.results import Score, enter_score


def main(fixture_id: int, home: int, away: int) -> None:
    app = create_app(Config.from_environment())
    with app.app_context():
        enter_score(db.session.get_one(Fixture, fixture_id), Score(home, away), by=None)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
