"""Pages, answers, streams and sockets, asked for by every role with the ids of every event: nothing hidden is told."""

import html
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import make_app, sign_in
from tests.crawl.doors import Door, doors_of, rules_of
from tests.crawl.world import DRAFT, HELD, MARKS, OPEN, PRIVATE, World, make_world
from timely.extensions import db

SCORERS = ("scorer elsewhere", "scorer of a pitch")
ORGANISERS = ("organiser elsewhere", "organiser", "administrator")
ROLES = ("anonymous", *SCORERS, *ORGANISERS)
HIDDEN = (DRAFT, PRIVATE, HELD)
# Who manages each event, and who enters results there; a draft is its organisers' alone.
MANAGES = {OPEN: ("organiser elsewhere", "administrator"), **dict.fromkeys(HIDDEN, ("organiser", "administrator"))}
ENTERS = {
    OPEN: (*MANAGES[OPEN], "scorer elsewhere"),
    DRAFT: MANAGES[DRAFT],
    PRIVATE: (*MANAGES[PRIVATE], "scorer of a pitch"),
    HELD: (*MANAGES[HELD], "scorer of a pitch"),
}
# Whose pages may show what is hidden.
SEES = {kind: ENTERS[kind] for kind in HIDDEN}
# Doors that are of no event, and not for everybody who is signed in. All others below /admin/ are.
FOR = {
    "people.": ("administrator",),
    "notifications.index": ORGANISERS,
    "monitor.index": ORGANISERS,
    "monitor.numbers": ORGANISERS,
    "admin_events.new": ORGANISERS,
    "admin_events.import_": ORGANISERS,
}
PUBLIC_POSTS = ("auth.login", "auth.logout", "setup.first")
# What they answer to everybody: a poll follows nothing unless it is told what; figures are for this computer alone.
ALWAYS = {"/api/poll/": (400,), "/api/stream/": (400,)}
FINE, REFUSED = (200, 302), (403, 404)
ENDLESS = ("stream.event_stream", "stream.topic_stream", "stream.topics_stream", "stream.notification_stream")
UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture(scope="module")
def world(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("crawl")
    (folder / "timely.sqlite3").write_bytes(empty_database.read_bytes())
    app = make_app(folder)
    yield make_world(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def client_of(world: World, role: str) -> FlaskClient:
    client = world.app.test_client()
    if (user_id := world.people[role]) is not None:
        sign_in(client, user_id)
    return client


def token_of(world: World, role: str, door: Door) -> dict[str, str]:
    """The API itself knows no cookie."""
    token = world.tokens.get(role)
    return {"Authorization": f"Bearer {token}"} if token and door.endpoint.startswith("api.") else {}


def get(client: FlaskClient, door: Door, headers: dict[str, str]) -> tuple[int, str]:
    """The status and all that was said; of what does not end its beginning."""
    if door.path.startswith("/ws/"):
        return talk(client, door.path)
    answer = client.get(door.path, headers=headers)
    if door.endpoint in ENDLESS and answer.status_code == 200:
        said = next(iter(answer.response))
        answer.close()
        text = said if isinstance(said, str) else said.decode()
    else:
        text = answer.get_data(as_text=True)
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    return answer.status_code, f"{headers}\n{text}"


def talk(client: FlaskClient, path: str) -> tuple[int, str]:
    """What a WebSocket says before it is quiet or closed: the server's frames are plain text."""
    mine, theirs = socket.socketpair()
    asking = threading.Thread(
        target=lambda: client.get(path, headers=UPGRADE, environ_overrides={"werkzeug.socket": theirs})
    )
    asking.start()
    mine.settimeout(20)
    said = b""
    while b'"heartbeat"' not in said and b'"error"' not in said:
        piece = mine.recv(65536)
        if not piece:
            break
        said += piece
        if "topics" not in path and "events" not in path and "notifications" not in path:
            break  # it follows nothing, and waits for what it is asked
    mine.close()
    asking.join(20)
    assert not asking.is_alive(), path
    text = said.decode("utf-8", "replace")
    return 404 if '"not_found"' in text else 200, text


# Counts of requests and bytes come to any number, those of a score that is held back too.
COUNTERS = frozenset({"/metrics"})


@pytest.mark.parametrize("role", ROLES)
def test_nothing_hidden_is_told_and_nothing_fails(world: World, role: str) -> None:
    client, asked, faults = client_of(world, role), 0, []
    for rule in rules_of(world.app, "GET"):
        for door in doors_of(world, rule):
            status, said = get(client, door, token_of(world, role, door))
            asked += 1
            for part in world.events.values():
                if part.slug in door.path:
                    said = said.replace(part.slug, "")  # an error page may repeat what was asked for
            found = [kind for kind in told(said) if kind != HELD or door.path not in COUNTERS]
            shown = [kind for kind in found if role not in SEES[kind]]
            if HELD in found and not door.path.startswith("/admin/"):
                shown.append("held, in public")
            if (role != "anonymous" or door.path.startswith("/admin/")) and is_page(said) and "no-store" not in said:
                shown.append("itself from a cache")
            if shown or status not in expected(role, door):
                faults.append(f"{door.path} answers {status} and not {expected(role, door)}, shows {shown}")
    assert not faults, "\n".join([role, *faults])
    assert asked > 350


def is_page(said: str) -> bool:
    """Whether a browser draws it: text/html, or a way to it."""
    return "Content-Type: text/html" in said


def told(said: str) -> list[str]:
    """The kinds of the hidden events of which anything is said, however the page or the JSON spells it."""
    plain = html.unescape(said)
    return [kind for kind, mark in MARKS.items() if mark.search(plain)]


def expected(role: str, door: Door) -> tuple[int, ...]:
    """The statuses with which the door may answer that role."""
    if door.path in ALWAYS:
        return ALWAYS[door.path]
    if door.path.startswith("/admin/"):
        if role == "anonymous":
            return (302,)
        return FINE if may(role, door) else REFUSED
    if "nobody" in door.about or any(role not in SEES.get(kind, ROLES) for kind in door.about - {HELD}):
        return (404,)
    return FINE


def may(role: str, door: Door) -> bool:
    """Whether what is behind the door is for that role, below /admin/ and where something is written."""
    if door.is_mixed:
        return False
    if door.about:
        is_game = door.endpoint.startswith("results.") or door.endpoint in RESULT_WRITES
        if role == "scorer of a pitch" and is_game:
            return False  # the game is on the other pitch
        is_entering = is_game or door.endpoint.startswith("monitor.")
        return all(role in (ENTERS if is_entering else MANAGES)[kind] for kind in door.about)
    return role in next((roles for name, roles in FOR.items() if door.endpoint.startswith(name)), ROLES)


WRITES = ("POST", "PUT", "PATCH", "DELETE")
RESULT_WRITES = ("api.put_result", "api.delete_result")


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_written_by_whoever_may_not(world: World, role: str) -> None:
    """A write that is allowed is left to its own tests: here it would change what the others ask for."""
    client, asked, faults = client_of(world, role), 0, []
    before = rows_of(world)
    for method in WRITES:
        for rule in rules_of(world.app, method):
            for door in doors_of(world, rule):
                is_public = door.endpoint in PUBLIC_POSTS
                if is_public or (role != "anonymous" and may(role, door)):
                    continue
                origin = {"REMOTE_ADDR": f"10.0.{asked // 200}.{asked % 200 + 1}"}  # each has its own limit
                answer = client.open(
                    door.path, method=method, headers=token_of(world, role, door), data={}, environ_base=origin
                )
                asked += 1
                wanted = (401,) if role == "anonymous" else REFUSED
                if answer.status_code not in wanted or any(
                    role not in SEES[kind] for kind in told(answer.get_data(as_text=True))
                ):
                    faults.append(f"{method} {door.path} answers {answer.status_code} and not {wanted}")
    assert not faults, "\n".join([role, *faults])
    assert rows_of(world) == before
    assert asked > 20


def rows_of(world: World) -> dict[str, list[tuple[object, ...]]]:
    """All that is saved, except that somebody is signed in."""
    with world.app.app_context():
        kept = [table for table in db.metadata.sorted_tables if table.name != "sessions"]
        return {table.name: [tuple(row) for row in db.session.execute(table.select())] for table in kept}
