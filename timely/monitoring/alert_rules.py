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

Test = Callable[[Measurements], bool]
Words = Callable[[Measurements], str]


@dataclass(frozen=True)
class Rule:
    """Begins when *begins* has held for *lasts* seconds, and ends when *ends* has held for *calm* seconds."""

    key: str
    priority: str  # one of the notifications' priorities
    begins: Test
    ends: Test
    title: Words
    message: Words
    calm: float = 60.0
    lasts: float = 0.0


def _worse_than_busy(facts: Measurements) -> int:
    return sum(number for why, number in facts.trouble.items() if why != BUSY.key)


def _worst_trouble(facts: Measurements) -> Trouble:
    return max(WORSE, key=lambda trouble: facts.trouble.get(trouble.key, 0))


def _lasts(facts: Measurements) -> str:
    return f" At the pace of the last minutes it is full in about {span(facts.disk_lasts)}." if facts.disk_lasts else ""


def _free(facts: Measurements) -> int:
    return 100 * GB if facts.disk_free is None else facts.disk_free


def _files_used(facts: Measurements) -> float:
    return facts.files[0] / max(1, facts.files[1]) if facts.files else 0.0


def _clock_title(facts: Measurements) -> str:
    if not facts.clock_jump:
        return f"This computer slept for {span(facts.slept)}"
    return f"The clock jumped {'forward' if facts.clock_jump > 0 else 'back'} by {span(abs(facts.clock_jump))}"


def _clock_message(facts: Measurements) -> str:
    if not facts.clock_jump:
        return "Nobody was served meanwhile. Plug it in and switch its sleep off until the event is over."
    return "Results are safe. Look at this computer's date and time: what happens by the clock follows them."


