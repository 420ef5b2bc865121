"""Change log: several changes of a record in one save become one row, with one action."""

from dataclasses import dataclass

import pytest

from timely.live.change_log import log_rows


@dataclass
class Change:
    action: str
    kind: str = "fixture"
    record_id: int = 7
    event_id: int = 1


@pytest.mark.parametrize(
    ("actions", "kept"),
    [
        (["created", "updated"], "created"),
        (["created", "rescheduled"], "created"),
        (["rescheduled"], "rescheduled"),
        (["rescheduled", "rescheduled"], "rescheduled"),
        (["updated", "rescheduled"], "updated"),
        (["rescheduled", "updated"], "updated"),
        (["rescheduled", "deleted"], "deleted"),
    ],
)
def test_one_row_for_several_changes(actions, kept):
    rows = log_rows("event_1_schedule", 3, [Change(action) for action in actions])
    assert [row["action"] for row in rows] == [kept]
