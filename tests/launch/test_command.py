"""Packages that start.py installs: the list for laptops, and the other where the settings ask for it."""

from pathlib import Path

import pytest

from launch import command


@pytest.mark.parametrize(
    ("settings", "lists"),
    [
        ({}, ["requirements.txt"]),
        ({"TIMELY_DATABASE_URL": "postgresql://db/timely"}, ["requirements.txt", "requirements-large.txt"]),
        ({"TIMELY_REDIS_URL": "redis://cache"}, ["requirements.txt", "requirements-large.txt"]),
        ({"TIMELY_ASYNC_MODE": "gevent"}, ["requirements.txt", "requirements-large.txt"]),
    ],
    ids=["a laptop", "PostgreSQL", "Redis", "gevent"],
)
@pytest.mark.parametrize("words", [[], ["export-event", "1"]], ids=["serving", "a command"])
def test_what_is_installed(
    settings: dict[str, str], lists: list[str], words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []
    monkeypatch.setattr(command, "prepare", lambda venv, needed: installed.extend(path.name for path in needed))
    monkeypatch.setattr(command, "hand_over", lambda words, environ: 0)
    monkeypatch.setattr(command.ports, "require_free", lambda host, port: None)
    monkeypatch.setattr(command.signal, "signal", lambda number, handler: None)
    settings = {**settings, "TIMELY_DATA_DIR": str(tmp_path), "TIMELY_SECRET_KEY": "0123456789abcdef"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert command.main(words, tmp_path) == 0
    assert installed == lists


def test_the_tests_keep_compiled_modules_for_the_servers_that_they_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[dict[str, str]] = []
    monkeypatch.setattr(command, "prepare", lambda venv, needed: None)
    monkeypatch.setattr(command, "hand_over", lambda words, environ: given.append(environ))
    monkeypatch.setattr(command.signal, "signal", lambda number, handler: None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    command.main(["test"], tmp_path)
    assert "PYTHONDONTWRITEBYTECODE" not in given[0]


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        (["--fast"], [*command.FAST]),
        (["--fast", "-k", "score"], [*command.FAST, "-k", "score"]),
        (["-k", "score"], ["-k", "score"]),
    ],
)
def test_the_fast_ones_are_some_of_all(
    typed: list[str], given: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(command, "prepare", lambda venv, needed: None)
    monkeypatch.setattr(command, "hand_over", lambda words, environ: started.append(words))
    monkeypatch.setattr(command.signal, "signal", lambda number, handler: None)
    monkeypatch.chdir(tmp_path)
    command.main(["test", *typed], tmp_path)
    assert started[0][started[0].index("auto") + 1 :] == given
