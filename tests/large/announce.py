"""Makes an announcement that is due in some seconds, as another program would: tests/browser/clerk.py runs it."""

from datetime import timedelta

from config import Config
from timely import create_app
from timely.clock import now
from timely.database.transactions import writing
from timely.extensions import db
from timely.models import Announcement


def main(event_id: str, seconds: str) -> None:
    app = create_app(Config.from_environment())
    with app.app_context(), writing():
        db.session.add(
            Announcement(
                event_id=int(event_id),
                title="Lunch",
                message="In the hall",
                state="WAITING",
                publish_at=now() + timedelta(seconds=int(seconds)),
            )
        )
