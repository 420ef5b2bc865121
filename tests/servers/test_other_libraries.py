"""Libraries with other private names than the known ones: everybody is served, and the log says what is off."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import modes
from tests.browser import server as browser_server
from tests.browser.server import Server
from tests.transports.clients import ALL_CLIENTS
from tests.transports.conftest import LeagueServer

EVERYWHERE = "engineio:_send_ping engineio:_async engineio:log_message_keys socketio:eio_sid_from_sid"
OFF = {
    "python-engineio is not as the check of packets knows it",
    "python-engineio is not as the fast fan-out knows it",
    "python-socketio is not as the look-up of clients knows it",
}
# {mode: (names that are called otherwise, beginnings of the lines in the log that say so)}
CASES = {
    "eventlet": (
        f"{EVERYWHERE} eventlet:_sendlock eventlet:fd eventlet.wsgi:_read_request_line simple_websocket:_handle_events",
        OFF
        | {
            "eventlet is not as direct writing to sockets knows it",
            "eventlet is not as the fast WebSocket knows it",
            "eventlet is not as the handler with time-outs and fast long-polling knows it",
            "simple-websocket is not as the bounded reading of WebSockets knows it",
        },
    ),
    "gevent": (
        f"{EVERYWHERE} gevent.pywsgi:_sendall simple_websocket:input_buffer",
        OFF
        | {
            "gevent is not as the handler with time-outs knows it",
            "simple-websocket is not as the bounded reading of WebSockets knows it",
        },
    ),
    "threading": (
        f"{EVERYWHERE} werkzeug.serving:make_environ engineio:last_ping",
        OFF
        | {
            "Werkzeug is not as the handler with time-outs knows it",
            "python-engineio is not as the fast long-polling knows it",
        },
    ),
}


class RenamedServer(Server):
    """A server with renamed libraries, in a process that has imported nothing yet."""

    def _has_started(self) -> bool:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(browser_server.fork_servers, "start", start)
            return super()._has_started()


def start(
    module: str, environ: dict[str, str], stdin: int, stdout: int, stderr: int, root: Path
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.servers.renamed"]
    return subprocess.Popen(command, cwd=root, env=environ, stdin=stdin, stdout=stdout, stderr=stderr)


@pytest.fixture(scope="module", params=CASES)
def mode(request: pytest.FixtureRequest) -> str:
    modes.require(request.param)
    return str(request.param)


@pytest.fixture(scope="module")
def league_server(mode: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LeagueServer]:
    data_dir = tmp_path_factory.mktemp("other") / "data"
    data_dir.mkdir()
    names, _ = CASES[mode]
    with RenamedServer(data_dir, TIMELY_ASYNC_MODE=mode, RENAMED=names) as server:
        league_server = LeagueServer(server)
        yield league_server
        league_server.close_clients()


@pytest.mark.parametrize(
    "client_class",
    [one for one in ALL_CLIENTS if "node" not in one.transport],
    ids=lambda client_class: client_class.transport,
)
def test_updates_arrive_all_the_same(league_server, client_class):
    event_id = league_server.new_league()
    client = league_server.open(client_class, event_id, ["results"])
    assert client.next("results_update")["since"] == 0
    league_server.save(league_server.fixtures(event_id)[0], 3, 1)
    topic = f"event_{event_id}_results"
    assert client.until(topic, league_server.read(event_id, "leaderboard/")["version"])


def test_the_log_says_once_what_is_off_and_why(league_server, mode):
    printed = league_server.server.printed()
    warnings = [line.partition("timely.libraries: ")[2] for line in printed.splitlines()]
    warnings = [warning for warning in warnings if warning]
    _, expected = CASES[mode]
    assert sorted(warning.partition(",")[0] for warning in warnings) == sorted(expected)
    assert all(", its own way is taken. Not found: " in warning for warning in warnings)
    assert "Traceback" not in printed
