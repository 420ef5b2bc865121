"""Fixtures of the tests of request handling."""

import pytest
from flask import Flask

from timely.web import response_cache
from timely.web.response_cache import ResponseCache


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cached response is current for a minute, however slow this computer is, and whatever the clock strikes."""
    monkeypatch.setattr(response_cache, "FRESH_SECONDS", 60.0)
    monkeypatch.setattr(response_cache, "quarter_now", lambda: 0)


@pytest.fixture
def cache(app: Flask, monkeypatch: pytest.MonkeyPatch) -> ResponseCache:
    """The response cache of the app, with a processor budget for each address."""
    monkeypatch.setattr("timely.limits.cpu_budget.LONGEST_WAIT", 0.01)
    found: ResponseCache = app.extensions["timely.web.response_cache"]
    found.budgets.share, found.budgets.burst = 0.25, 100.0
    return found
