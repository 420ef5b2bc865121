"""A forked program is like one that was started: its own variables, files, state, signals, exit code."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.forks import CAN_FORK, ForkServers, Process

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")


@pytest.fixture(params=["forked", "started"])
def servers(request: pytest.FixtureRequest) -> Iterator[ForkServers]:
    servers = ForkServers()
    if request.param == "forked":
        servers.begin()
    yield servers
    servers.end()


def run(servers: ForkServers, wish: str, to: Path, **more: str) -> Process:
    with open(os.devnull, "rb") as nothing, to.open("wb") as output:
        files = (nothing.fileno(), output.fileno(), output.fileno())
        return servers.start("tests.forked_program", {**os.environ, "WISH": wish, **more}, *files)


def test_it_ends_with_its_own_output_and_exit_code(servers: ForkServers, tmp_path: Path) -> None:
    for wish, code in (("0", 0), ("3", 3), ("nothing", 0)):
        assert run(servers, wish, tmp_path / wish).wait(30) == code
        assert (tmp_path / wish).read_text() == f"{wish} True 0\n"
    failed = run(servers, "fail", tmp_path / "fail")
    assert failed.wait(30) == 1
    assert "ValueError: as wished" in (tmp_path / "fail").read_text()


def test_it_is_killed_and_told(servers: ForkServers, tmp_path: Path) -> None:
    sleeper = run(servers, "sleep", tmp_path / "sleep")
    assert sleeper.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        sleeper.wait(0.05)
    sleeper.terminate()
    assert sleeper.wait(30) == sleeper.returncode == -signal.SIGTERM
    sleeper.kill()  # nobody: it has been


def test_one_ends_while_another_goes_on(servers: ForkServers, tmp_path: Path) -> None:
    sleeper, quick = run(servers, "sleep", tmp_path / "a"), run(servers, "7", tmp_path / "b")
    assert sleeper.pid != quick.pid
    assert quick.wait(30) == 7
    assert sleeper.poll() is None
    sleeper.kill()
    assert sleeper.wait(30) == -signal.SIGKILL


def test_what_must_be_there_from_the_very_beginning_is(tmp_path: Path) -> None:
    servers = ForkServers()
    servers.begin()
    assert isinstance(run(servers, "0", tmp_path / "output", LD_PRELOAD=""), subprocess.Popen)
    servers.end()
