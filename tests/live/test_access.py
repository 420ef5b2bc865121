"""Access to topics: drafts, private events, and connections whose user has signed out."""

import pytest

from tests.conftest import make_user, sign_in
from tests.live.spectator import Spectator, play, publish
from timely.extensions import db
from timely.models import Event, User


@pytest.mark.parametrize("changed", [{"status": "DRAFT"}, {"visibility": "private"}])
def test_a_hidden_event_looks_as_if_it_did_not_exist(spectator, make_event, changed):
    event_id = make_event(**changed)
    assert spectator.subscribe(event_id=event_id)["error"]["code"] == "not_found"
    assert spectator.subscribe(event_id=event_id, key="wrong")["error"]["code"] == "not_found"


def test_a_private_event_is_followed_with_its_key(app, spectator, make_event):
    event_id = make_event(visibility="private")
    with app.app_context():
        key = db.session.get_one(Event, event_id).access_key
    assert spectator.subscribe(event_id=event_id, key=key)["ok"] is True


def test_an_organiser_follows_a_draft(app, make_event):
    event_id = make_event(status="DRAFT")
    http = app.test_client()
    sign_in(http, make_user(app, "Olga", "organiser", event_id))
    assert Spectator(app, http).subscribe(event_id=event_id)["ok"] is True


def test_an_event_that_goes_private_is_no_longer_published(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.new_messages()
    with app.app_context():
        db.session.get_one(Event, league).visibility = "private"
        db.session.commit()
    publish(hub)
    assert spectator.new_messages("error")[0]["data"]["code"] == "not_found"
    play(app, league)
    publish(hub)
    assert spectator.new_messages() == []


def test_a_user_signed_out_elsewhere_is_disconnected(app, hub, make_event):
    draft = make_event(status="DRAFT")
    http = app.test_client()
    user_id = make_user(app, "Olga", "organiser", draft)
    sign_in(http, user_id)
    organiser = Spectator(app, http)
    assert organiser.subscribe(event_id=draft)["ok"] is True
    organiser.new_messages()
    with app.app_context():
        db.session.get_one(User, user_id).stamp = "another"
        db.session.commit()
    play(app, draft)
    publish(hub)
    assert not organiser.socket.is_connected()


def test_signing_out_ends_the_connections_of_that_browser(app, league):
    user_id = make_user(app, "Olga", "organiser", league)
    laptop, phone = app.test_client(), app.test_client()
    for http in (laptop, phone):
        sign_in(http, user_id)
    on_laptop, on_phone = Spectator(app, laptop), Spectator(app, phone)
    laptop.post("/logout/")
    assert not on_laptop.socket.is_connected()
    assert on_phone.socket.is_connected()


def test_a_draft_is_not_in_the_list_of_events(app, hub, spectator, make_event):
    spectator.subscribe(topics=["events"])
    spectator.new_messages()
    event_id = make_event(status="DRAFT")
    make_event(visibility="private")
    with app.app_context():
        db.session.get_one(Event, event_id).name = "Still secret"
        db.session.commit()
    publish(hub)
    assert spectator.new_messages() == []
    with app.app_context():
        db.session.get_one(Event, event_id).status = "PUBLISHED"
        db.session.commit()
    publish(hub)
    assert spectator.new_messages()[0]["data"]["name"] == "Still secret"
    with app.app_context():
        db.session.get_one(Event, event_id).visibility = "private"
        db.session.commit()
    publish(hub)
    assert spectator.new_messages()[0]["data"]["removed"] == [event_id]


def test_an_event_that_becomes_a_draft_publishes_an_error_only(app, hub, spectator, league):
    spectator.subscribe(event_id=league)
    spectator.new_messages()
    with app.app_context():
        event = db.session.get_one(Event, league)
        event.status, event.name = "DRAFT", "Secret"
        db.session.commit()
    publish(hub)
    assert [message["type"] for message in spectator.new_messages()] == ["error"]
