"""Failures told at once, and how far the tests are every few minutes: a run that is cut off has said what it found."""

import time
from typing import Any

import pytest

MINUTES = 5


class Progress:
    """Prints between the dots of one run, from the process that collects the results."""

    def __init__(self, terminal: Any) -> None:
        self.terminal = terminal
        self.began = self.told = time.monotonic()
        self.done = 0

    def minutes(self) -> float:
        return (time.monotonic() - self.began) / 60

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.done += report.when == "call"
        if report.failed:
            self.tell(f"FAILED {report.nodeid} ({report.when})\n{report.longreprtext}")
        elif time.monotonic() - self.told > MINUTES * 60:
            self.told = time.monotonic()
            self.tell(f"{self.done} tests done")

    def tell(self, text: str) -> None:
        self.terminal.write_line("")
        self.terminal.write_line(f"[{self.minutes():.1f} min] {text}")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Progress(terminal), "progress")
