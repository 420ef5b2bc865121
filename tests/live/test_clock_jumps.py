"""System clock jumps of an hour, back and forward: nothing is lost, nothing is published twice."""

import time
from datetime import datetime, timedelta

import pytest

from tests.conftest import PASSWORD
from tests.live.spectator import Spectator, play, publish
from timely import background, clock
from timely.extensions import db
from timely.live import hub as hub_module
from timely.live import messages, presence
from timely.models import Announcement
from timely.services import announcements as announcing
from timely.services import notifications as notifying
from timely.services import results
from timely.services.announcements import announce
from timely.services.scheduled_jobs import run_due_jobs

JUMPS = [timedelta(hours=-1), timedelta(hours=1)]


@pytest.fixture
def wall(monkeypatch):
    """The wall clock of the server; `wall.jump(how_far)` sets it. What only ever grows goes on as it was."""

    class Wall:
        ahead = timedelta()
        seconds = staticmethod(time.time)

        def jump(self, how_far):
            self.ahead += how_far

        def now(self) -> datetime:
            return clock.datetime.now(clock.UTC) + self.ahead

    wall = Wall()
    monkeypatch.setattr(time, "time", lambda: wall.seconds() + wall.ahead.total_seconds())
    for module in (clock, background, messages, announcing, notifying, results):
        monkeypatch.setattr(module, "now", wall.now)
    return wall


@pytest.mark.parametrize("jump", JUMPS)
def test_versions_and_order_go_on(app, hub, league, wall, jump):
    one = Spectator(app)
    one.subscribe(event_id=league, topics=["results"])
    one.new_messages()
    for number, how_far in enumerate((timedelta(), jump, -jump)):
        wall.jump(how_far)
        play(app, league, number)
        publish(hub)
    updates = one.new_messages("results_update")
    assert [(message["since"], message["version"]) for message in updates] == [(1, 2), (2, 3), (3, 4)]
    # The latest is what was saved last, whatever the clock said.
    late = Spectator(app)
    late.subscribe(event_id=league, topics=["results"])
    (snapshot,) = late.new_messages("results_update")
    saved = [message["data"]["results"][0]["fixture_id"] for message in updates]
    assert [row["fixture_id"] for row in snapshot["data"]["results"]] == saved[::-1]


@pytest.mark.parametrize("jump", JUMPS)
def test_publishing_and_heartbeats_use_the_monotonic_clock(app, hub, league, wall, jump, monkeypatch):
    one = Spectator(app)
    one.subscribe(event_id=league)
    one.new_messages()
    steady = {"at": time.monotonic()}
    monkeypatch.setattr(hub_module.time, "monotonic", lambda: steady["at"])
    hub._heartbeat_at = steady["at"]
    wall.jump(jump)
    beats = []
    for _ in range(40):
        steady["at"] += 1
        assert 0 < hub.publish_pending() <= hub_module.CHECK_INTERVAL
        beats.append(len(one.new_messages("heartbeat")))
    assert [number + 1 for number, found in enumerate(beats) if found] == [10, 20, 30, 40]
    assert max(beats) == 1
    play(app, league)
    steady["at"] += 1
    hub.publish_pending()
    assert len(one.new_messages("results_update")) == 1


@pytest.mark.parametrize("jump", JUMPS)
def test_what_is_due_is_published_once(app, hub, league, wall, jump):
    one = Spectator(app)
    one.subscribe(event_id=league, topics=["announcements"])
    one.new_messages()
    moment = wall.now()
    with app.app_context():
        event = db.session.get_one(hub_module.Event, league)
        announce(event, title="Lunch", publish_at=moment + timedelta(minutes=5), by=None)
        announce(event, title="Thunder", priority="urgent", by=None)
    updates: list[str] = []
    for how_far in (timedelta(), timedelta(minutes=6), jump, -jump, jump):
        wall.jump(how_far)
        for _ in range(3):
            with app.app_context():
                run_due_jobs(wall.now())
            publish(hub)
        updates += [row["title"] for message in one.new_messages() for row in message["data"].get("announcements", [])]
    assert sorted(updates) == ["Lunch", "Thunder"]
    with app.app_context():
        states = {one.title: one.state for one in db.session.query(Announcement)}
    assert states == {"Lunch": "CURRENT", "Thunder": "CURRENT"}


@pytest.mark.parametrize("jump", JUMPS)
def test_polling_clients_are_still_counted(app, league, wall, jump):
    presence.reset()
    presence.record_connection("phone", "poll", {league}, lasts=35)
    wall.jump(jump)
    assert presence.count().total == 1
    presence.reset()


@pytest.mark.parametrize("jump", JUMPS)
@pytest.mark.parametrize("stay", ["", "y"])
def test_users_stay_signed_in(app, admin, wall, jump, stay):
    http = app.test_client()
    http.post("/login/", data={"name": "Ada", "password": PASSWORD, "stay": stay})
    wall.jump(jump)
    assert http.get("/admin/").status_code == 200


def test_a_cookie_of_long_ago_has_expired(app, admin, wall):
    http = app.test_client()
    http.post("/login/", data={"name": "Ada", "password": PASSWORD})
    wall.jump(timedelta(days=32))
    assert http.get("/admin/").status_code == 302
