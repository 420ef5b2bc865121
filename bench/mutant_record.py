"""pytest plugin: which lines of the watched files each test runs, and how long it takes.

Loaded by `-p bench.mutant_record` in the copy of the tree, told by RECORD what to watch and where to write.
"""

import json
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

ROOT = Path.cwd()
# A function that is called so often by one test has been through its usual lines; to follow it further takes too long.
MOST_FOLLOWED = 1000


class Code:
    """One function of a watched file, and which of its lines have been run since the test began."""

    def __init__(self, name: str, code: CodeType) -> None:
        self.name = name
        self.all = {line for _, _, line in code.co_lines() if line}
        self.forget()

    def forget(self) -> None:
        self.left, self.calls = set(self.all), 0

    def follow(self, frame: FrameType, event: str, arg: object) -> Any:
        self.left.discard(frame.f_lineno)
        return self.follow if self.left else None


class Recorder:
    """Follows the calls of all functions, and of watched files the lines."""

    def __init__(self, watched: list[str]) -> None:
        self.names = {str(ROOT / path): path for path in watched}
        self.codes: dict[int, Code | None] = {}  # by the id of the code, which a module keeps as long as it is loaded
        self.kept: list[CodeType] = []
        self.run: dict[int, Code] = {}
        self.at_import: dict[str, list[int]] | None = None
        self.tests: dict[str, dict[str, Any]] = {}
        self.failed: set[str] = set()

    def begin(self) -> None:
        threading.settrace(self.call)
        sys.settrace(self.call)

    def call(self, frame: FrameType, event: str, arg: object) -> Any:
        code = frame.f_code
        number = id(code)
        try:
            found = self.codes[number]
        except KeyError:
            name = self.names.get(code.co_filename)
            found = self.codes[number] = Code(name, code) if name else None
            self.kept.append(code)
        if found is None or not found.left or found.calls >= MOST_FOLLOWED:
            return None
        found.calls += 1
        found.left.discard(frame.f_lineno)  # that of `def`, which has no event of its own
        self.run[number] = found
        return found.follow

    def lines(self) -> dict[str, list[int]]:
        """The lines of each file that have been run since this was last asked."""
        found: dict[str, set[int]] = defaultdict(set)
        for code in self.run.values():
            found[code.name] |= code.all - code.left
            code.forget()
        self.run.clear()
        return {name: sorted(lines) for name, lines in found.items()}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        if self.at_import is None:
            self.at_import = self.lines()
        began = time.process_time()
        self.begin()  # a test may have taken it away
        try:
            return (yield)
        finally:
            seconds = time.process_time() - began
            self.tests[item.nodeid] = {"seconds": round(seconds, 3), "lines": self.lines()}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        ours = str(ROOT)
        found = {
            "tests": {name: one for name, one in self.tests.items() if name not in self.failed},
            "failed": sorted(self.failed),
            "at_import": self.at_import,
            "modules": [
                name for name, module in list(sys.modules.items())
                if not str(getattr(module, "__file__", None) or ours).startswith(ours)
            ],
        }  # fmt: skip
        Path(json.loads(os.environ["RECORD"])["to"]).write_text(json.dumps(found), "utf-8")


def pytest_configure(config: pytest.Config) -> None:
    recorder = Recorder(json.loads(os.environ["RECORD"])["watched"])
    config.pluginmanager.register(recorder, "mutant_record")
    recorder.begin()
