"""Pages of every sport, of cups and of real seasons in the pseudo-language: tables, explanations, forms of results."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import make_app, make_user, season, sign_in
from tests.cups import cup_file
from tests.languages.plain_letters import PLAIN_WORD, asked_for, report, untranslated, words_in
from tests.languages.pseudo import PSEUDO
from tests.languages.visible_text import visible_texts
from timely.domain.sports import SPORTS
from timely.event_file.read import read_event
from timely.extensions import db
from timely.languages.available import EXTENSION
from timely.services.event_files import import_event

TEAMS = ["Qaa", "Qbb", "Qcc", "Qdd"]
OF_AN_EVENT = ("", "leaderboard/", "schedule/", "bracket/", "announcements/")
OF_AN_ORGANISER = ("", "teams/", "rules/", "rules/own/", "fixtures/", "timetable/", "standings/", "formats/", "audit/")
WHY = re.compile(r'href="(/events/[^"]*/why/[^"]*)"')


def league(sport: str) -> dict[str, Any]:
    games = [
        {"home": "Qaa", "away": "Qbb", "group": "A"},
        {"home": "Qcc", "away": "Qdd", "group": "B"},
    ]
    groups = {"A": TEAMS[:2], "B": TEAMS[2:]}
    return {"name": "Qcup", "sport": sport, "teams": TEAMS, "groups": groups, "matches": games}


@pytest.fixture(scope="module")
def app(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("sports")
    (folder / "timely.sqlite3").write_bytes(empty_database.read_bytes())
    app = make_app(folder)
    app.extensions[EXTENSION].by_code[PSEUDO.code] = PSEUDO
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def organiser(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("timely_language", PSEUDO.code)
    sign_in(client, make_user(app, "Qorg", "administrator"))
    return client


def typed_in(data: Any) -> set[str]:
    """The words of an event file's texts, in lower case."""
    if isinstance(data, dict):
        return {word for value in [*data.keys(), *data.values()] for word in typed_in(value)}
    if isinstance(data, list):
        return {word for value in data for word in typed_in(value)}
    return {word.lower() for word in PLAIN_WORD.findall(str(data))}


def look(app: Flask, client: FlaskClient, data: dict[str, Any]) -> None:
    """Imports the event and asks for its pages, explanations, forms and answers."""
    with app.app_context():
        event = import_event(read_event(data))
        event_id, slug, games = event.id, event.slug, [fixture.id for fixture in event.fixtures[:3]]
    paths = [f"/events/{slug}/{part}" for part in OF_AN_EVENT] + [f"/display/{slug}/"]
    paths += [f"/admin/events/{event_id}/{part}" for part in OF_AN_ORGANISER]
    paths += [f"/admin/results/{game}/" for game in games] + [f"/api/events/{event_id}/schedule/"]
    typed, faults, whys = {"qorg", *typed_in(data)}, {}, set()
    for path in paths:
        answer = client.get(asked_for(path), follow_redirects=True)
        assert answer.status_code in (200, 404), path
        if answer.mimetype == "application/json":
            faults[path] = untranslated(words_in(answer.json), typed)
            continue
        text = answer.get_data(as_text=True)
        faults[path] = untranslated(visible_texts(text), typed)
        whys |= set(WHY.findall(text)[:3])
    for path in sorted(whys)[:8]:
        text = client.get(asked_for(path)).get_data(as_text=True)
        faults[path] = untranslated(visible_texts(text), typed)
    assert not report(faults), report(faults)


@pytest.mark.parametrize("sport", SPORTS)
def test_every_sport_speaks_the_language(app, organiser, sport):
    look(app, organiser, league(sport))


@pytest.mark.parametrize("entrants", ["pair", "person"])
def test_pairs_and_players(app, organiser, entrants):
    look(app, organiser, {**league("tennis"), "entrants": entrants})


@pytest.mark.parametrize(("size", "legs"), [(8, 1), (16, 2), (6, 1)])
def test_cups(app, organiser, size, legs):
    look(app, organiser, cup_file(size, legs=legs))


@pytest.mark.costly
@pytest.mark.parametrize(
    "name",
    [
        "volleyball_nations_league_2022_men",
        "football_world_cup_2018",
        "ice_hockey_olympics_2018_men",
        "rugby_world_cup_2019",
        "handball_world_championship_2023_group_d",
    ],
)
def test_real_seasons(app, organiser, name):
    look(app, organiser, season(name))
