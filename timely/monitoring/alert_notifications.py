"""Notifies administrators and organisers of alerts; retries while the database cannot be written."""

import logging
import time
from collections.abc import Iterable

from timely.database.errors import trouble_of
from timely.monitoring.alerts import Alert
from timely.services.alert_notifications import end_warning, warn_organisers

log = logging.getLogger(__name__)

# An alert that comes and goes is notified at most once in this many seconds; the monitor page shows it each time.
MIN_INTERVAL = 600.0


class AlertNotifications:
    """Tracks the notifications made for each alert. One per process."""

    def __init__(self) -> None:
        self._notifications: dict[str, list[int]] = {}
        self._notified_at: dict[str, float] = {}
        self._ended: list[int] = []

    def update(self, active: Iterable[Alert]) -> None:
        """Saves and withdraws notifications after a check; what could not be saved is retried after the next."""
        active_by_key = {one.key: one for one in active}
        for key in [key for key in self._notifications if key not in active_by_key]:
            self._ended += self._notifications.pop(key)
        try:
            for one in active_by_key.values():
                if one.key not in self._notifications and not self._was_notified(one.key):
                    self._notifications[one.key] = warn_organisers(
                        one.title, one.message, one.priority, words=one.words
                    )
                    self._notified_at[one.key] = time.monotonic()
            if self._ended:
                end_warning(self._ended)
                self._ended = []
        except Exception as error:
            # The alert is in the log and on the page already; no more can be done without a database.
            if trouble_of(error) is None:
                log.exception("a notification of an alert could not be saved")

    def _was_notified(self, key: str) -> bool:
        return time.monotonic() - self._notified_at.get(key, float("-inf")) < MIN_INTERVAL
