"""After its warm-up a server compiles no template for a spectator's page, and assembles no script or style sheet."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import Environment

from timely.web import script_bundle, sheet_bundle, warm_up

PAGES = (
    "/",
    "/matches/",
    "/events/saturday-league/",
    "/events/saturday-league/leaderboard/",
    "/events/saturday-league/schedule/",
    "/events/saturday-league/bracket/",
    "/events/saturday-league/announcements/",
    "/embed/events/saturday-league/leaderboard/",
    "/display/saturday-league/",
    "/no/such/page/",
)


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that are compiled from now on, and of the files that are read for a bundle."""
    seen: list[str] = []

    def noted(cls: type, method: str, name: Callable[..., str]) -> None:
        own = getattr(cls, method)

        def wrapped(*args: Any, **more: Any) -> Any:
            seen.append(name(*args))
            return own(*args, **more)

        monkeypatch.setattr(cls, method, wrapped)

    noted(Environment, "compile", lambda environment, source, name=None, *rest: str(name))
    noted(Path, "read_text", lambda path, *rest: path.name)
    return seen


@pytest.fixture
def cold(app: Flask) -> Flask:
    """An app that has drawn nothing yet."""
    for cached in (script_bundle.part, script_bundle.text, script_bundle.fingerprint):
        cached.cache_clear()
    for cached in (sheet_bundle.text, sheet_bundle.fingerprint):
        cached.cache_clear()
    assert app.jinja_env.cache is not None
    app.jinja_env.cache.clear()
    app.jinja_env.bytecode_cache = None  # which has what other tests have compiled
    return app


@pytest.mark.usefixtures("league")
def test_no_page_compiles_or_assembles_anything(cold: Flask, client: FlaskClient, compiled: list[str]) -> None:
    warm_up.warm_up(cold)
    assert "schedule.html" in " ".join(compiled)
    assert "boot.js" in compiled
    compiled.clear()
    for page in PAGES:
        client.get(page)
    assert [name for name in compiled if name != "icon.svg"] == []


@pytest.mark.usefixtures("cold")
def test_other_tasks_run_after_every_step(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(warm_up, "steps", lambda app: [lambda: done.append("step")] * 3)
    monkeypatch.setattr(warm_up, "yield_to_others", lambda: done.append("others"))
    warm_up.warm_up(app)
    assert done == ["step", "others"] * 3
