"""Statements of a saved result: as many in a season as in a small league, and none twice."""

import re
from collections import Counter

import pytest
from sqlalchemy import select

from bench.leagues import league as season_file
from bench.leagues import to_be_played
from tests.conftest import make_user, sign_in
from tests.statements import statements
from timely.event_file.read import read_event
from timely.extensions import db
from timely.live import messages
from timely.models import Fixture, User
from timely.queries.versions import version_of
from timely.services import results
from timely.services.event_files import import_event
from timely.services.people import create_token
from timely.services.results import Score

LARGE = to_be_played(190)
SMALL = season_file(most_games=8)
for _game in SMALL["matches"][:6]:
    del _game["home_score"], _game["away_score"]


@pytest.fixture(name="games", params=[SMALL, LARGE], ids=["8 games", "380 games"])
def imported(app, request):
    """(event id, ids of its games that are to be played)."""
    with app.app_context():
        event = import_event(read_event(request.param))
        ids = select(Fixture.id).where(Fixture.event_id == event.id, ~Fixture.result.has()).order_by(Fixture.id)
        return event.id, list(db.session.scalars(ids))


def test_over_the_api(app, client, games):
    event_id, ids = games
    user = make_user(app, "Olga", "organiser", event_id)
    with app.app_context():
        token = create_token(db.session.get_one(User, user))

    def save(id_):
        headers = {"Authorization": f"Bearer {token}"}
        answer = client.put(f"/api/fixtures/{id_}/result/", json={"home_score": 2, "away_score": 1}, headers=headers)
        assert answer.status_code == 200

    assert_is_cheap(app, save, ids)


def test_over_the_form(app, client, games):
    event_id, ids = games
    sign_in(client, make_user(app, "Olga", "organiser", event_id))

    def save(id_):
        data = {"home_score": 2, "away_score": 1, "version": 1, "on_desk": 1}
        answer = client.post(f"/admin/results/{id_}/", data=data)
        assert answer.status_code == 302

    assert_is_cheap(app, save, ids)


def assert_is_cheap(app, save, ids):
    save(ids[0])
    with app.app_context(), statements() as found:
        save(ids[1])
    kinds = Counter(statement.split()[0] for statement in found)
    # Begun for reading and for writing; five rows written of which two raise versions.
    assert (kinds["BEGIN"], kinds["INSERT"], kinds["UPDATE"]) == (2, 3, 3)
    # User with rights, game with its parents; the highest number, sources, versions, epoch; the rows as they are now.
    assert kinds["SELECT"] <= 8
    games = [statement for statement in found if re.match(r"SELECT fixtures\.id.* JOIN events ", statement, re.S)]
    assert len(games) == 1, "the game is loaded once, with all that it shows"


def test_the_message_of_a_result(app, games):
    event_id, ids = games
    with app.app_context():
        topic = f"event_{event_id}_results"
        since = version_of(topic)
        results.enter_score(db.session.get_one(Fixture, ids[0]), Score(2, 1), by=None)
        db.session.remove()
        with statements() as found:
            assert messages.build(topic, since)["since"] == since
    assert len(found) <= 16
    assert not [one for one, times in Counter(found).items() if times > 1], "nothing is asked for twice"
