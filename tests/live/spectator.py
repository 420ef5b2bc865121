"""Socket.IO client for tests, and what its server does: saves results, publishes them."""

from flask import Flask
from sqlalchemy import select

from timely.extensions import db, socketio
from timely.models import Fixture
from timely.services import results
from timely.services.results import Score


class Spectator:
    """A client that keeps what it receives."""

    def __init__(self, app: Flask, http=None):
        self.socket = socketio.test_client(app, flask_test_client=http or app.test_client())
        self.received: list[dict] = []

    def subscribe(self, **data):
        return self.socket.emit("subscribe", data, callback=True)

    def new_messages(self, *types):
        """The messages since the last call, of these types or of all."""
        new = [packet["args"] for packet in self.socket.get_received() if packet["name"] == "message"]
        self.received += new
        return [message for message in new if not types or message["type"] in types]


def play(app, event_id, number=0, home=2, away=1, **more):
    """Enters a result in the event's n-th game; gives the fixture's id."""
    with app.app_context():
        fixture = db.session.scalars(
            select(Fixture).where(Fixture.event_id == event_id).order_by(Fixture.id).offset(number)
        ).first()
        results.enter_score(fixture, Score(home, away), by=None, **more)
        return fixture.id


def publish(hub):
    """Lets the hub publish everything now, without its minimum interval."""
    hub._sent_at.clear()
    hub.publish_pending()
