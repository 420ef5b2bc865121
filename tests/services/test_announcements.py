"""Announcements: now, later, changed, withdrawn."""

from datetime import timedelta

import pytest

from tests.conftest import get_event
from tests.services.test_undo import last_entry
from timely.clock import now
from timely.queries.announcements import announcements as shown
from timely.queries.notifications import sent_notifications
from timely.services.announcements import announce, change_announcement, withdraw
from timely.services.errors import RuleBroken, StaleVersion
from timely.services.scheduled_jobs import run_due_jobs
from timely.services.undo import undo

pytestmark = pytest.mark.usefixtures("in_app")

HOUR = timedelta(hours=1)


@pytest.fixture
def event(league):
    return get_event(league)


def change(one, **more):
    said = {name: getattr(one, name) for name in ("title", "message", "type", "priority", "publish_at", "expires_at")}
    change_announcement(one, **{**said, **more}, by=None)


def test_it_is_shown_at_once(event):
    one = announce(event, title="Lunch", by=None)
    assert one.state == "CURRENT"
    assert shown(event) == [one]


def test_it_waits_for_its_time_and_ends_by_the_clock(event):
    one = announce(event, title="Final", publish_at=now() + HOUR, expires_at=now() + 2 * HOUR, by=None)
    assert (one.state, shown(event)) == ("WAITING", [])
    run_due_jobs(now() + 1.5 * HOUR)
    assert shown(event) == [one]
    run_due_jobs(now() + 3 * HOUR)
    assert (one.state, shown(event)) == ("EXPIRED", [])


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": "  "}, "title"),
        ({"type": "gossip"}, "type"),
        ({"priority": "utmost"}, "priority"),
        ({"expires_at": now() - HOUR}, "expires_at"),
        ({"publish_at": now() + 2 * HOUR, "expires_at": now() + HOUR}, "expires_at"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(event, more, field):
    with pytest.raises(RuleBroken) as broken:
        announce(event, **{"title": "Lunch", **more}, by=None)
    assert list(broken.value.fields) == [field]
    assert event.announcements == []


def test_a_waiting_one_can_be_published_now(event):
    one = announce(event, title="Final", publish_at=now() + HOUR, by=None)
    change(one, publish_at=None)
    assert one.state == "CURRENT"
    assert one.publish_at <= now()


def test_an_ended_one_comes_back_with_a_later_end(event):
    one = announce(event, title="Final", expires_at=now() + HOUR, by=None)
    run_due_jobs(now() + 2 * HOUR)
    change(one, expires_at=now() + 4 * HOUR)
    assert one.state == "CURRENT"


def test_an_old_form_is_refused(event):
    one = announce(event, title="Lunch", by=None)
    seen = one.version
    change(one, title="Lunch is ready")
    with pytest.raises(StaleVersion):
        change(one, title="No lunch", seen_version=seen)
    assert one.title == "Lunch is ready"


def test_a_withdrawn_one_is_gone_for_good(event):
    one = announce(event, title="Lunch", by=None)
    withdraw(one, by=None)
    assert shown(event) == []
    with pytest.raises(RuleBroken):
        withdraw(one, by=None)
    with pytest.raises(RuleBroken):
        change(one, title="Lunch again")


@pytest.mark.parametrize("priority", ["normal", "urgent"])
def test_a_withdrawal_is_undone_and_done_again(event, priority):
    one = announce(event, title="Rain", priority=priority, by=None)
    noticed = len(sent_notifications())
    withdraw(one, by=None)
    undone = undo(last_entry(), by=None)
    assert (one.state, shown(event), len(sent_notifications())) == ("CURRENT", [one], noticed)
    undo(undone, by=None)
    assert (one.state, shown(event), len(sent_notifications())) == ("WITHDRAWN", [], 0)


def test_one_that_the_clock_has_put_on_since_is_taken_back(event):
    announce(event, title="Final", publish_at=now() + HOUR, by=None)
    made = last_entry()
    run_due_jobs(now() + 2 * HOUR)
    assert len(shown(event)) == 1
    undo(made, by=None)
    assert event.announcements == []


def test_one_that_was_withdrawn_since_is_not_taken_back_before_that(event):
    one = announce(event, title="Final", by=None)
    made = last_entry()
    withdraw(one, by=None)
    with pytest.raises(RuleBroken, match="Undo “withdraw announcement: Final” first"):
        undo(made, by=None)
