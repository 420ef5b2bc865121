"""Notifications as they are sent, and as every page shows them."""

import re
from typing import Any

import pytest

from tests.conftest import make_user, sign_in
from tests.live.spectator import Spectator, publish
from timely.extensions import db
from timely.models import AuditEntry, Notification, User
from timely.services.notifications import notify

SAID = {"to": "", "title": "Tea is ready", "message": "In the hall", "type": "info", "priority": "high"}
SHOWN = re.compile(r'<li data-own class="notice[^"]*" data-row="(\d+)"')


@pytest.fixture
def olga(app, league):
    return make_user(app, "Olga", "organiser", league)


def send(app, title, to=None, by=None, **more):
    with app.app_context():
        return notify(
            title=title,
            to=db.session.get_one(User, to) if to else None,
            by=db.session.get_one(User, by) if by else None,
            **more,
        ).id


def shown(client, path="/"):
    return [int(id_) for id_ in SHOWN.findall(client.get(path).get_data(as_text=True))]


def test_an_organiser_sends_one_to_everybody(app, client, olga):
    sign_in(client, olga)
    answer = client.post("/admin/notifications/", data={**SAID, "expires_at": "3"})
    assert answer.status_code == 302
    with app.app_context():
        (one,) = db.session.query(Notification).all()
        assert (one.title, one.user_id, one.sent_by_id, one.priority) == ("Tea is ready", None, olga, "high")
        assert 10_700 < (one.expires_at - one.created_at).total_seconds() < 10_900
    page = app.test_client().get("/").get_data(as_text=True)
    assert "Tea is ready" in page
    assert "notice is-high is-info" in page


def test_one_to_one_user_is_in_their_header_alone(app, client, olga, admin):
    sign_in(client, olga)
    client.post("/admin/notifications/", data={**SAID, "to": str(admin), "expires_at": ""})
    ada, anybody = app.test_client(), app.test_client()
    sign_in(ada, admin)
    assert len(shown(ada, "/admin/")) == 1
    assert shown(client, "/admin/") == []
    assert shown(anybody) == []


@pytest.mark.parametrize("wrong", [{"title": " "}, {"to": "999"}, {"type": "gossip"}, {"expires_at": "99"}])
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(app, client, olga, wrong):
    sign_in(client, olga)
    answer = client.post("/admin/notifications/", data={**SAID, "expires_at": "3", **wrong})
    assert answer.status_code == 422
    assert "In the hall" in answer.get_data(as_text=True)
    assert 'class="field-error"' in answer.get_data(as_text=True)
    assert shown(client) == []


def test_scorers_do_not_notify(app, client, league):
    sign_in(client, make_user(app, "Sam", "scorer", league))
    assert client.get("/admin/notifications/").status_code == 403
    assert client.post("/admin/notifications/", data={**SAID, "expires_at": "3"}).status_code == 403


def test_ones_own_is_withdrawn_and_another_organisers_is_not(app, client, olga, admin):
    mine, others = send(app, "Mine", by=olga), send(app, "Of Ada", by=admin)
    sign_in(client, olga)
    assert client.post(f"/admin/notifications/{others}/withdraw/").status_code == 403
    assert client.post(f"/admin/notifications/{mine}/withdraw/").status_code == 302
    assert client.post("/admin/notifications/999/withdraw/").status_code == 404
    assert shown(client) == [others]
    ada = app.test_client()
    sign_in(ada, admin)
    assert ada.post(f"/admin/notifications/{others}/withdraw/").status_code == 302
    assert shown(ada) == []


def press_undo(client, page):
    """The page after the button of the message was pressed."""
    message = re.search(r'<div class="flash[^>]*>.*?</div>', page, re.DOTALL)[0]
    action = re.search(r'action="([^"]+)"', message)[1]
    return client.post(action, follow_redirects=True).get_data(as_text=True)


def test_what_was_sent_by_mistake_is_taken_back_from_the_message_that_says_so(app, client, olga):
    sign_in(client, olga)
    hub, socket = app.extensions["timely.hub"], Spectator(app)
    hub.begin()
    assert socket.subscribe(topics=["notifications"])["ok"]
    socket.new_messages()
    page = client.post("/admin/notifications/", data={**SAID, "expires_at": "3"}, follow_redirects=True)
    (id_,) = shown(app.test_client())
    publish(hub)
    assert [row["id"] for row in socket.new_messages("notification")[-1]["data"]["notifications"]] == [id_]
    undone = press_undo(client, page.get_data(as_text=True))
    assert "Undone. “Tea is ready” is gone from every page." in undone
    assert shown(app.test_client()) == []
    publish(hub)
    assert [message["data"]["notifications"] for message in socket.new_messages("notification")][-1:] == [[]]
    again = press_undo(client, undone)
    assert "“Tea is ready” is shown again" in again
    assert shown(app.test_client()) == [id_]


