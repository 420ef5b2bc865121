"""Alert rules on made-up measurements: each begins, says what is wrong, does not flap, and ends."""

import json
from dataclasses import replace
from gettext import NullTranslations

import pytest

from timely import metrics
from timely.domain.statuses import PRIORITIES
from timely.domain.translation import Language, in_language
from timely.models.notification import Notification
from timely.monitoring.alert_rules import GB, MB, RULES
from timely.monitoring.alerts import Alerts, alert_texts, as_row
from timely.monitoring.busy_address import REFUSED_FOR
from timely.monitoring.measurements import Measurements, most_of

WELL = Measurements(watching=100, disk_free=50 * GB, memory_free=2 * GB, files=(120, 10_240), redis=True)


class Day:
    """A clock of our own, and the warnings that are asked by it every five seconds."""

    def __init__(self):
        self.now = 0.0
        self.warnings = Alerts(clock=lambda: self.now)
        self.begun, self.ended = [], []

    def goes_on(self, seconds, **facts):
        """Everything is well but for *facts*."""
        for _ in range(round(seconds / 5)):
            self.now += 5
            begun, ended = self.warnings.check(replace(WELL, **facts))
            self.begun += [one.key for one in begun]
            self.ended += [one.key for one in ended]

    @property
    def titles(self):
        return [one.title for one in self.warnings.active]


@pytest.fixture
def day():
    return Day()


# key: what is wrong, what is said of it, what is not bad enough
HISTORY = {
    "disk-full": ({"disk_free": 3 * MB}, "The disk is all but full: 3.0 MB left", {"disk_free": 25 * MB}),
    "disk-low": ({"disk_free": 180 * MB}, "Disk nearly full: 180 MB left", {"disk_free": 250 * MB}),
    "database": ({"trouble": {"read_only": 2}}, "The database cannot be written", {"trouble": {"busy": 1}}),
    "database-busy": (
        {"trouble": {"busy": 1}},
        "Database busy: 1 request refused in the last minute",
        {"trouble": {"busy": 0}},
    ),
    "lost": ({"lost": 12}, "12 spectators lost in the last minute", {"lost": 4}),
    "slow": ({"slowest_delivery": 2.34}, "Slow: an update took 2.3 s", {"slowest_delivery": 1.9}),
    "stood-still": ({"longest_delay": 3.0}, "The server stood still for 3.0 s", {"longest_delay": 1.0}),
    "slow-clients": ({"slow_clients": 11}, "11 slow readers in the last minute", {"slow_clients": 9}),
    "refused": (
        {"refused_most": ("192.168.1.66", 50), "refused_for": "connections"},
        "50 requests from one address refused in the last minute",
        {"refused_most": ("192.168.1.66", 49), "refused": 500},
    ),
    "one-address": (
        {"busiest": "10.0.0.7", "busiest_with": "/matches/", "busiest_seconds": 12.0, "busiest_count": 9000},
        "One address asks for very much: 10.0.0.7",
        {"busiest": "10.0.0.7", "busiest_with": "/matches/", "busiest_seconds": 9.0, "busiest_count": 900},
    ),
    "sign-ins": (
        {"wrong_sign_ins": 25, "sign_ins_from": "10.0.0.9"},
        "25 wrong tries to sign in within five minutes",
        {"wrong_sign_ins": 19},
    ),
    "failed": ({"failed": 3}, "3 pages failed in the last minute", {"failed": 2}),
    "unreadable": ({"unreadable": 1}, "The database holds something that cannot be read", {"unreadable": 0}),
    "clock": ({"clock_jump": -3480.0}, "The clock jumped back by 58 minutes", {"clock_jump": 0.0}),
    "files": ({"files": (950, 1024)}, "Nearly no room for more screens", {"files": (900, 1024)}),
    "memory": ({"memory_free": 90 * MB}, "Memory nearly used up: 90 MB left", {"memory_free": 200 * MB}),
    "redis": ({"redis": False}, "Redis is not reachable", {"redis": None}),
}


def test_every_rule_has_its_history():
    assert [rule.key for rule in RULES] == list(HISTORY)


@pytest.mark.parametrize("key", HISTORY)
def test_an_alert_begins_once_with_its_text_and_ends_once(day, key):
    wrong, title, _ = HISTORY[key]
    day.goes_on(60)
    assert day.begun == []
    day.goes_on(300, **wrong)
    assert day.begun == [key]
    assert day.titles == [title]
    assert day.ended == []
    day.goes_on(900)
    assert (day.begun, day.ended, day.titles) == ([key], [key], [])


@pytest.mark.parametrize("key", HISTORY)
def test_values_below_the_threshold_raise_no_alert(day, key):
    day.goes_on(300, **HISTORY[key][2])
    assert key not in day.begun


