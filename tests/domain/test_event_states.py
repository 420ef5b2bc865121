"""The state of an event by its games and days."""

from datetime import date

import pytest

from timely.domain.event_states import Course, event_state, progress_at

SATURDAY, SUNDAY = date(2026, 11, 28), date(2026, 11, 29)


@pytest.mark.parametrize(
    ("today", "course", "progress"),
    [
        (SATURDAY, Course(4, 4, False, SATURDAY), ""),
        (SATURDAY, Course(3, 3, True, SATURDAY), "BEGUN"),
        (SATURDAY, Course(0, 0, True, SATURDAY), "BEGUN"),
        (SUNDAY, Course(0, 0, True, SATURDAY), "OVER"),
        (SUNDAY, Course(2, 0, True, SATURDAY), "UNSCORED"),
        (SUNDAY, Course(2, 1, True, SATURDAY), "BEGUN"),  # one was postponed
        (SUNDAY, Course(0, 0, False, None), ""),
    ],
)
def test_how_far_an_event_has_come(today, course, progress):
    assert progress_at(today, course) == progress


@pytest.mark.parametrize(
    ("status", "progress", "state"),
    [
        ("PUBLISHED", "", "COMING"),
        ("PUBLISHED", "BEGUN", "NOW"),
        ("PUBLISHED", "OVER", "FINISHED"),
        ("PUBLISHED", "UNSCORED", "AWAITED"),
        ("LIVE", "", "NOW"),
        ("LIVE", "OVER", "FINISHED"),
        ("COMPLETED", "BEGUN", "FINISHED"),
        ("CANCELLED", "OVER", "CANCELLED"),
        ("DRAFT", "OVER", "DRAFT"),
    ],
)
def test_what_that_makes_of_it(status, progress, state):
    assert event_state(status, progress) == state
