"""pytest plugin: runs chosen tests on each mutant of a list, each in a fork of a process that has collected all tests.

A mutant within a function is put into the fork as the function's new code, which takes milliseconds. One of what runs
at import stands in the file already when this process begins; then the list has that one alone, without a text.
Loaded by `-p bench.mutant_run`; MUTANTS names the file of the list, and the one that each outcome is appended to.
"""

import contextlib
import functools
import gc
import json
import os
import resource
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

KILLED, TIMED_OUT, SURVIVED, NOT_REACHED = "killed", "timeout", "survived", "not reached"
EXIT_CODES = {0: SURVIVED, 1: KILLED, 2: NOT_REACHED}
MOST_MEMORY = 6 << 30  # of a mutant that fills a list for ever
LEAST_SECONDS, TIMES_AS_LONG = 10, 10  # of processor time, for one test
MOST_SECONDS = 900  # by the clock, for all tests of a mutant: one waits for what does not come


@dataclass(frozen=True)
class Task:
    """A mutant's number, file and two texts, and {test: its seconds, in the order in which they are run}.

    A key that is a file stands for all tests of it.
    """

    number: int
    path: str
    before: str | None
    after: str | None
    tests: dict[str, float]


class Runner:
    def __init__(self, tasks: list[Task], to: Path) -> None:
        self.tasks, self.to = tasks, to
        self.is_child = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items: dict[str, list[pytest.Item]] = {}
        for item in session.items:
            items.setdefault(item.nodeid, []).append(item)
            items.setdefault(item.nodeid.split("::")[0], []).append(item)
        self.warm_up(session.items)
        for task in self.tasks:
            chosen = [(item, seconds) for name, seconds in task.tests.items() for item in items.get(name, [])]
            outcome, seconds = self.outcome(task, chosen)
            with self.to.open("a", encoding="utf-8") as out:
                print(json.dumps([task.number, outcome, round(seconds, 1)]), file=out)
        return True

    def warm_up(self, items: list[pytest.Item]) -> None:
        """Makes the fixtures that last, by one test of an app: the database without events, the compiled templates."""
        with_app = [item for item in items if "in_app" in getattr(item, "fixturenames", ())]
        for item in with_app[:1]:
            run(item, None)

    def outcome(self, task: Task, chosen: list[tuple[pytest.Item, float]]) -> tuple[str, float]:
        began = time.monotonic()
        pid = os.fork()
        if not pid:
            self.become_child(task, chosen)
        while not (ended := os.waitpid(pid, os.WNOHANG))[0] and time.monotonic() - began < MOST_SECONDS:
            time.sleep(0.01)
        seconds = time.monotonic() - began
        end_group(pid)  # servers that a test has not ended
        if not ended[0]:
            os.waitpid(pid, 0)
            return TIMED_OUT, seconds
        code = os.waitstatus_to_exitcode(ended[1])
        return EXIT_CODES.get(code, TIMED_OUT if code == -signal.SIGPROF else KILLED), seconds

    def become_child(self, task: Task, chosen: list[tuple[pytest.Item, float]]) -> None:
        try:
            os.setsid()
            self.is_child = True
            printed = os.open(self.to.with_suffix(".txt"), os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
            os.dup2(printed, 1)
            os.dup2(printed, 2)
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            is_put_in = task.before is not None and task.after is not None
            if is_put_in and not replace_code(Path.cwd() / task.path, task.before, task.after):
                os._exit(2)
            following = [*(item for item, _ in chosen[1:]), None]
            for (item, seconds), after in zip(chosen, following, strict=True):
                signal.setitimer(signal.ITIMER_PROF, LEAST_SECONDS + TIMES_AS_LONG * seconds)
                run(item, after)
            os._exit(0)
        finally:
            os._exit(1)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self.is_child:
            print(report.longreprtext, flush=True)
            os._exit(1)


def run(item: pytest.Item, following: pytest.Item | None) -> None:
    """Runs the test, and keeps those of its fixtures that *following* needs; None keeps those of the whole session."""
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following or item.session)


def end_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def replace_code(path: Path, before: str, after: str) -> int:
    """The number of functions with new code; results that they are known to have given are forgotten."""
    old, new = (compile(text, str(path), "exec") for text in (before, after))
    try:
        new_code = {one: other for one, other in both(old, new) if one != other}
    except ValueError:  # the compiler has left out what cannot be reached any more
        return 0
    count = 0
    for found in gc.get_objects():
        kind = type(found)
        if kind is FunctionType and found.__code__.co_filename == str(path) and found.__code__ in new_code:
            found.__code__ = new_code[found.__code__]
            count += 1
        elif kind is functools._lru_cache_wrapper and str(found.__module__).startswith("timely"):
            found.cache_clear()
    return count


def both(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """The two codes, and those within them, side by side."""
    yield old, new
    within = ([one for one in code.co_consts if isinstance(one, CodeType)] for code in (old, new))
    for pair in zip(*within, strict=True):
        yield from both(*pair)


def pytest_configure(config: pytest.Config) -> None:
    task: dict[str, Any] = json.loads(os.environ["MUTANTS"])
    tasks = [Task(**one) for one in json.loads(Path(task["tasks"]).read_text("utf-8"))]
    config.pluginmanager.register(Runner(tasks, Path(task["to"])), "mutant_run")
