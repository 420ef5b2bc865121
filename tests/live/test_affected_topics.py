"""Affected topics: those whose pages and messages show what has changed, and no others."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import get_event, make_user
from timely.clock import now
from timely.extensions import db
from timely.models import Announcement, Change, Deduction, Fixture, Notification, Team
from timely.queries.versions import all_versions

pytestmark = pytest.mark.usefixtures("in_app")

MIDDAY = datetime(2026, 11, 28, 12, tzinfo=UTC)
EVERYWHERE = "event results schedule announcements"


@pytest.fixture
def event(league):
    return get_event(league)


@pytest.fixture
def told(event):
    """The topics that have risen since this was last asked, the event's without its number."""
    before = all_versions()

    def ask():
        nonlocal before
        db.session.commit()
        after = all_versions()
        risen = {key for key, version in after.items() if version != before.get(key)}
        before = after
        prefix = f"event_{event.id}"
        return {
            key.removeprefix(prefix).removeprefix("_") or "event" if key.startswith(prefix) else key for key in risen
        }

    return ask


@pytest.mark.parametrize(
    ("part", "name", "value", "expected"),
    [
        ("event", "place", "The park", "event results events"),
        ("event", "name", "Sunday League", f"{EVERYWHERE} events"),
        ("event", "timezone", "Asia/Tokyo", f"{EVERYWHERE} events"),
        ("event", "frozen", {"results": {}}, "event results schedule events"),
        ("event", "status", "CANCELLED", "event results notifications events"),
        ("event", "visibility", "private", "event results notifications events"),
        ("event", "progress", "OVER", "event events"),  # the clock says so, and no table changes by it
        ("team", "name", "Ash Town", "results schedule"),
        ("pitch", "name", "Court 1", "schedule"),
        ("stage", "options", {"penalties": True}, "results schedule"),
        ("group", "name", "A", "results schedule"),
        ("fixture", "venue_timezone", "Asia/Tokyo", "schedule"),
        ("fixture", "pitch_id", None, "schedule"),
        ("fixture", "start_at", MIDDAY, "results schedule"),
        ("fixture", "group_id", None, "results schedule"),
        ("fixture", "home_source", {"winner_of": "SF1"}, "results schedule"),
    ],
)
def test_a_change(event, told, part, name, value, expected):
    stage = event.stages[0]
    parts = {"event": event, "team": event.teams[0], "pitch": event.pitches[0], "stage": stage}
    parts |= {"group": stage.groups[0], "fixture": event.fixtures[0]}
    setattr(parts[part], name, value)
    assert told() == set(expected.split())


@pytest.mark.parametrize(
    ("status", "visibility"), [("DRAFT", "public"), ("PUBLISHED", "private"), ("DRAFT", "private")]
)
def test_what_is_not_public_is_not_told_in_the_list_of_events(event, told, status, visibility):
    event.status, event.visibility = status, visibility
    assert "events" in told()  # it leaves the list
    event.place = "The park"
    assert told() == {"event", "results"}
    event.status = "PUBLISHED"
    event.visibility = "public"
    assert "events" in told()


def test_a_new_team_pitch_or_deduction_and_when_it_goes(event, told):
    team = Team(event_id=event.id, name="Elm")
    event.teams.append(team)
    assert told() == {"results", "schedule"}
    event.teams.remove(team)
    assert told() == {"results", "schedule"}
    deduction = Deduction(event_id=event.id, team_id=event.teams[0].id, points=1)
    event.deductions.append(deduction)
    assert told() == {"results"}
    event.deductions.remove(deduction)
    assert told() == {"results"}


@pytest.mark.parametrize("source", ["", "home_source", "away_source"])
def test_a_new_game_changes_a_table_only_if_it_waits_for_a_place_of_one(event, told, source):
    game = Fixture(event_id=event.id, stage_id=event.stages[0].id, home_label="A", away_label="B")
    if source:
        setattr(game, source, {"winner_of": "SF1"})
    event.fixtures.append(game)
    assert told() == ({"results", "schedule"} if source else {"schedule"})
    event.fixtures.remove(game)
    assert told() == {"results", "schedule"}


def announcement(event, state):
    one = Announcement(event_id=event.id, title="Lunch", state=state)
    event.announcements.append(one)
    return one


def test_an_announcement_is_told_from_the_moment_it_is_visible(event, told):
    one = announcement(event, "WAITING")
    assert told() == set()
    one.title = "Lunch at one"
    assert told() == set()
    assert one.state == "WAITING"
    one.state = "CURRENT"
    assert told() == {"announcements"}
    one.title = "Lunch at two"
    assert told() == {"announcements"}
    one.state = "EXPIRED"
    assert told() == {"announcements"}
    actions = [row.action for row in db.session.query(Change).filter_by(kind="announcement").order_by(Change.version)]
    assert actions == ["created", "updated", "updated"]


def test_one_that_never_was_visible_goes_in_silence(event, told):
    one = announcement(event, "WAITING")
    told()
    event.announcements.remove(one)
    assert told() == set()
    shown = announcement(event, "CURRENT")
    assert told() == {"announcements"}
    event.announcements.remove(shown)
    assert told() == {"announcements"}


def test_a_notification_is_told_to_all_or_to_one(app, event, told):
    user = make_user(app, "Olga", "organiser")
    assert told() == {f"user_{user}"}  # one's own topic is there from the first day
    one = Notification(title="Lunch", expires_at=now() + timedelta(hours=1))
    own = Notification(title="Your token", user_id=user, expires_at=now() + timedelta(hours=1))
    db.session.add(one)
    assert told() == {"notifications"}
    db.session.add(own)
    assert told() == {f"user_{user}"}
    db.session.delete(one)
    assert told() == {"notifications"}
    db.session.delete(own)
    assert told() == {f"user_{user}"}


@pytest.mark.parametrize(
    ("changed", "action"),
    [
        ({"start_at": MIDDAY}, "rescheduled"),
        ({"pitch_id": None}, "rescheduled"),
        ({"start_at": MIDDAY, "pitch_id": None}, "rescheduled"),
        ({"start_at": MIDDAY, "venue_timezone": "Asia/Tokyo"}, "updated"),
        ({"venue_timezone": "Asia/Tokyo"}, "updated"),
        ({"state": "NOW"}, "updated"),  # nobody has moved it
    ],
)
def test_a_game_that_is_only_moved_is_told_as_such(event, told, changed, action):
    game = event.fixtures[0]
    for name, value in changed.items():
        setattr(game, name, value)
    assert "schedule" in told()
    rows = db.session.query(Change).filter_by(kind="fixture", record_id=game.id, topic=f"event_{event.id}_schedule")
    assert rows.order_by(Change.version.desc()).first().action == action
