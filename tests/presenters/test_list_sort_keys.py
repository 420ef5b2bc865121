"""Sort keys of a list, by day."""

from timely.presenters.list_sort_keys import sort_keys_by_day

KEYS = [
    ["2026-10-01", "", 7],
    ["2026-10-01", "2026-10-01T09:00:00", 3],
    ["2026-10-01", "2026-09-30T23:30:00.500000", 5],
    ["9999-12-31", "", 1],
    ["2026-10-01", "2026-10-01T10:00:00", 2],
]


def test_a_day_is_written_once_for_games_that_follow_each_other() -> None:
    assert sort_keys_by_day({"sort_key": key} for key in KEYS) == [
        ["2026-10-01", "", "09:00:00", "2026-09-30T23:30:00.500000"],
        ["9999-12-31", ""],
        ["2026-10-01", "10:00:00"],
    ]


def test_no_games_no_days() -> None:
    assert sort_keys_by_day([]) == []
