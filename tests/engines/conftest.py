"""The engines, a server that may be killed, and what was seen of each round; at the end it is printed as a table."""

import os
from collections.abc import Iterator

import pytest

from tests.browser.conftest import ORGANISER, data_dir_below
from tests.browser.server import Server
from tests.engines import readings, rounds
from tests.engines.crew import Crew
from tests.engines.engine import Engine, Plain, WithScript
from tests.engines.seen import Seen, table
from timely.languages.catalogues import find_languages

SEEN = pytest.StashKey[list[Seen]]()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(data_dir_below(tmp_path_factory.mktemp("engines"))) as server:
        server.add_person(ORGANISER, "organiser")
        yield server
        assert "Traceback" not in server.printed()


@pytest.fixture(scope="module")
def crew(request: pytest.FixtureRequest) -> Iterator[Crew[WithScript]]:
    with Crew[WithScript](wanted(request, WithScript)) as crew:
        yield crew


@pytest.fixture(scope="module")
def plain_crew(request: pytest.FixtureRequest) -> Iterator[Crew[Plain]]:
    with Crew[Plain](wanted(request, Plain)) as crew:
        yield crew


@pytest.fixture(scope="module")
def round_(request: pytest.FixtureRequest, crew: Crew[WithScript], server: Server) -> dict[str, Seen]:
    """A round on the pipe that the test names, in all engines at once; each test looks at one of them."""
    return keep(request, rounds.play(crew.running, request.param, server))


@pytest.fixture(scope="module")
def german_round(request: pytest.FixtureRequest, crew: Crew[WithScript], server: Server) -> dict[str, Seen]:
    """The same on the first pipe, with the pages in German."""
    german = find_languages()["de"]
    return keep(request, rounds.play(crew.running, rounds.PIPES[0], server, german))


@pytest.fixture(scope="module")
def reading(request: pytest.FixtureRequest, plain_crew: Crew[Plain], server: Server) -> dict[str, Seen]:
    return keep(request, readings.read(plain_crew.running, server))


def wanted(request: pytest.FixtureRequest, kind: type) -> list[type]:
    """The engines that the tests of this run name: one that is not asked for is not started."""
    named = [item.callspec.params.get("engine") for item in request.session.items if hasattr(item, "callspec")]
    return list(dict.fromkeys(engine for engine in named if isinstance(engine, type) and issubclass(engine, kind)))


def keep(request: pytest.FixtureRequest, seen: dict[str, Seen]) -> dict[str, Seen]:
    request.config.stash.setdefault(SEEN, []).extend(seen.values())
    return seen


def seen_of(engine: type[Engine], crew: Crew, round_: dict[str, Seen]) -> Seen:
    """What was seen of the engine. One that is not installed is skipped; where tests must count, it is a fault."""
    if engine.name in crew.absent:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(crew.absent[engine.name])
    if engine.name in crew.broken:
        pytest.fail(crew.broken[engine.name])
    print(round_[engine.name].line())
    return round_[engine.name]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if seen := config.stash.get(SEEN, []):
        terminalreporter.section("the engines, all at once on this computer")
        terminalreporter.write_line(table(seen))
