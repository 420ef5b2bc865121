"""Timetables in the background: one job for an event, given up when its games change, begun again after an error."""

from types import SimpleNamespace

import pytest

from timely.domain.errors import ValidationError
from timely.domain.timetable import Spacing
from timely.queries.timetables import Timetable
from timely.services import scheduler_jobs
from timely.services.scheduler_jobs import Job, LayoutJobs


def timetable(step=5):
    return Timetable((), (), Spacing(0, 0, step))


@pytest.fixture
def started(monkeypatch):
    """The jobs that were started; a test runs them itself."""
    found = []
    monkeypatch.setattr(scheduler_jobs.socketio, "start_background_task", lambda run, _: found.append(run))
    return found


@pytest.fixture
def jobs(started):
    return LayoutJobs(SimpleNamespace(extensions={"timely.run_slow": None}))


def run_now(function, *args):
    return function(*args)


def failing(error):
    def run(*args):
        raise error

    return run


def test_a_layout_is_there_when_it_is_over():
    job = Job(timetable())
    assert not job.is_over
    assert not job.wait(0)
    job.run(lambda lay_out, games, pitches, spacing, heard: heard(0.5) or "a layout")
    assert (job.is_over, job.wait(0), job.layout, job.fault, job.part) == (True, True, "a layout", "", 0.5)


def test_the_real_one_lays_out_nothing_for_no_games():
    job = Job(timetable())
    job.run(run_now)
    assert job.is_over
    assert not job.fault
    assert not job.layout.bookings


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValidationError("games", "there are too many"), "There are too many."),
        (RuntimeError("broken"), "Something went wrong. It is written in the log; please tell us."),
    ],
)
def test_an_error_is_told_and_ends_it(error, words):
    job = Job(timetable())
    job.run(failing(error))
    assert (job.is_over, job.layout, job.fault) == (True, None, words)


def test_one_that_nobody_wants_any_more_ends_at_its_next_word():
    job = Job(timetable())
    job.is_wanted = False
    job.run(lambda *args: args[-1](0.9))
    assert (job.is_over, job.layout, job.fault, job.part) == (True, None, "", 0.0)


def test_the_same_timetable_has_one_job(jobs, started):
    first = jobs.job(1, timetable())
    assert jobs.job(1, timetable()) is first
    assert jobs.job(2, timetable()) is not first
    assert len(started) == 2
    first.run(run_now)
    assert jobs.job(1, timetable()) is first  # its result is kept
    assert len(started) == 2


def test_another_timetable_of_the_event_takes_its_place(jobs, started):
    first = jobs.job(1, timetable())
    second = jobs.job(1, timetable(step=10))
    assert (first.is_wanted, second.is_wanted) == (False, True)
    assert jobs.job(1, timetable(step=10)) is second


def test_after_an_error_it_is_tried_again(jobs):
    first = jobs.job(1, timetable())
    first.run(failing(RuntimeError()))
    again = jobs.job(1, timetable())
    assert again is not first
    assert jobs.job(1, timetable()) is again


def test_of_many_events_the_one_not_asked_for_longest_is_given_up(jobs):
    all_jobs = [jobs.job(number, timetable()) for number in range(20)]
    assert all(job.is_wanted for job in all_jobs)
    jobs.job(0, timetable())  # asked for again
    jobs.job(20, timetable())
    assert [number for number, job in enumerate(all_jobs) if not job.is_wanted] == [1]
    assert jobs.job(1, timetable()) is not all_jobs[1]
