"""Alert rules: thresholds, texts and priorities. The threshold to end lies beyond that to begin, against flapping."""

from collections.abc import Callable
from dataclasses import dataclass

from timely.database.errors import BUSY, DAMAGED, DISK, FULL, GONE, OUT_OF_DATE, READ_ONLY, Trouble
from timely.monitoring.busy_address import is_one_address, what_to_do, who_is_busy, why_refused, why_slow
from timely.monitoring.measurements import Measurements
from timely.presenters.units import count, room, seconds, span

MB = 1_000_000
GB = 1000 * MB

WORSE = (FULL, READ_ONLY, DISK, GONE, DAMAGED, OUT_OF_DATE)

Condition = Callable[[Measurements], bool]
Text = Callable[[Measurements], str]


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


def _worse_than_busy(m: Measurements) -> int:
    return sum(number for why, number in m.trouble.items() if why != BUSY.key)


def _worst_trouble(m: Measurements) -> Trouble:
    return max(WORSE, key=lambda trouble: m.trouble.get(trouble.key, 0))


def _lasts(m: Measurements) -> str:
    return f" At the pace of the last minutes it is full in about {span(m.disk_lasts)}." if m.disk_lasts else ""


def _free(m: Measurements) -> int:
    return 100 * GB if m.disk_free is None else m.disk_free


def _files_used(m: Measurements) -> float:
    return m.files[0] / max(1, m.files[1]) if m.files else 0.0


def _clock_title(m: Measurements) -> str:
    if not m.clock_jump:
        return f"This computer slept for {span(m.slept)}"
    return f"The clock jumped {'forward' if m.clock_jump > 0 else 'back'} by {span(abs(m.clock_jump))}"


def _clock_message(m: Measurements) -> str:
    if not m.clock_jump:
        return "Nobody was served meanwhile. Plug it in and switch its sleep off until the event is over."
    return "Results are safe. Look at this computer's date and time: what happens by the clock follows them."


