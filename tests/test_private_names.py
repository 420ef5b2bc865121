"""Private names of the libraries stand where a check covers them, and in docs/decisions/private-names.md."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = (ROOT / "docs/decisions/private-names.md").read_text("utf-8")
SOURCES = [*ROOT.glob("timely/**/*.py"), *ROOT.glob("servers/*.py"), *ROOT.glob("launch/*.py"), *ROOT.glob("*.py")]
# Where the private names of servers and WebSockets are allowed. All are behind a check.
ALLOWED = ("timely/live/socketio/", "servers/eventlet_", "servers/gevent_")
# Names without an underscore that the libraries do not document, and that nothing else here is called.
UNDOCUMENTED = {
    *("eio", "eio_sid_from_sid", "log_message_keys", "packet_class", "start_service_task"),
    *("last_ping", "schedule_ping", "check_ping_timeout", "upgraded", "upgrading"),
    *("sock", "input_buffer", "receive_bytes", "max_message_size", "websocket_closed"),
}
# Private names of others: what a library documents with an underscore, and our own classes'.
ELSEWHERE = {
    "timely/blueprints/conflict_page.py": {"_value"},  # WTForms documents it for fields
    "timely/blueprints/results/forms.py": {"_value"},
    "timely/blueprints/timetable/forms.py": {"_value"},
    "timely/blueprints/event_urls.py": {"_replace"},  # of a namedtuple
    "timely/blueprints/event_access.py": {"_get_current_object"},  # Flask documents it
    "timely/blueprints/setup/views.py": {"_get_current_object"},
    "timely/blueprints/stream/events.py": {"_get_current_object"},
    "timely/blueprints/stream/websockets.py": {"_get_current_object"},
    "timely/live/relay_receiver.py": {
        f"_handle_{one}" for one in ("message", "look", "session_end", "counts", "ask", "gone")
    },
    "timely/web/errors.py": {"_login_user"},  # of Flask-Login
    "servers/process.py": {"_exit"},
    "wsgi.py": {"_exit"},
}


def private_names(path: Path) -> set[str]:
    """The attributes of others that a file takes, sets or asks for by their name, where the name is private."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            is_own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            name = "" if is_own else node.attr
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("getattr", "hasattr", "setattr", "delattr"):
            name = node.args[1].value if isinstance(node.args[1], ast.Constant) else ""
        else:
            continue
        is_private = name.startswith("_") and not name.endswith("__")
        if is_private or name in UNDOCUMENTED:
            found.add(name)
    return found


def is_allowed(path: Path) -> bool:
    return path.relative_to(ROOT).as_posix().startswith(ALLOWED)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_private_names_stand_where_they_are_checked(path):
    if not is_allowed(path):
        assert private_names(path) <= ELSEWHERE.get(path.relative_to(ROOT).as_posix(), set())


@pytest.mark.parametrize("path", list(filter(is_allowed, SOURCES)), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_each_is_in_the_table(path):
    own = {"_get_current_object"}
    for name in private_names(path) - own:
        assert f"`{name}`" in TABLE, name


def test_the_scan_sees_what_is_private(tmp_path):
    file = tmp_path / "one.py"
    file.write_text("self._mine = ws._send\ngetattr(ws, '_sock')\nserver.eio.sockets\nsuper()._sendall(b'')\na.__b__")
    assert private_names(file) == {"_send", "_sock", "eio", "_sendall"}
