"""The one command for all benches: what it starts is there, and what it sums up is what they said."""

import subprocess
import sys

import pytest

from bench import __main__ as all_benches
from bench.table import is_judged, verdict
from config import ROOT


@pytest.mark.parametrize("bench", all_benches.BENCHES.values(), ids=list(all_benches.BENCHES))
def test_each_is_a_command_that_knows_its_quick_words(bench):
    path = ROOT / "bench" / bench.module
    source = (path / "__main__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8")
    assert all(f'add_argument("{word}"' in source for word in bench.quick if word.startswith("--"))


def test_what_was_promised_is_summed_up():
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", "--only", "ten_scorers"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    _, _, summary = done.stdout.partition("== what was promised\n")
    assert [line.split()[0] for line in summary.splitlines()] == ["ten_scorers"] * 3
    assert all(is_judged(line) for line in summary.splitlines())


def test_a_bench_that_fails_is_named(monkeypatch, capsys):
    monkeypatch.setitem(all_benches.BENCHES, "storm", all_benches.Bench("a storm", "that_is_not_there"))
    monkeypatch.setattr(sys, "argv", ["bench", "--only", "storm"])
    assert all_benches.main() == 1
    assert "storm ended with 1" in capsys.readouterr().out


def test_a_line_is_judged_where_it_says_so_in_a_word_of_its_own():
    assert is_judged(f"saves refused   0  {verdict(True)}")
    assert is_judged(f"page, s  0.9  {verdict(False)}")
    assert not is_judged("to be met: all live 5 s after the first is connected")
    assert not is_judged("metres")
