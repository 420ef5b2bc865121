"""Alert rules: thresholds, texts and priorities. The threshold to end lies beyond that to begin, against flapping.

Titles and messages are in the language of whoever they are made for.
"""

from collections.abc import Callable
from dataclasses import dataclass

from timely.database.errors import BUSY
from timely.domain.translation import LazyText, lazy_gettext, lazy_ngettext
from timely.monitoring.alert_texts import (
    busy_title,
    clock_message,
    clock_title,
    database_message,
    disk_low_message,
    files_message,
    sign_ins_message,
    worse_than_busy,
    worst_trouble,
)
from timely.monitoring.busy_address import TWO_SENTENCES, is_one_address, what_to_do, who_is_busy, why_refused, why_slow
from timely.monitoring.measurements import Measurements
from timely.presenters.number_text import grouped
from timely.presenters.units import room, seconds

MB = 1_000_000
GB = 1000 * MB

Condition = Callable[[Measurements], bool]
Text = Callable[[Measurements], LazyText]


@dataclass(frozen=True)
class Rule:
    """Begins when *begins* has held for *lasts* seconds, and ends when *ends* has held for *calm* seconds."""

    key: str
    priority: str  # one of the notifications' priorities
    begins: Condition
    ends: Condition
    title: Text
    message: Text
    calm: float = 60.0
    lasts: float = 0.0


def _free(m: Measurements) -> int:
    return 100 * GB if m.disk_free is None else m.disk_free


def _files_used(m: Measurements) -> float:
    return m.files[0] / max(1, m.files[1]) if m.files else 0.0


