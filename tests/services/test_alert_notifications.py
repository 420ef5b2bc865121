"""A warning is in the header of every organiser, once, and goes away."""

import pytest

from tests.conftest import make_user
from timely.extensions import db
from timely.models import AuditEntry, Notification, User
from timely.queries.notifications import notifications
from timely.services.alert_notifications import LONGEST_TITLE, end_warning, warn_organisers

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def people(app, admin):
    return {
        "Ada": admin,
        "Olga": make_user(app, "Olga", "organiser"),
        "Sam": make_user(app, "Sam", "scorer"),
    }


def titles(user_id):
    return [one.title for one in notifications(user_id)]


def test_organisers_are_told_and_nobody_else(people):
    ids = warn_organisers("Disk nearly full: 180 MB left", "Make room.", "high")
    assert len(ids) == 2
    assert titles(people["Ada"]) == titles(people["Olga"]) == ["Disk nearly full: 180 MB left"]
    assert titles(people["Sam"]) == titles(None) == []
    (entry,) = db.session.query(AuditEntry).filter_by(action="warn")
    assert (entry.subject, entry.by) == ("Disk nearly full: 180 MB left", "Timely")


def test_nobody_is_told_the_same_twice(app, people):
    warn_organisers("Redis is not reachable", "", "high")
    assert warn_organisers("Redis is not reachable", "", "high") == []  # as another worker would
    assert titles(people["Ada"]) == ["Redis is not reachable"]
    late = make_user(app, "Otto", "organiser")
    assert len(warn_organisers("Redis is not reachable", "", "high")) == 1
    assert titles(late) == ["Redis is not reachable"]


def test_who_is_shut_out_is_not_notified(people):
    db.session.get_one(User, people["Olga"]).active = False
    db.session.commit()
    assert len(warn_organisers("A", "", "high")) == 1


def test_it_ends_also_where_somebody_withdrew_it(people):
    ids = warn_organisers("A", "", "high")
    db.session.delete(db.session.get_one(Notification, ids[0]))
    db.session.commit()
    end_warning([*ids, 999])
    assert titles(people["Ada"]) == titles(people["Olga"]) == []


def test_it_leaves_by_itself_and_fits(people):
    (first, _) = warn_organisers("x" * 500, "", "urgent")
    found = db.session.get_one(Notification, first)
    assert found.expires_at is not None
    assert len(found.title) == LONGEST_TITLE == Notification.title.type.length
