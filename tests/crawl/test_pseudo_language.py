"""Every page, form and answer in the pseudo-language: what is read in plain letters was typed, or is a name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import make_app, sign_in
from tests.crawl.doors import doors_of, rules_of
from tests.crawl.world import OPEN, World, make_world
from tests.languages.plain_letters import asked_for, report, untranslated, words_in
from tests.languages.pseudo import PSEUDO
from tests.languages.visible_text import visible_texts
from timely.extensions import db
from timely.languages.available import EXTENSION
from timely.live import messages
from timely.live.topics import topics_of
from timely.models.topic import GLOBAL_TOPICS

# Answers without words, and those that never end.
SILENT = ("stream.", "static", "metrics.")
# Names of fields, whatever the form; what does not know one leaves it.
FIELDS = Path(__file__).with_name("field_names.txt").read_text("utf-8").split()


@pytest.fixture(scope="module")
def world(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("pseudo")
    (folder / "timely.sqlite3").write_bytes(empty_database.read_bytes())
    app = make_app(folder)
    app.extensions[EXTENSION].by_code[PSEUDO.code] = PSEUDO
    yield make_world(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def administrator(world: World) -> FlaskClient:
    client = world.app.test_client()
    client.set_cookie("timely_language", PSEUDO.code)
    sign_in(client, world.people["administrator"])
    return client


def test_every_page_speaks_the_language(world: World, administrator: FlaskClient) -> None:
    faults, asked = {}, 0
    for rule in rules_of(world.app, "GET"):
        for door in doors_of(world, rule):
            if door.is_mixed or door.path.startswith("/ws/") or door.endpoint.startswith(SILENT):
                continue
            answer = administrator.get(asked_for(door.path))
            assert answer.status_code < 500, door.path
            if answer.mimetype == "text/html" and answer.status_code != 302:
                asked += 1
                faults[door.path] = untranslated(visible_texts(answer.get_data(as_text=True)))
            elif answer.mimetype == "application/json":
                asked += 1
                faults[door.path] = untranslated(words_in(answer.json))
    assert not report(faults), report(faults)
    assert asked > 200


def test_every_refusal_of_a_form_speaks_the_language(world: World, administrator: FlaskClient) -> None:
    faults, asked = {}, 0
    for rule in rules_of(world.app, "POST"):
        for door in doors_of(world, rule):
            if door.is_mixed or OPEN not in door.about or door.endpoint.startswith(("api.", "auth.")):
                continue
            for data in ({}, dict.fromkeys(FIELDS, "?"), dict.fromkeys(FIELDS, "9" * 300)):
                answer = administrator.post(asked_for(door.path), data=data, follow_redirects=True)
                assert answer.status_code < 500, door.path
                asked += 1
                faults[f"POST {door.path}"] = untranslated(visible_texts(answer.get_data(as_text=True)))
    assert not report(faults), report(faults)
    assert asked > 100


def test_every_live_message_speaks_the_language(world: World) -> None:
    faults, asked = {}, 0
    with world.app.app_context():
        topics = [*GLOBAL_TOPICS, *(topic for part in world.events.values() for topic in topics_of(part.event_id))]
        for topic in topics:
            for since in (0, 1):
                message = messages.build(topic, since, code=PSEUDO.code)
                assert message is not None
                asked += 1
                faults[f"{topic} since {since}"] = untranslated(words_in(message["data"]))
    assert not report(faults), report(faults)
    assert asked > 30