def test_what_was_withdrawn_by_mistake_is_shown_again(app, client, olga):
    mine = send(app, "Tea", by=olga)
    sign_in(client, olga)
    page = client.post(f"/admin/notifications/{mine}/withdraw/", follow_redirects=True).get_data(as_text=True)
    assert shown(client) == []
    assert "“Tea” is shown again" in press_undo(client, page)
    assert shown(client) == [mine]


def test_nobody_else_takes_it_back_and_no_other_action_is_undone_there(app, client, olga, admin, league):
    send(app, "Tea", by=admin)
    with app.app_context():
        entry = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
        assert entry.action == "notify"
        sent, other = entry.id, db.session.query(AuditEntry).filter(AuditEntry.action == "import event").first().id
    sign_in(client, olga)
    assert client.post(f"/admin/notifications/undo/{sent}/").status_code == 403
    assert client.post(f"/admin/notifications/undo/{other}/").status_code == 404
    assert client.post("/admin/notifications/undo/999999/").status_code == 404
    assert len(shown(app.test_client())) == 1
    ada = app.test_client()
    sign_in(ada, admin)
    assert ada.post(f"/admin/notifications/undo/{sent}/").status_code == 302
    assert shown(app.test_client()) == []


def test_the_list_hides_what_was_sent_to_others(app, client, olga, admin):
    other = make_user(app, "Oskar", "organiser")
    send(app, "Between Ada and Oskar", to=other, by=admin)
    send(app, "For everybody", by=admin)
    send(app, "From Olga to Oskar", to=other, by=olga)
    sign_in(client, olga)
    page = client.get("/admin/notifications/").get_data(as_text=True)
    assert "Between Ada and Oskar" not in page
    assert "For everybody" in page
    assert "From Olga to Oskar" in page


def test_an_urgent_announcement_is_in_every_header(app, client, olga, admin, league):
    sign_in(client, olga)
    client.post(
        f"/admin/events/{league}/announcements/new/",
        data={"title": "Thunder", "type": "weather", "priority": "urgent", "message": "", "publish_on": ""},
    )
    anybody = app.test_client()
    for path in ("/", "/events/saturday-league/", "/matches/", "/login/", "/no-such-page/"):
        assert len(shown(anybody, path)) == 1, path


def test_a_page_in_the_cache_is_old_once_somebody_notified(app, client, league):
    tag = client.get("/events/saturday-league/").headers["ETag"]
    assert client.get("/events/saturday-league/", headers={"If-None-Match": tag}).status_code == 304
    send(app, "Tea")
    answer = client.get("/events/saturday-league/", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "Tea" in answer.get_data(as_text=True)


def test_a_live_page_follows_its_notifications(app, client, olga):
    def live(client: Any) -> dict[str, Any]:
        page = client.get("/events/saturday-league/leaderboard/").get_data(as_text=True)
        found = re.search(r"data-live='([^']+)'", page)
        assert found
        return app.json.loads(found[1])

    seen = live(client)
    assert seen["topics"][-1] == "notifications"
    assert (seen["versions"]["notifications"], seen["page"]) == (1, "leaderboard")
    sign_in(client, olga)
    assert live(client)["topics"][-2:] == ["notifications", f"user_{olga}"]


def test_the_api_answers_what_the_header_shows(app, client, olga):
    send(app, "Tea")
    send(app, "For Olga", to=olga)
    first = client.get("/api/notifications/")
    assert [row["title"] for row in first.json["topics"]["notifications"]] == ["Tea"]
    assert list(first.json["topics"]) == list(first.json["versions"]) == ["notifications"]
    again = client.get("/api/notifications/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    sign_in(client, olga)
    own = client.get("/api/notifications/", headers={"If-None-Match": first.headers["ETag"]})
    assert [row["title"] for row in own.json["topics"][f"user_{olga}"]] == ["For Olga"]


def test_words_are_never_markup(app, client, league):
    send(app, "<script>alert(1)</script>", message='"><b>')
    page = client.get("/").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
