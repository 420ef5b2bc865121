"""Every page, form and answer in the pseudo-language: what is read in plain letters was typed, or is a name."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import make_app, sign_in
from tests.crawl.doors import doors_of, rules_of
from tests.crawl.world import OPEN, World, make_world
from tests.languages.pseudo import PSEUDO
from tests.languages.visible_text import visible_texts
from timely.extensions import db
from timely.languages.available import EXTENSION
from timely.languages.locales import own_name

HERE = Path(__file__).parent
PLAIN_WORD = re.compile(r"(?<![\w/.:?=&-])[A-Za-z]{2,}")
ADDRESS = re.compile(r"https?://\S+")
LANGUAGES = [own_name(code) for code in ("en", "de", "fr", "it", "es", "pt", "nl", "pl", "sv")]
ALLOWED = [line for line in (HERE / "plain_words.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
# Of "Français" its first letters are plain.
KNOWN = {word.lower() for word in (*" ".join(ALLOWED).split(), *PLAIN_WORD.findall(" ".join(LANGUAGES)))}
# Answers without words, and those that never end.
SILENT = ("stream.", "static", "metrics.")
# Names of fields, whatever the form; what does not know one leaves it.
FIELDS = (HERE / "field_names.txt").read_text("utf-8").split()


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


def untranslated(texts: Any, typed: set[str] = frozenset()) -> list[str]:
    """Those of the texts that hold plain words which nobody typed."""
    words = {text: {word.lower() for word in PLAIN_WORD.findall(ADDRESS.sub("", text))} for text in texts}
    return sorted(text for text, found in words.items() if found - KNOWN - typed)


def words_in(answer: Any) -> Iterator[str]:
    """The values of a JSON answer that are words for a reader."""
    if isinstance(answer, list):
        for one in answer:
            yield from words_in(one)
    elif isinstance(answer, dict):
        for key, value in answer.items():
            if isinstance(value, str) and (key.endswith("_text") or key in ("message", "head")) and "code" not in key:
                yield value
            else:
                yield from words_in(value)


def asked_for(path: str) -> str:
    """The address in the pseudo-language: a program and a display do not look at the cookie."""
    return f"{path}{'&' if '?' in path else '?'}lang={PSEUDO.code}"


def report(faults: dict[str, list[str]]) -> str:
    """Each text once, with the first address that shows it."""
    seen: set[str] = set()
    lines = []
    for path, texts in faults.items():
        lines += [f"{path}: {text[:150]!r}" for text in texts if text not in seen]
        seen |= set(texts)
    return "\n".join(lines)


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
