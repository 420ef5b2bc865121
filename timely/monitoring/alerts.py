"""Active alerts: each begins once, shows the last values that met its rule, and ends once."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from timely.domain.translation import ENGLISH, in_language
from timely.models.stored_words import Words, words_of
from timely.monitoring.alert_rules import RULES, Rule
from timely.monitoring.measurements import Measurements


@dataclass(frozen=True)
class Alert:
    """One alert. *since* is a time of the monotonic clock.

    Title and message are English, for the log; `words` are the same for each reader. `alert_texts` makes those of a
    page, from what was measured.
    """

    key: str
    priority: str
    title: str
    message: str
    since: float
    measured: Measurements = field(default_factory=Measurements)
    words: Words = field(default_factory=dict)


class Alerts:
    """Evaluates the rules every few seconds against the current measurements."""

    def __init__(self, rules: Sequence[Rule] = RULES, clock: Callable[[], float] = time.monotonic) -> None:
        self._rules, self._clock = rules, clock
        self._active: dict[str, Alert] = {}
        self._met_since: dict[str, float] = {}
        self._calm_since: dict[str, float] = {}

    @property
    def active(self) -> list[Alert]:
        """Active alerts, most urgent first, then oldest first."""
        order = ("urgent", "high", "normal", "low")
        return sorted(self._active.values(), key=lambda one: (order.index(one.priority), one.since))

    def check(self, measurements: Measurements) -> tuple[list[Alert], list[Alert]]:
        """(alerts that begin now, alerts that end now)."""
        begun, ended = [], []
        for rule in self._rules:
            if rule.key in self._active:
                if self._is_over(rule, measurements):
                    ended.append(self._active.pop(rule.key))
            elif self._has_begun(rule, measurements):
                self._active[rule.key] = build_alert(rule, measurements, self._clock())
                begun.append(self._active[rule.key])
        return begun, ended

    def _has_begun(self, rule: Rule, measurements: Measurements) -> bool:
        if not rule.begins(measurements):
            self._met_since.pop(rule.key, None)
            return False
        if not self._has_lasted(self._met_since, rule.key, rule.lasts):
            return False
        del self._met_since[rule.key]
        return True

    def _is_over(self, rule: Rule, measurements: Measurements) -> bool:
        if rule.begins(measurements):
            latest = build_alert(rule, measurements, 0.0)
            alert = self._active[rule.key]
            self._active[rule.key] = replace(alert, title=latest.title, message=latest.message, measured=measurements)
        if not rule.ends(measurements):
            self._calm_since.pop(rule.key, None)
            return False
        if not self._has_lasted(self._calm_since, rule.key, rule.calm):
            return False
        del self._calm_since[rule.key]
        return True

    def _has_lasted(self, since: dict[str, float], key: str, seconds: float) -> bool:
        moment = self._clock()
        return moment - since.setdefault(key, moment) >= seconds


def build_alert(rule: Rule, measurements: Measurements, since: float) -> Alert:
    with in_language(ENGLISH):
        title, message = rule.title(measurements), rule.message(measurements)
        words = words_of({"title": [title], "message": [message]})
        return Alert(rule.key, rule.priority, str(title), str(message), since, measurements, words)


def as_row(alert: Alert, now: float) -> dict[str, Any]:
    """The alert as plain JSON, with what it was measured by."""
    return {
        "key": alert.key,
        "priority": alert.priority,
        "title": alert.title,
        "message": alert.message,
        "age": round(now - alert.since),
        "measured": asdict(alert.measured),
    }


def alert_texts(row: dict[str, Any]) -> tuple[str, str]:
    """(title, message) of an alert's row in the reader's language; as they are in a row of another version."""
    rule = next((one for one in RULES if one.key == row["key"]), None)
    try:
        measured = Measurements(**{name: _as_it_was(value) for name, value in row["measured"].items()})
    except (KeyError, TypeError):
        return row["title"], row["message"]
    return (str(rule.title(measured)), str(rule.message(measured))) if rule else (row["title"], row["message"])


def _as_it_was(value: Any) -> Any:
    """JSON has no tuples."""
    return tuple(value) if isinstance(value, list) else value
