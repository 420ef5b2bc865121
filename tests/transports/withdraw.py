"""Makes an event private, as another program on this computer would: tests/browser/clerk.py runs it."""

from config import Config
from timely import create_app
from timely.database.transactions import writing
from timely.extensions import db
from timely.models import Event


def main(event_id: str) -> None:
    app = create_app(Config.from_environment())
    with app.app_context(), writing():  # after the server, where that writes at this moment
        db.session.get_one(Event, int(event_id)).visibility = "private"
