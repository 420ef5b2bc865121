"""Notifications: sent, withdrawn, over by the clock, made and taken away with urgent announcements."""

from datetime import timedelta

import pytest
from flask import current_app
from sqlalchemy import select

from tests.conftest import get_event, make_user
from timely.clock import now
from timely.extensions import db
from timely.models import AuditEntry, Notification, User
from timely.queries.notifications import notifications as standing
from timely.queries.versions import versions_of
from timely.services.announcements import announce, change_announcement, withdraw
from timely.services.errors import RuleBroken
from timely.services.events import delete_event, set_event_status
from timely.services.notifications import notify, withdraw_notification
from timely.services.scheduled_jobs import run_due_jobs

pytestmark = pytest.mark.usefixtures("in_app")

HOUR = timedelta(hours=1)


@pytest.fixture
def event(league):
    return get_event(league)


@pytest.fixture
def olga(app):
    return db.session.get_one(User, make_user(current_app, "Olga", "organiser"))


def titles(user_id=None):
    return [one.title for one in standing(user_id)]


def version(topic="notifications"):
    return versions_of([topic])[topic]


def change(one, **more):
    said = {name: getattr(one, name) for name in ("title", "message", "type", "priority", "publish_at", "expires_at")}
    change_announcement(one, **{**said, **more}, by=None)


def test_one_to_everybody_and_one_to_one_user_are_told_apart(olga):
    notify(title="Tea", by=olga)
    notify(title="For Olga", to=olga, by=None)
    notify(title="Cake", by=olga)
    assert (titles(), titles(olga.id), titles(olga.id + 1)) == (["Cake", "Tea"], ["For Olga"], [])
    assert (version(), version(f"user_{olga.id}")) == (3, 2)


def test_the_audit_says_who_sent_what_to_whom(olga):
    withdraw_notification(notify(title="Tea", message="At four", to=olga, by=olga), by=olga)
    sent, withdrawn = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(2)).all()[::-1]
    assert (sent.action, sent.by, sent.after["to"], sent.after["message"]) == ("notify", "Olga", "Olga", "At four")
    assert (withdrawn.action, withdrawn.before["title"]) == ("withdraw notification", "Tea")
    assert titles(olga.id) == []
    assert version(f"user_{olga.id}") == 3


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"type": "gossip"}, "type"),
        ({"priority": "utmost"}, "priority"),
        ({"expires_at": now() - HOUR}, "expires_at"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(more, field):
    with pytest.raises(RuleBroken) as broken:
        notify(**{"title": "Tea", **more}, by=None)
    assert list(broken.value.fields) == [field]
    assert (titles(), version()) == ([], 1)


def test_nobody_who_is_shut_out_is_notified(olga):
    olga.active = False
    db.session.commit()
    with pytest.raises(RuleBroken):
        notify(title="Tea", to=olga, by=None)


def test_it_is_over_by_the_clock_as_an_ordinary_save():
    notify(title="Tea", expires_at=now() + HOUR, by=None)
    notify(title="Until withdrawn", by=None)
    assert run_due_jobs(now()) == 0
    assert run_due_jobs(now() + 2 * HOUR) == 1
    assert titles() == ["Until withdrawn"]
    assert version() == 4


def test_an_urgent_announcement_makes_one_in_the_same_save(event):
    announce(event, title="Lunch", priority="high", by=None)
    assert titles() == []
    urgent = announce(event, title="Thunder", message="Leave the pitches", type="weather", priority="urgent", by=None)
    (one,) = standing()
    assert (one.title, one.message, one.type, one.priority) == ("Thunder", "Leave the pitches", "weather", "urgent")
    assert (one.event_id, one.announcement_id) == (event.id, urgent.id)
    assert timedelta(hours=11) < one.expires_at - now() <= timedelta(hours=12)


def test_nothing_is_kept_of_either_if_the_announcement_is_refused(event):
    with pytest.raises(RuleBroken):
        announce(event, title=" ", priority="urgent", by=None)
    assert (titles(), version()) == ([], 1)


def test_it_follows_its_announcement(event):
    urgent = announce(event, title="Thunder", priority="urgent", by=None)
    first = standing()[0].id
    change(urgent, title="Thunder")
    assert [one.id for one in standing()] == [first], "nothing has changed"
    change(urgent, title="All clear")
    assert titles() == ["All clear"]
    assert standing()[0].id != first, "whoever dismissed the old one sees the new one"
    change(urgent, title="All clear", priority="normal")
    assert titles() == []
    change(urgent, title="All clear", priority="urgent")
    withdraw(urgent, by=None)
    assert titles() == []


def test_one_for_later_notifies_when_it_is_published_and_ends_with_it(event):
    announce(event, title="Final", priority="urgent", publish_at=now() + HOUR, expires_at=now() + 3 * HOUR, by=None)
    assert titles() == []
    run_due_jobs(now() + 2 * HOUR)
    assert titles() == ["Final"]
    run_due_jobs(now() + 4 * HOUR)
    assert titles() == []
    assert db.session.scalar(select(Notification.id)) is None


@pytest.mark.parametrize("hidden", [{"visibility": "private"}, {"status": "DRAFT"}])
def test_what_the_public_may_not_see_is_told_to_nobody(make_event, hidden):
    event = get_event(make_event(**hidden))
    announce(event, title="Secret", priority="urgent", by=None)
    assert titles() == []
    before = version()
    if "status" in hidden:
        set_event_status(event, "PUBLISHED", by=None)
    else:
        event.visibility = "public"
        db.session.commit()
    assert titles() == ["Secret"]
    assert version() == before + 1, "pages hear of it"


def test_it_goes_with_its_event_and_pages_hear_of_it(event):
    announce(event, title="Thunder", priority="urgent", by=None)
    before = version()
    delete_event(event, by=None)
    assert titles() == []
    assert version() == before + 1