@pytest.mark.parametrize("key", [rule.key for rule in RULES if rule.calm >= 60])
def test_flapping_within_a_minute_is_one_alert(day, key):
    for _ in range(20):
        day.goes_on(10, **HISTORY[key][0])
        day.goes_on(30)
    assert (day.begun, day.ended) == ([key], [])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_an_alert_never_ends_while_its_condition_holds(rule):
    for wrong, *_ in HISTORY.values():
        facts = replace(WELL, **wrong)
        assert not (rule.begins(facts) and rule.ends(facts))
    assert rule.ends(WELL)
    assert not rule.begins(WELL)
    assert not rule.begins(Measurements())  # a computer that tells nothing is not in need


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_alert_texts_fit_a_notification(rule):
    facts = replace(WELL, **HISTORY[rule.key][0])
    assert len(str(rule.title(facts))) <= Notification.title.type.length
    assert str(rule.message(facts)).endswith(".")
    assert rule.priority in PRIORITIES


def test_a_filling_disk_has_a_second_alert_when_it_is_full(day):
    day.goes_on(10, disk_free=180 * MB, disk_lasts=40 * 60.0)
    (warning,) = day.warnings.active
    assert warning.message.endswith("it is full in about 40 minutes.")
    day.goes_on(10, disk_free=5 * MB)
    assert day.begun == ["disk-low", "disk-full"]
    assert day.titles == ["The disk is all but full: 5.0 MB left"]
    day.goes_on(10, disk_free=50 * GB)
    assert day.titles == []


BUSY = HISTORY["one-address"][0]


@pytest.mark.parametrize("key", ["slow", "stood-still", "one-address"])
def test_a_server_slowed_by_one_address_names_it_and_what_it_asks_for(day, key):
    day.goes_on(10, **HISTORY[key][0], **({} if key == "one-address" else BUSY))
    (message,) = [one.message for one in day.warnings.active if one.key == key]
    assert "10.0.0.7 asked 9,000 times in the last minute, mostly for /matches/." in message
    assert "take it off the Wi-Fi" in message
    assert "plug it in" not in message


@pytest.mark.parametrize("key", ["slow", "stood-still"])
def test_a_server_that_is_slow_by_itself_is_to_be_plugged_in(day, key):
    day.goes_on(10, **HISTORY[key][0], **HISTORY["one-address"][2])
    assert day.warnings.active[0].message.endswith("plug it in.")


@pytest.mark.parametrize("why", REFUSED_FOR)
def test_who_is_refused_is_named_with_what_it_does(day, why):
    day.goes_on(10, refused_most=("192.168.1.66", 90), refused_for=why, busiest_with="/matches/")
    (warning,) = day.warnings.active
    assert warning.message.startswith(f"They came from 192.168.1.66. {REFUSED_FOR[why].rstrip('.')}")
    assert ("/matches/" in warning.message) == (why == "drawing")


def test_every_counted_refusal_has_a_text():
    counted = {sample.labels["why"] for family in metrics.REFUSED.collect() for sample in family.samples}
    assert set(REFUSED_FOR) >= counted


def test_a_few_lost_of_many_raise_no_alert(day):
    day.goes_on(60, watching=1000, lost=40)
    assert day.begun == []
    day.goes_on(60, watching=1000, lost=120)
    assert day.begun == ["lost"]


def test_an_alert_keeps_its_worst_values(day):
    day.goes_on(10, lost=12)
    day.goes_on(10, lost=30)
    day.goes_on(30, lost=1)
    assert day.titles == ["30 spectators lost in the last minute"]


def test_the_most_urgent_stands_first(day):
    day.goes_on(10, lost=12)
    day.goes_on(10, lost=12, disk_free=1 * MB)
    assert [one.key for one in day.warnings.active] == ["disk-full", "lost"]


def test_a_short_redis_outage_raises_no_alert(day):
    day.goes_on(5, redis=False)
    day.goes_on(60)
    assert day.begun == []


def test_sleep_of_the_computer_is_reported_as_sleep(day):
    day.goes_on(10, slept=7200.0, longest_delay=3.0)
    assert day.titles == ["This computer slept for 2 hours"]


def test_the_most_refused_address():
    assert most_of(["a", "b", "a"]) == ("a", 2)
    assert most_of([]) == ("", 0)


class Bracketed(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"[{message}]"


def test_a_page_has_it_in_its_language_and_the_log_in_english(day):
    with in_language(Language("xb", Bracketed())):
        day.goes_on(10, disk_free=180 * MB)
        (warning,) = day.warnings.active
        row = json.loads(json.dumps(as_row(warning, day.now)))
        title, message = alert_texts(row)
    assert warning.title == row["title"] == "Disk nearly full: 180 MB left"
    assert title.startswith("[Disk nearly full: ")
    assert title.endswith(" left]")
    assert message == "[Make room on the disk that holds the data folder.]"


@pytest.mark.parametrize("key", HISTORY)
def test_a_row_says_what_the_alert_says(day, key):
    day.goes_on(40, **HISTORY[key][0])
    for warning in day.warnings.active:
        row = json.loads(json.dumps(as_row(warning, day.now)))
        assert alert_texts(row) == (warning.title, warning.message)


@pytest.mark.parametrize("measured", [{}, {"measured": {"moon": 1}}])
def test_a_row_of_another_version_is_shown_as_it_is(measured):
    row = {"key": "lost", "priority": "high", "title": "Lost", "message": "Look.", "age": 3, **measured}
    assert alert_texts(row) == ("Lost", "Look.")
