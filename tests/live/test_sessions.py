"""Signing out ends every live connection of that session, and of no other."""

import json
import threading
import time

import pytest

from tests.conftest import PASSWORD, make_user, sign_in
from tests.live.spectator import Spectator
from timely.extensions import db
from timely.live.streams.transport import Subscriber
from timely.live.subscriptions import Subscription
from timely.models import User
from timely.services import people, sessions
from timely.services.notifications import notify


@pytest.fixture
def olga(app, admin):
    return make_user(app, "Olga", "organiser")


def browser(app, stay=""):
    """A client on which Olga has signed in by the form."""
    http = app.test_client()
    form = {"name": "Olga", "password": PASSWORD, "stay": stay}
    assert http.post("/login/", data=form).location == "/admin/"
    return http


def session_token_of(http):
    with http.session_transaction() as session:
        return session["visit"]


def new_subscriber(app, session_token, user_id):
    """A subscriber on a plain WebSocket, as its endpoint makes one."""
    with app.app_context():
        mine = Subscriber("websocket", db.session.get_one(User, user_id), "k3f9", session_token=session_token)
    app.extensions["timely.streams"].join(mine, Subscription(None, ("notifications",), {}, "", None))
    return mine


def test_signing_out_ends_connections_of_that_browser_only(app, olga):
    laptop, phone = browser(app), browser(app)
    sockets = [Spectator(app, http) for http in (laptop, phone)]
    mine, others, anybodys = (
        new_subscriber(app, session_token, olga)
        for session_token in (session_token_of(laptop), session_token_of(phone), "")
    )
    laptop.post("/logout/")
    assert [one.socket.is_connected() for one in sockets] == [False, True]
    assert [one.send_queue.is_closed for one in (mine, others, anybodys)] == [True, False, False]


def test_an_event_stream_ends(app, hub, olga):
    http = browser(app)
    answer = http.get("/api/notifications/stream/")
    lines = iter(answer.response)
    next(lines)
    http.post("/logout/")
    with app.app_context():
        notify(title="For Olga", to=db.session.get_one(User, olga), by=None)
    hub.publish_pending()
    assert [line for line in lines if b"For Olga" in line] == []
    answer.close()


def test_a_waiting_poll_ends_at_once_without_data_or_cookie(app, hub, olga):
    http, elsewhere = browser(app, stay="y"), app.test_client()
    cookie = http.get_cookie("timely_session").value
    elsewhere.set_cookie("timely_session", cookie)
    now = elsewhere.get("/api/poll/?topics=notifications").json["heartbeat"]
    have = "&".join(f"{topic}={version}" for topic, version in now["data"]["versions"].items())
    path = f"/api/poll/?topics=notifications&{have}&epoch={now['epoch']}&wait=20"
    found = []
    asking = threading.Thread(target=lambda: found.append(elsewhere.get(path)))
    began = time.monotonic()
    asking.start()
    with app.app_context():
        while not app.extensions["timely.streams"].languages_of(f"user_{olga}") and time.monotonic() < began + 5:
            time.sleep(0.01)
    http.post("/logout/")
    asking.join(25)
    assert time.monotonic() - began < 5
    assert found[0].status_code == 401
    assert found[0].json["error"]["code"] == "signed_out"
    assert "Set-Cookie" not in found[0].headers
    assert f"user_{olga}" not in json.dumps(found[0].json)


def test_a_long_response_to_a_poll_of_a_signed_in_user(app, olga):
    http = browser(app)
    with app.app_context():
        notify(title="For Olga", message="word " * 400, to=db.session.get_one(User, olga), by=None)
    answer = http.get("/api/poll/?topics=notifications", headers={"Accept-Encoding": "gzip"})
    assert [one["topic"] for one in answer.json["messages"]] == ["notifications", f"user_{olga}"]


def test_earlier_requests_of_an_ended_session_are_anonymous(app, olga):
    http, late = browser(app), app.test_client()
    late.set_cookie("timely_session", http.get_cookie("timely_session").value)
    assert late.get("/admin/").status_code == 200
    http.post("/logout/")
    answer = late.get("/admin/")
    assert answer.status_code == 302
    assert f"user_{olga}" not in late.get("/api/poll/?topics=notifications").json["heartbeat"]["data"]["versions"]
    assert browser(app).get("/admin/").status_code == 200


def test_joining_after_the_end_of_the_session_closes_the_queue(app, olga):
    http = browser(app)
    session_token = session_token_of(http)
    http.post("/logout/")
    assert new_subscriber(app, session_token, olga).send_queue.is_closed


def test_the_first_session_after_setup_ends_as_any_other(app):
    http = app.test_client()
    form = {"name": "Ada", "password": PASSWORD, "repeat": PASSWORD, "again": PASSWORD}
    assert http.post("/setup/", data=form).status_code == 302
    socket = Spectator(app, http)
    http.post("/logout/")
    assert not socket.socket.is_connected()


def test_a_session_is_extended_by_pages_and_not_by_their_requests(app, olga):
    http = browser(app, stay="y")
    assert "Set-Cookie" in http.get("/").headers
    assert "Set-Cookie" not in http.get("/api/notifications/").headers


def test_an_anonymous_sign_out_ends_nothing(app, olga):
    http = app.test_client()
    sign_in(http, olga)
    socket, mine = Spectator(app, http), new_subscriber(app, session_token_of(http), olga)
    app.test_client().post("/logout/")
    assert socket.socket.is_connected()
    assert not mine.send_queue.is_closed


@pytest.mark.parametrize("action", ["password", "role", "elsewhere"])
def test_connections_of_a_session_that_another_process_ended_are_closed(app, hub, olga, action):
    http = browser(app)
    socket, mine = Spectator(app, http), new_subscriber(app, session_token_of(http), olga)
    hub.publish_pending()
    assert socket.socket.is_connected()
    with app.app_context():
        user = db.session.get_one(User, olga)
        if action == "password":
            people.set_password(user, "another long one", by=None)
        elif action == "role":
            people.change_user(user, name="Olga", role="scorer", active=True, by=None)
        else:
            sessions.end(session_token_of(http))
    hub.publish_pending()
    assert not socket.socket.is_connected()
    assert mine.send_queue.is_closed
