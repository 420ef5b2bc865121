"""Notifications of alerts: they appear in page headers, end with the alert, and are retried if a save fails."""

import pytest
from sqlalchemy.exc import OperationalError

from timely.database.errors import FULL, NotSaved
from timely.extensions import db
from timely.models import Notification
from timely.monitoring import alert_notifications
from timely.monitoring.alert_notifications import MIN_INTERVAL, AlertNotifications
from timely.monitoring.alerts import Alert

pytestmark = pytest.mark.usefixtures("in_app", "admin")

DISK = Alert("disk-low", "high", "Disk nearly full: 180 MB left", "Make room.", 0.0)
LOST = Alert("lost", "high", "12 spectators lost in the last minute", "Look at the Wi-Fi.", 0.0)


def titles():
    db.session.rollback()
    return sorted(one.title for one in db.session.query(Notification))


@pytest.fixture
def steady(monkeypatch):
    at = [1000.0]
    monkeypatch.setattr(alert_notifications.time, "monotonic", lambda: at[0])
    return at


def test_notifications_appear_and_end_with_the_alert():
    notices = AlertNotifications()
    notices.update([DISK])
    assert titles() == [DISK.title]
    notices.update([DISK, LOST])
    assert titles() == [LOST.title, DISK.title]
    notices.update([LOST])
    assert titles() == [LOST.title]
    notices.update([])
    assert titles() == []


def test_an_active_alert_is_notified_once(steady):
    notices = AlertNotifications()
    for _ in range(5):
        notices.update([DISK])
        steady[0] += MIN_INTERVAL
    assert titles() == [DISK.title]


def test_an_alert_that_returns_soon_is_not_notified_again(steady):
    notices = AlertNotifications()
    notices.update([LOST])
    notices.update([])
    steady[0] += 60
    notices.update([LOST])
    assert titles() == []
    steady[0] += MIN_INTERVAL
    notices.update([LOST])
    assert titles() == [LOST.title]


@pytest.mark.parametrize(
    "fault", [NotSaved(FULL), OperationalError("INSERT", {}, Exception("disk I/O error"))], ids=["full", "disk"]
)
def test_a_failed_save_is_retried(monkeypatch, fault):
    notices = AlertNotifications()
    real = alert_notifications.warn_organisers

    def fail(*args):
        raise fault

    monkeypatch.setattr(alert_notifications, "warn_organisers", fail)
    notices.update([DISK])
    assert titles() == []
    monkeypatch.setattr(alert_notifications, "warn_organisers", real)
    notices.update([DISK])
    assert titles() == [DISK.title]
    monkeypatch.setattr(alert_notifications, "end_warning", fail)
    notices.update([])
    assert titles() == [DISK.title]
    monkeypatch.undo()
    notices.update([])
    assert titles() == []
