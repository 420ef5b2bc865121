"""Scheduler jobs: timetables computed in the background, at most one for each event, and their results."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask

from timely.domain.errors import ValidationError
from timely.domain.timetable import Schedule, lay_out
from timely.domain.translation import Text, lazy_gettext
from timely.extensions import socketio
from timely.queries.timetables import Timetable

MOST_JOBS = 20
log = logging.getLogger(__name__)


class Job:
    """One timetable in progress: how far it is (0 to 1), then its layout or its error."""

    def __init__(self, timetable: Timetable) -> None:
        self.timetable, self.fingerprint = timetable, timetable.fingerprint
        self.part = 0.0
        self.layout: Schedule | None = None
        self._fault: ValidationError | Text = ""
        self.is_wanted = True
        self._over = threading.Event()

    @property
    def fault(self) -> str:
        """The error in the reader's language; "" if there is none."""
        return self._fault.sentence if isinstance(self._fault, ValidationError) else str(self._fault)

    @property
    def is_over(self) -> bool:
        return self._over.is_set()

    def wait(self, seconds: float) -> bool:
        return self._over.wait(seconds)

    def run(self, run_slow: Callable[..., Any]) -> None:
        try:
            self.layout = run_slow(lay_out, *self._parts(), self._on_progress)
        except NotWanted:
            pass
        except ValidationError as fault:
            self._fault = fault
        except Exception:
            log.exception("a timetable could not be laid out")
            self._fault = lazy_gettext("Something went wrong. It is written in the log; please tell us.")
        finally:
            self._over.set()

    def _parts(self) -> tuple[Any, ...]:
        return self.timetable.games, self.timetable.pitches, self.timetable.spacing

    def _on_progress(self, part: float) -> None:
        if not self.is_wanted:
            raise NotWanted
        self.part = part


class NotWanted(Exception):
    """Ends a job whose games or pitches have changed meanwhile."""


class LayoutJobs:
    """The jobs of this process. Another process begins anew, and comes to the same timetable."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._jobs: dict[int, Job] = {}
        self._lock = threading.Lock()  # two simultaneous requests are given the same job

    def job(self, event_id: int, timetable: Timetable) -> Job:
        """The job for exactly this timetable; started if there is none."""
        with self._lock:
            there = self._jobs.pop(event_id, None)
            if there is None or there.fingerprint != timetable.fingerprint or (there.fault and there.is_over):
                if there is not None:
                    there.is_wanted = False
                there = Job(timetable)
                socketio.start_background_task(there.run, self._app.extensions["timely.run_slow"])
            self._jobs[event_id] = there
            while len(self._jobs) > MOST_JOBS:
                self._jobs.pop(next(iter(self._jobs))).is_wanted = False
        return there


def init_app(app: Flask) -> None:
    app.extensions["timely.layout_jobs"] = LayoutJobs(app)
