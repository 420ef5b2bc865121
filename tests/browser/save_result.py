"""Saves a result, as another program on this computer would: tests/browser/clerk.py runs it."""

from config import Config
from timely import create_app
from timely.extensions import db
from timely.models import Fixture
from timely.services.results import Score, enter_score


def main(fixture_id: str, home: str, away: str) -> None:
    app = create_app(Config.from_environment())
    with app.app_context():
        enter_score(db.session.get_one(Fixture, int(fixture_id)), Score(int(home), int(away)), by=None)
