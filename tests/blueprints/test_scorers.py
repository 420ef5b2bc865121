"""Scorers and strangers at the results desk: only their own games."""

import re

from tests.blueprints.test_results import Desk
from tests.conftest import make_user, sign_in
from timely.extensions import db
from timely.models import Fixture, Right


def test_nobody_enters_without_signing_in(client, league):
    answer = client.get("/admin/results/")
    assert answer.status_code == 302
    assert "/login/" in answer.headers["Location"]
    assert client.post("/admin/results/1/", data={"home_score": "1", "away_score": "0"}).status_code == 401


def test_an_organiser_of_another_event_is_kept_out(app, client, league, make_event):
    sign_in(client, make_user(app, "Otto", "organiser", make_event(name="Other")))
    assert client.get("/admin/results/1/").status_code == 403
    assert client.post("/admin/results/1/", data={"home_score": "1", "away_score": "0"}).status_code == 403


def test_a_scorer_of_one_pitch_sees_and_saves_its_games_only(app, client, league):
    user_id = make_user(app, "Sam", "scorer")
    with app.app_context():
        pitch_id = db.session.get_one(Fixture, 1).pitch_id
        db.session.add(Right(user_id=user_id, event_id=league, pitch_id=pitch_id))
        db.session.commit()
    sign_in(client, user_id)
    page = client.get("/admin/results/").get_data(as_text=True)
    assert len(re.findall(r'<form class="score-row', page)) == 2
    assert client.get("/admin/results/2/").status_code == 403
    data = {"home_score": "1", "away_score": "0", "version": "1"}
    assert client.post("/admin/results/2/", data=data).status_code == 403
    assert client.post("/admin/results/1/", data=data).status_code == 302
    assert Desk(app, client).score() == (1, 0, "PENDING", False)
