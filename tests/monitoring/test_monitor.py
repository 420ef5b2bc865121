"""Monitor on this process and this disk: counts become measurements, and measurements alerts."""

import json
import logging
import os
import subprocess
import sys
from datetime import timedelta

import pytest

from timely import clock, metrics
from timely.live import presence
from timely.logs import FIELDS
from timely.monitoring import clock_drift as clocks_module
from timely.monitoring.alert_rules import MB
from timely.monitoring.monitor import CHECK_INTERVAL, Monitor
from timely.monitoring.snapshot import MAX_TIMES, delivery_times, merged

RECENT = (metrics.DELIVERED, metrics.DELAYS, metrics.REFUSALS, metrics.WRONG_SIGN_INS, metrics.CPU_TIME)


@pytest.fixture(autouse=True)
def _quiet():
    for recent in RECENT:
        recent.clear()
    presence.reset()
    yield
    for recent in RECENT:
        recent.clear()
    presence.reset()


@pytest.fixture
def monitor(tmp_path):
    return Monitor(tmp_path, "127.0.0.1:8000", "threading")


def keys(warnings):
    return [one.key for one in warnings]


def test_lost_spectators_raise_an_alert_in_log_and_snapshot(monitor, caplog):
    assert monitor.check() == ([], [])
    metrics.LOST.labels("ping_timeout").inc(12)
    (begun, ended) = monitor.check()
    assert (keys(begun), ended) == (["lost"], [])
    assert monitor.check() == ([], [])
    (shown,) = monitor.merged_snapshot()["warnings"]
    assert (shown["key"], shown["title"]) == ("lost", "12 spectators lost in the last minute")
    (line,) = [one for one in caplog.records if one.name == "timely.monitoring.monitor"]
    assert line.levelno == logging.WARNING
    assert line.getMessage().startswith("12 spectators lost in the last minute. ")
    assert getattr(line, FIELDS) == {"event": "warning begins", "warning": "lost", "priority": "high"}


def test_connections_lost_before_the_start_do_not_count(tmp_path):
    metrics.LOST.labels("ping_timeout").inc(50)
    assert Monitor(tmp_path).check() == ([], [])


def test_the_refused_address_is_named(monitor):
    for _ in range(60):
        metrics.count_refusal("requests", "192.168.1.66")
    for number in range(60):
        metrics.count_refusal("requests", f"10.0.0.{number}")
    (begun, _) = monitor.check()
    assert keys(begun) == ["refused"]
    assert begun[0].message.startswith("They came from 192.168.1.66. It sends forms")


def test_the_busiest_address_is_named_with_its_page(monitor):
    for number in range(60):
        metrics.CPU_TIME.record("10.0.0.1", "/events/…/", 0.1)
        metrics.CPU_TIME.record("192.168.1.66", "/matches/", 0.3)
        metrics.CPU_TIME.record(f"10.0.1.{number}", "/", 0.2)
    metrics.record_delivery("socketio", 2.3)
    (begun, _) = monitor.check()
    assert keys(begun) == ["slow", "one-address"]
    for one in begun:
        assert "192.168.1.66 asked 60 times in the last minute, mostly for /matches/." in one.message


def test_failed_log_ins_raise_an_alert_and_successful_ones_do_not(monitor):
    for _ in range(100):
        metrics.count_login_attempt("right", "10.0.0.1")
    assert monitor.check() == ([], [])
    for _ in range(25):
        metrics.count_login_attempt("wrong", "10.0.0.9")
    (begun, _) = monitor.check()
    assert keys(begun) == ["sign-ins"]
    assert "10.0.0.9" in begun[0].message


def test_a_database_error_raises_its_own_alert(monitor):
    metrics.DATABASE_TROUBLE.labels("disk_full").inc()
    (begun, _) = monitor.check()
    assert [(one.key, one.title) for one in begun] == [("database", "The disk is full")]


def test_a_slow_update_and_a_pause_raise_alerts(monitor):
    metrics.record_delivery("socketio", 2.3)
    metrics.DELAYS.record("", 3.0)
    (begun, _) = monitor.check()
    assert [one.title for one in begun] == ["Slow: an update took 2.3 s", "The server stood still for 3.0 s"]


