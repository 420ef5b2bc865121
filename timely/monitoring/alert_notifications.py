"""Notifies administrators and organisers of alerts; retries while the database cannot be written."""

import logging
import time
from collections.abc import Iterable

from timely.database.errors import trouble_of
from timely.monitoring.alerts import Alert
from timely.services.alert_notifications import end_warning, warn_organisers

log = logging.getLogger(__name__)

# An alert that comes and goes is notified at most once in this many seconds; the monitor page shows it each time.
AGAIN_AFTER = 600.0


class AlertNotifications:
    """Tracks the notifications made for each alert. One per process."""

    def __init__(self) -> None:
        self._made: dict[str, list[int]] = {}
        self._told_at: dict[str, float] = {}
        self._over: list[int] = []

    def keep_in_step(self, standing: Iterable[Alert]) -> None:
        """Called after each check; what could not be saved is retried after the next."""
        warned = {one.key: one for one in standing}
        for key in [key for key in self._made if key not in warned]:
            self._over += self._made.pop(key)
        try:
            for one in warned.values():
                if one.key not in self._made and not self._was_told(one.key):
                    self._made[one.key] = warn_organisers(one.title, one.message, one.priority)
                    self._told_at[one.key] = time.monotonic()
            if self._over:
                end_warning(self._over)
                self._over = []
        except Exception as error:
            # The alert is in the log and on the page already; no more can be done without a database.
            if trouble_of(error) is None:
                log.exception("a warning could not be told")

    def _was_told(self, key: str) -> bool:
        return time.monotonic() - self._told_at.get(key, float("-inf")) < AGAIN_AFTER