RULES = (
    Rule(
        "disk-full",
        "urgent",
        begins=lambda m: _free(m) < 20 * MB,
        ends=lambda m: _free(m) > 40 * MB,
        title=lambda m: f"The disk is all but full: {room(_free(m))} left",
        message=lambda m: "Soon no result can be saved any more. Delete something large now, or empty the recycle bin.",
        calm=0.0,
    ),
    Rule(
        "disk-low",
        "high",
        begins=lambda m: 20 * MB <= _free(m) < 200 * MB,
        ends=lambda m: _free(m) > 300 * MB or _free(m) < 20 * MB,
        title=lambda m: f"Disk nearly full: {room(_free(m))} left",
        message=lambda m: f"Make room on the disk that holds the data folder.{_lasts(m)}",
        calm=0.0,
    ),
    Rule(
        "database",
        "urgent",
        begins=lambda m: _worse_than_busy(m) > 0,
        ends=lambda m: _worse_than_busy(m) == 0,
        title=lambda m: _worst_trouble(m).title,
        message=lambda m: f"{_worst_trouble(m).cause} It stopped {count(_worse_than_busy(m), 'request')} in the last "
        f"minute. {_worst_trouble(m).remedy}",
    ),
    Rule(
        "database-busy",
        "high",
        begins=lambda m: m.trouble.get(BUSY.key, 0) > 0,
        ends=lambda m: m.trouble.get(BUSY.key, 0) == 0,
        title=lambda m: f"Database busy: {count(m.trouble.get(BUSY.key, 0), 'request')} refused in the last minute",
        message=lambda m: f"{BUSY.cause} {BUSY.remedy}",
    ),
    Rule(
        "lost",
        "high",
        begins=lambda m: m.lost >= max(5, 0.1 * (m.watching + m.lost)),
        ends=lambda m: m.lost < max(3, 0.03 * m.watching),
        title=lambda m: f"{count(m.lost, 'spectator')} lost in the last minute",
        message=lambda m: "Their connection broke; their pages come back by themselves once they reach this computer. "
        "Look at the Wi-Fi.",
    ),
    Rule(
        "slow",
        "high",
        begins=lambda m: m.slowest_delivery >= 2.0,
        ends=lambda m: m.slowest_delivery < 1.0,
        title=lambda m: f"Slow: an update took {seconds(m.slowest_delivery)}",
        message=why_slow,
    ),
    Rule(
        "stood-still",
        "high",
        begins=lambda m: m.longest_delay >= 2.0 and not m.slept,
        ends=lambda m: m.longest_delay < 0.5,
        title=lambda m: f"The server stood still for {seconds(m.longest_delay)}",
        message=lambda m: f"Nobody was served meanwhile. {why_slow(m)}",
    ),
    Rule(
        "slow-clients",
        "normal",
        begins=lambda m: m.slow_clients >= max(10, 0.05 * m.watching),
        ends=lambda m: m.slow_clients < 3,
        title=lambda m: f"{count(m.slow_clients, 'slow reader')} in the last minute",
        message=lambda m: "Their connection is too slow for every change, so they get the newest state now and then. "
        "Look at the Wi-Fi.",
    ),
    Rule(
        "refused",
        "high",
        begins=lambda m: m.refused_most[1] >= 50,
        ends=lambda m: m.refused_most[1] < 10,
        title=lambda m: f"{m.refused_most[1]:,} requests from one address refused in the last minute",
        message=why_refused,
    ),
    Rule(
        "one-address",
        "high",
        begins=is_one_address,
        ends=lambda m: m.busiest_seconds < 5.0,
        title=lambda m: f"One address asks for very much: {m.busiest}",
        message=lambda m: f"{who_is_busy(m)} The others are served before it. {what_to_do(m)}",
    ),
    Rule(
        "sign-ins",
        "high",
        begins=lambda m: m.wrong_sign_ins >= 20,
        ends=lambda m: m.wrong_sign_ins < 5,
        title=lambda m: f"{m.wrong_sign_ins} wrong tries to sign in within five minutes",
        message=lambda m: f"Most of them from {m.sign_ins_from or 'an unknown address'}. Somebody may be guessing "
        "passwords; each further try has to wait.",
    ),
    Rule(
        "failed",
        "high",
        begins=lambda m: m.failed >= 3,
        ends=lambda m: m.failed == 0,
        title=lambda m: f"{count(m.failed, 'page')} failed in the last minute",
        message=lambda m: "What was saved before is safe. The log in the data folder says what happened.",
    ),
    Rule(
        "unreadable",
        "high",
        begins=lambda m: m.unreadable > 0,
        ends=lambda m: m.unreadable == 0,
        title=lambda m: "The database holds something that cannot be read",
        message=lambda m: "Such a game says Unreadable, and the rest is shown. Enter its result anew; the log in the "
        "data folder says what was found.",
        calm=600.0,
    ),
    Rule(
        "clock",
        "high",
        begins=lambda m: bool(m.clock_jump or m.slept),
        ends=lambda m: not (m.clock_jump or m.slept),
        title=_clock_title,
        message=_clock_message,
        calm=0.0,
    ),
    Rule(
        "files",
        "urgent",
        begins=lambda m: _files_used(m) >= 0.9,
        ends=lambda m: _files_used(m) < 0.8,
        title=lambda m: "Nearly no room for more screens",
        message=lambda m: f"{m.files[0] if m.files else 0:,} of {m.files[1] if m.files else 0:,} connections and files "
        "are open. Newcomers wait until somebody leaves.",
    ),
    Rule(
        "memory",
        "high",
        begins=lambda m: m.memory_free is not None and m.memory_free < 150 * MB,
        ends=lambda m: m.memory_free is None or m.memory_free > 300 * MB,
        title=lambda m: f"Memory nearly used up: {room(m.memory_free or 0)} left",
        message=lambda m: "Close other programs on this computer.",
    ),
    Rule(
        "redis",
        "high",
        begins=lambda m: m.redis is False,
        ends=lambda m: m.redis is not False,
        title=lambda m: "Redis is not reachable",
        message=lambda m: "Each worker still tells its own spectators, up to a second later. It connects again by "
        "itself.",
        calm=5.0,
        lasts=8.0,  # a worker that has just started is not connected yet
    ),
)
