"""A run that is cut off has told its failures."""

from types import SimpleNamespace

from tests.progress import Progress


def test_a_failure_is_told_at_once_with_its_time():
    lines = []
    progress = Progress(SimpleNamespace(write_line=lines.append))
    report = SimpleNamespace(when="call", failed=False, nodeid="tests/test_it.py::test_it", longreprtext="")
    progress.pytest_runtest_logreport(report)
    assert lines == []
    report.failed, report.longreprtext = True, "E   assert 1 == 2"
    progress.pytest_runtest_logreport(report)
    assert lines == ["", "[0.0 min] FAILED tests/test_it.py::test_it (call)\nE   assert 1 == 2"]


def test_after_some_minutes_it_says_how_far_it_is():
    lines = []
    progress = Progress(SimpleNamespace(write_line=lines.append))
    progress.began = progress.told = progress.began - 6 * 60
    for _ in range(2):
        progress.pytest_runtest_logreport(SimpleNamespace(when="call", failed=False))
    assert lines == ["", "[6.0 min] 1 tests done"]