RULES = (
    Rule(
        "disk-full",
        "urgent",
        begins=lambda m: _free(m) < 20 * MB,
        ends=lambda m: _free(m) > 40 * MB,
        title=lambda m: lazy_gettext("The disk is all but full: %(room)s left", room=room(_free(m))),
        message=lambda m: lazy_gettext(
            "Soon no result can be saved any more. Delete something large now, or empty the recycle bin."
        ),
        calm=0.0,
    ),
    Rule(
        "disk-low",
        "high",
        begins=lambda m: 20 * MB <= _free(m) < 200 * MB,
        ends=lambda m: _free(m) > 300 * MB or _free(m) < 20 * MB,
        title=lambda m: lazy_gettext("Disk nearly full: %(room)s left", room=room(_free(m))),
        message=disk_low_message,
        calm=0.0,
    ),
    Rule(
        "database",
        "urgent",
        begins=lambda m: worse_than_busy(m) > 0,
        ends=lambda m: worse_than_busy(m) == 0,
        title=lambda m: lazy_gettext(worst_trouble(m).title),
        message=database_message,
    ),
    Rule(
        "database-busy",
        "high",
        begins=lambda m: m.trouble.get(BUSY.key, 0) > 0,
        ends=lambda m: m.trouble.get(BUSY.key, 0) == 0,
        title=busy_title,
        message=lambda m: lazy_gettext(TWO_SENTENCES, first=lazy_gettext(BUSY.cause), second=lazy_gettext(BUSY.remedy)),
    ),
    Rule(
        "lost",
        "high",
        begins=lambda m: m.lost >= max(5, 0.1 * (m.watching + m.lost)),
        ends=lambda m: m.lost < max(3, 0.03 * m.watching),
        title=lambda m: lazy_ngettext(
            "%(count)s spectator lost in the last minute",
            "%(count)s spectators lost in the last minute",
            m.lost,
            count=grouped(m.lost),
        ),
        message=lambda m: lazy_gettext(
            "Their connection broke; their pages come back by themselves once they reach this computer. "
            "Look at the Wi-Fi."
        ),
    ),
    Rule(
        "slow",
        "high",
        begins=lambda m: m.slowest_delivery >= 2.0,
        ends=lambda m: m.slowest_delivery < 1.0,
        title=lambda m: lazy_gettext("Slow: an update took %(duration)s", duration=seconds(m.slowest_delivery)),
        message=why_slow,
    ),
    Rule(
        "stood-still",
        "high",
        begins=lambda m: m.longest_delay >= 2.0 and not m.slept,
        ends=lambda m: m.longest_delay < 0.5,
        title=lambda m: lazy_gettext("The server stood still for %(duration)s", duration=seconds(m.longest_delay)),
        message=lambda m: lazy_gettext("Nobody was served meanwhile. %(why)s", why=why_slow(m)),
    ),
    Rule(
        "slow-clients",
        "normal",
        begins=lambda m: m.slow_clients >= max(10, 0.05 * m.watching),
        ends=lambda m: m.slow_clients < 3,
        title=lambda m: lazy_ngettext(
            "%(count)s slow reader in the last minute",
            "%(count)s slow readers in the last minute",
            m.slow_clients,
            count=grouped(m.slow_clients),
        ),
        message=lambda m: lazy_gettext(
            "Their connection is too slow for every change, so they get the newest state now and then. "
            "Look at the Wi-Fi."
        ),
    ),
    Rule(
        "refused",
        "high",
        begins=lambda m: m.refused_most[1] >= 50,
        ends=lambda m: m.refused_most[1] < 10,
        title=lambda m: lazy_ngettext(
            "%(count)s request from one address refused in the last minute",
            "%(count)s requests from one address refused in the last minute",
            m.refused_most[1],
            count=grouped(m.refused_most[1]),
        ),
        message=why_refused,
    ),
    Rule(
        "one-address",
        "high",
        begins=is_one_address,
        ends=lambda m: m.busiest_seconds < 5.0,
        title=lambda m: lazy_gettext("One address asks for very much: %(address)s", address=m.busiest),
        message=lambda m: lazy_gettext(
            "%(who)s The others are served before it. %(remedy)s", who=who_is_busy(m), remedy=what_to_do(m)
        ),
    ),
    Rule(
        "sign-ins",
        "high",
        begins=lambda m: m.wrong_sign_ins >= 20,
        ends=lambda m: m.wrong_sign_ins < 5,
        title=lambda m: lazy_ngettext(
            "%(num)s wrong try to sign in within five minutes",
            "%(num)s wrong tries to sign in within five minutes",
            m.wrong_sign_ins,
        ),
        message=sign_ins_message,
    ),
    Rule(
        "failed",
        "high",
        begins=lambda m: m.failed >= 3,
        ends=lambda m: m.failed == 0,
        title=lambda m: lazy_ngettext(
            "%(count)s page failed in the last minute",
            "%(count)s pages failed in the last minute",
            m.failed,
            count=grouped(m.failed),
        ),
        message=lambda m: lazy_gettext("What was saved before is safe. The log in the data folder says what happened."),
    ),
    Rule(
        "unreadable",
        "high",
        begins=lambda m: m.unreadable > 0,
        ends=lambda m: m.unreadable == 0,
        title=lambda m: lazy_gettext("The database holds something that cannot be read"),
        message=lambda m: lazy_gettext(
            "Such a game says Unreadable, and the rest is shown. Enter its result anew; the log in the data folder "
            "says what was found."
        ),
        calm=600.0,
    ),
    Rule(
        "clock",
        "high",
        begins=lambda m: bool(m.clock_jump or m.slept),
        ends=lambda m: not (m.clock_jump or m.slept),
        title=clock_title,
        message=clock_message,
        calm=0.0,
    ),
    Rule(
        "files",
        "urgent",
        begins=lambda m: _files_used(m) >= 0.9,
        ends=lambda m: _files_used(m) < 0.8,
        title=lambda m: lazy_gettext("Nearly no room for more screens"),
        message=files_message,
    ),
    Rule(
        "memory",
        "high",
        begins=lambda m: m.memory_free is not None and m.memory_free < 150 * MB,
        ends=lambda m: m.memory_free is None or m.memory_free > 300 * MB,
        title=lambda m: lazy_gettext("Memory nearly used up: %(room)s left", room=room(m.memory_free or 0)),
        message=lambda m: lazy_gettext("Close other programs on this computer."),
    ),
    Rule(
        "redis",
        "high",
        begins=lambda m: m.redis is False,
        ends=lambda m: m.redis is not False,
        title=lambda m: lazy_gettext("Redis is not reachable"),
        message=lambda m: lazy_gettext(
            "Each worker still tells its own spectators, up to a second later. It connects again by itself."
        ),
        calm=5.0,
        lasts=8.0,  # a worker that has just started is not connected yet
    ),
)
