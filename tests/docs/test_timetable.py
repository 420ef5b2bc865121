"""docs/timetable.md: its example runs, and it names every kind of breach."""

import re
from datetime import UTC, datetime, timedelta
from typing import get_args

from tests.docs.reading import DOCS, first_cells, keys_in, section
from timely.domain import timetable
from timely.domain.timetable.violation import Kind


def test_every_kind_of_breach_is_named() -> None:
    assert keys_in("timetable.md", "What a timetable breaks") == set(get_args(Kind))


def test_what_goes_in_is_there() -> None:
    for (word,) in first_cells(section("timetable.md", "What goes in"))[2:]:
        assert word in timetable.__all__


def test_the_example_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (DOCS / "timetable.md").read_text("utf-8"), re.S)
    opens_at = datetime(2026, 6, 6, 9, tzinfo=UTC)
    room = {"opens_at": opens_at, "closes_at": opens_at + timedelta(hours=3)}
    exec(compile(code, "timetable.md", "exec"), room)
    assert room["layout"].bookings["F"].start_at == opens_at + timedelta(minutes=65)