RULES = (
    Rule(
        "disk-full",
        "urgent",
        begins=lambda f: _free(f) < 20 * MB,
        ends=lambda f: _free(f) > 40 * MB,
        title=lambda f: f"The disk is all but full: {room(_free(f))} left",
        message=lambda f: "Soon no result can be saved any more. Delete something large now, or empty the recycle bin.",
        calm=0.0,
    ),
    Rule(
        "disk-low",
        "high",
        begins=lambda f: 20 * MB <= _free(f) < 200 * MB,
        ends=lambda f: _free(f) > 300 * MB or _free(f) < 20 * MB,
        title=lambda f: f"Disk nearly full: {room(_free(f))} left",
        message=lambda f: f"Make room on the disk that holds the data folder.{_lasts(f)}",
        calm=0.0,
    ),
    Rule(
        "database",
        "urgent",
        begins=lambda f: _worse_than_busy(f) > 0,
        ends=lambda f: _worse_than_busy(f) == 0,
        title=lambda f: _worst_trouble(f).title,
        message=lambda f: f"{_worst_trouble(f).cause} It stopped {count(_worse_than_busy(f), 'request')} in the last "
        f"minute. {_worst_trouble(f).remedy}",
    ),
    Rule(
        "database-busy",
        "high",
        begins=lambda f: f.trouble.get(BUSY.key, 0) > 0,
        ends=lambda f: f.trouble.get(BUSY.key, 0) == 0,
        title=lambda f: f"Database busy: {count(f.trouble.get(BUSY.key, 0), 'request')} refused in the last minute",
        message=lambda f: f"{BUSY.cause} {BUSY.remedy}",
    ),
    Rule(
        "lost",
        "high",
        begins=lambda f: f.lost >= max(5, 0.1 * (f.watching + f.lost)),
        ends=lambda f: f.lost < max(3, 0.03 * f.watching),
        title=lambda f: f"{count(f.lost, 'spectator')} lost in the last minute",
        message=lambda f: "Their connection broke; their pages come back by themselves once they reach this computer. "
        "Look at the Wi-Fi.",
    ),
    Rule(
        "slow",
        "high",
        begins=lambda f: f.slowest_delivery >= 2.0,
        ends=lambda f: f.slowest_delivery < 1.0,
        title=lambda f: f"Slow: an update took {seconds(f.slowest_delivery)}",
        message=why_slow,
    ),
    Rule(
        "stood-still",
        "high",
        begins=lambda f: f.longest_delay >= 2.0 and not f.slept,
        ends=lambda f: f.longest_delay < 0.5,
        title=lambda f: f"The server stood still for {seconds(f.longest_delay)}",
        message=lambda f: f"Nobody was served meanwhile. {why_slow(f)}",
    ),
    Rule(
        "slow-clients",
        "normal",
        begins=lambda f: f.slow_clients >= max(10, 0.05 * f.watching),
        ends=lambda f: f.slow_clients < 3,
        title=lambda f: f"{count(f.slow_clients, 'slow reader')} in the last minute",
        message=lambda f: "Their connection is too slow for every change, so they get the newest state now and then. "
        "Look at the Wi-Fi.",
    ),
    Rule(
        "refused",
        "high",
        begins=lambda f: f.refused_most[1] >= 50,
        ends=lambda f: f.refused_most[1] < 10,
        title=lambda f: f"{f.refused_most[1]:,} requests from one address refused in the last minute",
        message=why_refused,
    ),
    Rule(
        "one-address",
        "high",
        begins=is_one_address,
        ends=lambda f: f.busiest_seconds < 5.0,
        title=lambda f: f"One address asks for very much: {f.busiest}",
        message=lambda f: f"{who_is_busy(f)} The others are served before it. {what_to_do(f)}",
    ),
    Rule(
        "sign-ins",
        "high",
        begins=lambda f: f.wrong_sign_ins >= 20,
        ends=lambda f: f.wrong_sign_ins < 5,
        title=lambda f: f"{f.wrong_sign_ins} wrong tries to sign in within five minutes",
        message=lambda f: f"Most of them from {f.sign_ins_from or 'an unknown address'}. Somebody may be guessing "
        "passwords; each further try has to wait.",
    ),
    Rule(
        "failed",
        "high",
        begins=lambda f: f.failed >= 3,
        ends=lambda f: f.failed == 0,
        title=lambda f: f"{count(f.failed, 'page')} failed in the last minute",
        message=lambda f: "What was saved before is safe. The log in the data folder says what happened.",
    ),
    Rule(
        "unreadable",
        "high",
        begins=lambda f: f.unreadable > 0,
        ends=lambda f: f.unreadable == 0,
        title=lambda f: "The database holds something that cannot be read",
        message=lambda f: "Such a game says Unreadable, and the rest is shown. Enter its result anew; the log in the "
        "data folder says what was found.",
        calm=600.0,
    ),
    Rule(
        "clock",
        "high",
        begins=lambda f: bool(f.clock_jump or f.slept),
        ends=lambda f: not (f.clock_jump or f.slept),
        title=_clock_title,
        message=_clock_message,
        calm=0.0,
    ),
    Rule(
        "files",
        "urgent",
        begins=lambda f: _files_used(f) >= 0.9,
        ends=lambda f: _files_used(f) < 0.8,
        title=lambda f: "Nearly no room for more screens",
        message=lambda f: f"{f.files[0] if f.files else 0:,} of {f.files[1] if f.files else 0:,} connections and files "
        "are open. Newcomers wait until somebody leaves.",
    ),
    Rule(
        "memory",
        "high",
        begins=lambda f: f.memory_free is not None and f.memory_free < 150 * MB,
        ends=lambda f: f.memory_free is None or f.memory_free > 300 * MB,
        title=lambda f: f"Memory nearly used up: {room(f.memory_free or 0)} left",
        message=lambda f: "Close other programs on this computer.",
    ),
    Rule(
        "redis",
        "high",
        begins=lambda f: f.redis is False,
        ends=lambda f: f.redis is not False,
        title=lambda f: "Redis is not reachable",
        message=lambda f: "Each worker still tells its own spectators, up to a second later. It connects again by "
        "itself.",
        calm=5.0,
        lasts=8.0,  # a worker that has just started is not connected yet
    ),
)
