"""Flask's own commands on wsgi.py: addresses, a shell, revisions of the database, a server that reloads."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from config import ROOT
from tests.ports import free_port


def flask(tmp_path: Path, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        input=said,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        env={**os.environ, "TIMELY_DATA_DIR": str(tmp_path)},
    )


@pytest.mark.parametrize(
    ("words", "said", "shows"),
    [
        (["routes"], "", "events.show"),
        (["shell"], "print(app.name, len(app.blueprints) > 20)", "timely True"),
        (["db", "heads"], "", "(head)"),
    ],
    ids=["routes", "shell", "db"],
)
def test_commands(tmp_path: Path, words: list[str], said: str, shows: str) -> None:
    done = flask(tmp_path, *words, said=said)
    assert done.returncode == 0, done.stderr
    assert shows in done.stdout
    assert not (tmp_path / "timely.sqlite3").exists(), "nobody asked for a database"


def test_run_serves_on_a_new_database(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "run", "--port", str(port)]
    environ = {**os.environ, "TIMELY_DATA_DIR": str(tmp_path)}
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            give_up_at = time.monotonic() + 60
            while True:
                assert server.poll() is None
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
                        assert answer.status == 200
                        break
                except (urllib.error.URLError, ConnectionError):
                    assert time.monotonic() < give_up_at
                    time.sleep(0.1)
        finally:
            server.kill()