def test_a_clock_jump_raises_an_alert(tmp_path, monkeypatch):
    monitor = Monitor(tmp_path)
    monitor.clocks.check()
    assert monitor.check() == ([], [])
    monkeypatch.setattr(clocks_module, "now", lambda: clock.now() - timedelta(minutes=58))
    monitor.clocks.check()
    (begun, _) = monitor.check()
    assert [one.title for one in begun] == ["The clock jumped back by 58 minutes"]


needs_a_disk = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux may make a small disk"
)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 MB; skips where none may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)], capture_output=True)
    if made.returncode:
        pytest.skip("no disk may be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@needs_a_disk
def test_a_real_full_disk_raises_an_alert(small_disk):
    monitor = Monitor(small_disk)
    (begun, _) = monitor.check()
    assert keys(begun) == ["disk-low"]
    assert begun[0].title == "Disk nearly full: 67 MB left"
    (small_disk / "film").write_bytes(b"x" * (60 * MB))
    (begun, ended) = monitor.check()
    assert (keys(begun), keys(ended)) == (["disk-full"], ["disk-low"])
    assert monitor.measure().disk_lasts is not None
    (small_disk / "film").unlink()
    (begun, ended) = monitor.check()
    assert (keys(begun), keys(ended)) == (["disk-low"], ["disk-full"])


def test_a_missing_folder_raises_no_alert(tmp_path):
    monitor = Monitor(tmp_path / "nowhere")
    assert monitor.check() == ([], [])
    assert monitor.merged_snapshot()["disk"] is None


def test_the_snapshot_is_serialisable(monitor):
    metrics.record_delivery("socketio", 0.0123)
    monitor.check()
    shown = monitor.snapshot()
    assert json.loads(json.dumps(shown)) == {**shown, "files": list(shown["files"]) if shown["files"] else None}
    assert shown["times"] == {"socketio": [0.0123]}


def test_the_growth_of_the_last_minute_is_shown(monitor):
    monitor.check()
    metrics.MESSAGES.labels("results_update").inc(3)
    metrics.DELIVERIES.labels("streams").inc(300)
    metrics.SLOW.labels("cut off").inc(2)
    monitor.check()
    shown = monitor.merged_snapshot()
    assert (shown["messages"], shown["deliveries"], shown["slow"], shown["workers"]) == (3, 300, 2, 1)


def test_points_for_the_charts_come_every_ten_seconds(monitor, monkeypatch):
    steady = {"at": 1000.0}
    monkeypatch.setattr("timely.monitoring.monitor.time.monotonic", lambda: steady["at"])
    metrics.record_delivery("socketio", 0.25)
    for _ in range(13):
        monitor.check()
        steady["at"] += CHECK_INTERVAL
    points = monitor.history.points()
    assert [point.at for point in points] == [1000.0 + 10 * number for number in range(7)]
    assert points[0].slowest == 250


def test_down_sampling_keeps_the_median():
    for number in range(1000):
        metrics.record_delivery("streams", number / 1000)
    times = delivery_times()["streams"]
    assert len(times) <= MAX_TIMES
    assert times[0] == 0.999
    assert abs(sorted(times)[len(times) // 2] - 0.5) < 0.02


def test_workers_are_summed_and_the_worst_of_them_counts():
    one = {"watching": 3, "messages": 4, "times": {"socketio": [0.1]}, "delay": 0.2, "cpu": 0.5, "mode": "eventlet"}
    disk = {"key": "disk-low", "title": "Disk nearly full: 180 MB left"}
    two = {"watching": 5, "times": {"socketio": [0.4], "streams": [0.2]}, "delay": 0.1, "cpu": 0.25, "warnings": [disk]}
    found = merged([{**one, "warnings": [disk]}, two])
    assert (found["watching"], found["messages"], found["workers"], found["mode"]) == (8, 4, 2, "eventlet")
    assert found["times"] == {"socketio": [0.4, 0.1], "streams": [0.2]}
    assert (found["delay"], found["cpu"]) == (0.2, 0.75)
    assert found["warnings"] == [disk]
