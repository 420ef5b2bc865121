"""Active alerts: each begins once, shows the last values that met its rule, and ends once."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from timely.monitoring.alert_rules import RULES, Rule
from timely.monitoring.measurements import Measurements


@dataclass(frozen=True)
class Alert:
    """One alert as it is shown. *since* is a time of the monotonic clock."""

    key: str
    priority: str
    title: str
    message: str
    since: float


class Alerts:
    """Evaluates the rules every few seconds against the current measurements."""

    def __init__(self, rules: Sequence[Rule] = RULES, clock: Callable[[], float] = time.monotonic) -> None:
        self._rules, self._clock = rules, clock
        self._standing: dict[str, Alert] = {}
        self._bad_since: dict[str, float] = {}
        self._calm_since: dict[str, float] = {}

    @property
    def standing(self) -> list[Alert]:
        """Active alerts, most urgent first, then oldest first."""
        order = ("urgent", "high", "normal", "low")
        return sorted(self._standing.values(), key=lambda one: (order.index(one.priority), one.since))

    def check(self, facts: Measurements) -> tuple[list[Alert], list[Alert]]:
        """(alerts that begin now, alerts that end now)."""
        begun, ended = [], []
        for rule in self._rules:
            if rule.key in self._standing:
                if self._is_over(rule, facts):
                    ended.append(self._standing.pop(rule.key))
            elif self._has_begun(rule, facts):
                self._standing[rule.key] = said(rule, facts, self._clock())
                begun.append(self._standing[rule.key])
        return begun, ended

    def _has_begun(self, rule: Rule, facts: Measurements) -> bool:
        if not rule.begins(facts):
            self._bad_since.pop(rule.key, None)
            return False
        if not self._has_lasted(self._bad_since, rule.key, rule.lasts):
            return False
        del self._bad_since[rule.key]
        return True

    def _is_over(self, rule: Rule, facts: Measurements) -> bool:
        if rule.begins(facts):
            now_said = said(rule, facts, 0.0)
            was = self._standing[rule.key]
            self._standing[rule.key] = replace(was, title=now_said.title, message=now_said.message)
        if not rule.ends(facts):
            self._calm_since.pop(rule.key, None)
            return False
        if not self._has_lasted(self._calm_since, rule.key, rule.calm):
            return False
        del self._calm_since[rule.key]
        return True

    def _has_lasted(self, since: dict[str, float], key: str, seconds: float) -> bool:
        moment = self._clock()
        return moment - since.setdefault(key, moment) >= seconds


def said(rule: Rule, facts: Measurements, since: float) -> Alert:
    return Alert(rule.key, rule.priority, rule.title(facts), rule.message(facts), since)
