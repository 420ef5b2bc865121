"""Tests that stay together or begin first are named by their path: a test that moves takes its name along."""

import pytest

from config import ROOT
from tests.workers import APART, FIRST, HEARTBEATS, LAST, TOGETHER, company, place

LADDER = "tests/browser/test_transport_ladder.py"


@pytest.mark.parametrize("beginning", sorted({*TOGETHER, *APART, *FIRST, *LAST}))
def test_what_is_named_is_there(beginning):
    where, _, name = beginning.partition("::")
    assert (ROOT / where).exists()
    assert not name or f"def {name}" in (ROOT / where).read_text("utf-8")


@pytest.mark.parametrize(
    ("one", "other", "is_together"),
    [
        ("tests/engines/test_live.py::test_a", "tests/engines/test_other.py::test_b", True),
        ("tests/browser/test_live.py::test_a", "tests/browser/test_live.py::test_b", True),
        ("tests/browser/test_live.py::test_a", "tests/browser/test_reading.py::test_a", False),
        (f"{LADDER}::test_a[xhr]", f"{LADDER}::test_a[ws]", False),
        (f"{HEARTBEATS}_every_ten_seconds[a]", f"{HEARTBEATS}_every_ten_seconds[b]", True),
        ("tests/transports/test_contract.py::test_a[a]", "tests/transports/test_contract.py::test_b[a]", False),
    ],
)
def test_company(one, other, is_together):
    assert (company(one) == company(other)) is is_together


def test_what_waits_is_begun_first_and_the_engines_come_last():
    names = [
        f"{HEARTBEATS}_every_ten_seconds[a]",
        "tests/browser/test_transport_ladder.py::test_a",
        "tests/browser/test_live.py::test_a",
        "tests/transports/test_contract.py::test_a",
        "tests/test_cli.py::test_a",
        "tests/engines/test_live.py::test_a",
    ]
    places = [place(name) for name in names]
    assert places == sorted(set(places))
