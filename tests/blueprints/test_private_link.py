"""The key of a private link, renewed: the old one opens nothing any more, also where it was open."""

import pytest

from tests.conftest import get_event, make_user, sign_in
from tests.live.spectator import Spectator, publish
from timely.extensions import db
from timely.live.streams.transport import Subscriber
from timely.live.subscriptions import Subscription
from timely.live.topics import topics_of
from timely.models import AuditEntry
from timely.services import events
from timely.services.undo import undo


@pytest.fixture
def private(make_event):
    return make_event(visibility="private", status="LIVE")


def key_of(app, event_id):
    with app.app_context():
        return get_event(event_id).access_key


def test_the_old_key_stops_at_once_and_the_new_one_opens(app, client, hub, private):
    old = key_of(app, private)
    paths = [f"/events/saturday-league/?key={old}", f"/embed/events/saturday-league/schedule/?key={old}"]
    paths += [f"/api/events/{private}/?key={old}", f"/api/events/{private}/poll/?key={old}"]
    anybody = app.test_client()
    assert [anybody.get(path).status_code for path in paths] == [200] * 4
    socket = Spectator(app, anybody)
    assert socket.subscribe(event_id=private, key=old)["ok"]
    with app.app_context():
        reader = Subscriber("stream", None, "k3f9")
        subscription = Subscription(private, tuple(topics_of(private)), {}, "", old)
        app.extensions["timely.streams"].join(reader, subscription)
    socket.new_messages()
    sign_in(client, make_user(app, "Olga", "organiser", private))
    asked = client.get(f"/admin/events/{private}/link/").get_data(as_text=True)
    assert "Renew the private link?" in asked
    assert key_of(app, private) == old, "a question changes nothing"
    answer = client.post(f"/admin/events/{private}/link/")
    page = client.get(answer.location).get_data(as_text=True)
    new = key_of(app, private)
    assert "The link is renewed. The old one opens nothing any more" in page
    assert f"?key={new}" in page
    assert old not in page
    assert [anybody.get(path).status_code for path in paths] == [404] * 4
    assert anybody.get(paths[0].replace(old, new)).status_code == 200
    publish(hub)
    assert [message["data"]["code"] for message in socket.new_messages("error")] == ["not_found"]
    assert socket.subscribe(event_id=private, key=old)["ok"] is False
    assert reader.send_queue.is_closed


def test_it_is_in_the_audit_without_the_key_and_no_undo_brings_the_old_one_back(app, in_app, private):
    event = get_event(private)
    old = event.access_key
    events.change_event(event, events.EventDetails(**{**events.details_of(event), "place": "Elsewhere"}), by=None)
    changed = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    events.renew_key(event, by=None)
    entry = db.session.query(AuditEntry).filter_by(action="renew private link").one()
    assert entry.changes is None
    assert old not in str((entry.before, entry.after, entry.subject))
    undo(changed, by=None)
    assert event.place != "Elsewhere"
    assert event.access_key != old


def test_a_public_event_has_none(app, client, league):
    old = key_of(app, league)
    sign_in(client, make_user(app, "Olga", "organiser", league))
    for method in ("GET", "POST"):
        answer = client.open(f"/admin/events/{league}/link/", method=method)
        assert "has no private link" in client.get(answer.location).get_data(as_text=True)
    assert key_of(app, league) == old
    assert "Renew the link" not in client.get(f"/admin/events/{league}/").get_data(as_text=True)
