"""Heartbeats: of every event that anybody follows, and what the database is asked for them."""

from typing import Any

import pytest
from flask import Flask

from tests.live.spectator import Spectator
from tests.statements import statements
from timely.extensions import db
from timely.live.hub import Hub
from timely.models import Event


@pytest.mark.usefixtures("in_app")
def test_many_events_take_as_many_statements_as_one(app: Flask, hub: Hub, league: int, make_event: Any) -> None:
    one = Spectator(app)
    one.subscribe(event_id=league)
    db.session.rollback()
    with statements() as few:
        hub.send_heartbeats()
    others = [make_event(name=f"League {number}") for number in range(4)]
    for event_id in others:
        one.subscribe(event_id=event_id)
    one.new_messages()
    db.session.get_one(Event, others[0]).status = "LIVE"
    db.session.commit()
    db.session.rollback()
    with statements() as many:
        hub.send_heartbeats()
    beats = {beat["data"]["event_id"]: beat["data"]["event_status"] for beat in one.new_messages("heartbeat")}
    assert beats == dict.fromkeys([league, *others], "PUBLISHED") | {others[0]: "LIVE"}
    assert len(many) == len(few)
