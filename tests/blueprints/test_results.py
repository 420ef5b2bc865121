"""The results desk and the page of one game, as an organiser and a scorer use them."""

import re

import pytest
from sqlalchemy import select

from tests.blueprints.pressing import effects, press
from tests.conftest import get_event, make_user, sign_in
from tests.services.test_advancement import CUP
from timely.blueprints.results.forms import ResultForm
from timely.extensions import db
from timely.models import Fixture, Result
from timely.services import results
from timely.services.results import Score


@pytest.fixture(name="desk")
def desk_fixture(app, client, league):
    sign_in(client, make_user(app, "Olga", "organiser", league))
    return Desk(app, client)


class Desk:
    def __init__(self, app, client):
        self.app, self.client = app, client

    def fixture(self, number=0):
        with self.app.app_context():
            fixture = db.session.scalars(select(Fixture).order_by(Fixture.id).offset(number)).first()
            return fixture.id, fixture.version

    def save(self, number=0, path="", **data):
        fixture_id, version = self.fixture(number)
        answer = self.client.post(f"/admin/results/{fixture_id}/{path}", data={"version": version, **data})
        return answer.status_code, answer.get_data(as_text=True)

    def press(self, page, **more):
        return press(self.client, page, **more)

    def score(self, number=0):
        fixture_id, _ = self.fixture(number)
        with self.app.app_context():
            result = db.session.scalar(select(Result).where(Result.fixture_id == fixture_id))
            return (result.home_score, result.away_score, result.status, result.running) if result else None


def test_the_desk_lists_the_games_and_the_table(desk):
    page = desk.client.get("/admin/results/").get_data(as_text=True)
    assert len(re.findall(r'<form class="score-row', page)) == 6
    assert 'data-list="leaderboard"' in page


def test_a_score_is_saved_and_the_desk_comes_back(desk):
    status, _ = desk.save(home_score="2", away_score="1")
    assert status == 302
    assert desk.score() == (2, 1, "FINAL", False)


def test_a_running_score(desk):
    desk.save(home_score="1", away_score="0", running="y")
    assert desk.score() == (1, 0, "PENDING", True)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ({"home_score": "", "away_score": "1"}, "Type the score"),
        ({"home_score": "two", "away_score": "1"}, "whole number"),
        ({"home_score": "1.5", "away_score": "1"}, "whole number"),
        ({"home_score": "-1", "away_score": "1"}, "whole number"),
        ({"home_score": "1000", "away_score": "1"}, "whole number"),
        ({"home_score": "9" * 5000, "away_score": "1"}, "whole number"),
        ({"home_score": "1\0", "away_score": "1"}, "whole number"),
        ({"home_score": "1_0", "away_score": "1"}, "whole number"),
        ({"home_score": "٣", "away_score": "1"}, "whole number"),
        ({"home_score": "1e2", "away_score": "1"}, "whole number"),
        ({"home_score": "  ", "away_score": "1"}, "Type the score"),
        ({"home_score": "1", "away_score": "1", "home_pens": "1_0", "away_pens": "3"}, "whole number"),
    ],
)
@pytest.mark.parametrize("where", [{}, {"on_desk": "1"}])
def test_a_wrong_score_is_refused_beside_its_field_and_kept(desk, data, word, where):
    status, page = desk.save(**data, **where)
    assert status == 422
    assert word in page
    assert desk.score() is None
    if data["home_score"] == "two":
        assert 'value="two"' in page
        assert 'value="1"' in page


@pytest.mark.parametrize("typed", ["", " ", "two", "1_0", "1000", "-1"])
def test_a_wrong_score_is_told_once(app, typed):
    with app.test_request_context(method="POST", data={"home_score": typed, "away_score": "1"}):
        form = ResultForm()
        assert not form.validate()
        assert len(form.home_score.errors) == 1
        assert len(form.words()) == 1


def test_two_people_saving_the_same_game_see_both(desk):
    fixture_id, version = desk.fixture()
    desk.save(home_score="2", away_score="1")
    answer = desk.client.post(
        f"/admin/results/{fixture_id}/", data={"version": version, "home_score": "3", "away_score": "3"}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "2–1" in page
    assert "3–3" in page
    assert "Olga" in page
    assert desk.score() == (2, 1, "FINAL", False)
    newer = re.search(r'name="version" value="(\d+)"', page)[1]
    answer = desk.client.post(
        f"/admin/results/{fixture_id}/",
        data={"version": newer, "home_score": "3", "away_score": "3", "reason": "I saw it"},
    )
    assert effects(answer.get_data(as_text=True))[0] == "Birch climbs from 4th to 1st: League."
    answer = desk.press(answer.get_data(as_text=True))
    assert answer.status_code == 302
    assert desk.score() == (3, 3, "FINAL", False)


@pytest.mark.parametrize("version", ["", "x", "-1", "1e3", "9" * 30])
def test_a_garbled_version_never_overwrites(desk, version):
    desk.save(home_score="2", away_score="1")
    fixture_id, _ = desk.fixture()
    answer = desk.client.post(
        f"/admin/results/{fixture_id}/",
        data={"version": version, "home_score": "9", "away_score": "9", "reason": "x"},
    )
    assert answer.status_code == 409
    assert desk.score()[:2] == (2, 1)


def test_walkover_verify_finalise_and_take_back(app, desk, league):
    status, page = desk.save(0, "walkover/", to="away")
    assert (status, desk.score()) == (200, None)
    assert effects(page)
    assert desk.press(page, why="no team").status_code == 302
    assert desk.score() == (0, 3, "FINAL", False)
    status, page = desk.save(0, "take-back/")
    assert (status, desk.score()) == (200, (0, 3, "FINAL", False))
    assert desk.press(page).status_code == 302
    assert desk.score() is None
    with app.app_context():
        results.enter_score(db.session.get_one(Fixture, desk.fixture()[0]), Score(1, 1), by=None, status="PENDING")
    assert desk.save(0, "status/", status="VERIFIED")[0] == 302
    assert desk.save(0, "status/", status="FINAL")[0] == 302
    assert desk.score() == (1, 1, "FINAL", False)
    assert desk.save(0, "status/", status="PENDING")[0] == 400
    assert desk.save(0, "walkover/", to="nobody")[0] == 400


def test_an_old_button_changes_nothing(desk):
    fixture_id, version = desk.fixture()
    desk.save(home_score="2", away_score="1")
    answer = desk.client.post(f"/admin/results/{fixture_id}/take-back/", data={"version": version})
    assert answer.status_code == 409
    assert desk.score() == (2, 1, "FINAL", False)


def test_the_cursor_goes_to_the_next_game_that_wants_a_result(desk):
    desk.save(home_score="2", away_score="1")
    page = desk.client.get("/admin/results/?after=1").get_data(as_text=True)
    assert page.count("autofocus") == 1


def test_penalties_decide_a_knockout(app, client, make_event):
    matches = [{"home": "Ash", "away": "Birch", "stage": "knockout", "round": "Final"}]
    event_id = make_event(matches=matches)
    sign_in(client, make_user(app, "Olga", "organiser", event_id))
    desk = Desk(app, client)
    status, page = desk.save(home_score="1", away_score="1")
    assert status == 422
    assert "penalties" in page
    assert desk.save(home_score="1", away_score="1", home_pens="4", away_pens="2")[0] == 302


def test_whoever_entered_a_result_sees_who_confirms_it_and_no_button_for_it(desk, app, league):
    vera = make_user(app, "Vera", "organiser", league)
    with app.app_context():
        get_event(league).second_person = True
        db.session.commit()
    desk.save(home_score="2", away_score="1")
    assert desk.score() == (2, 1, "PENDING", False)
    fixture_id, _ = desk.fixture()
    page = desk.client.get(f"/admin/results/{fixture_id}/").get_data(as_text=True)
    assert "A second person has to verify this result: Vera." in page
    assert "Make it final" not in page
    assert "final at once" not in page
    sign_in(desk.client, vera)
    page = desk.client.get(f"/admin/results/{fixture_id}/").get_data(as_text=True)
    assert "Make it final" in page
    assert "A second person has to verify" not in page


def test_only_what_can_be_saved_is_offered_for_a_game_that_nobody_came_to(app, client, make_event):
    event = make_event(**CUP)
    sign_in(client, make_user(app, "Olga", "organiser", event))
    with app.app_context():
        games = {one.code: (one.id, one.version) for one in get_event(event).fixtures}
        results.enter_score(get_event(event).fixtures[0], Score(1, 0), by=None)
        results.enter_score(get_event(event).fixtures[1], Score(1, 0), by=None)
    final = client.get(f"/admin/results/{games['F'][0]}/").get_data(as_text=True)
    assert "by the organiser" not in final
    assert "A score can be entered as soon as both are known." in final
    semi = client.get(f"/admin/results/{games['SF1'][0]}/").get_data(as_text=True)
    version = re.search(r'name="version" value="(\d+)"', semi)[1]
    assert "Nobody came: neither goes on" in semi
    for data in ({"decided": "none:ruling"}, {"decided": "none:ruling", "home_score": "1", "away_score": "1"}):
        with app.app_context():
            semi_now = get_event(event).fixtures[2]
            if semi_now.result:
                results.take_back(semi_now, by=None)
            version = str(get_event(event).fixtures[2].version)
        sent = {"home_score": "", "away_score": "", "details": "y", "version": version} | data
        answer = client.post(f"/admin/results/{games['SF1'][0]}/", data=sent)
        if answer.status_code == 200:
            assert "F is Nobody – Winner SF2 instead of Winner SF1 – Winner SF2." in answer.get_data(as_text=True)
            answer = press(client, answer.get_data(as_text=True))
        with app.app_context():
            assert get_event(event).fixtures[2].result.decided == "none"
            assert get_event(event).fixtures[5].home_name == "Nobody"
    with app.app_context():
        other = get_event(event).fixtures[3]
        sent = {"home_score": "", "away_score": "", "details": "y", "version": str(other.version)}
    answer = client.post(f"/admin/results/{games['SF2'][0]}/", data=sent | {"decided": "away:ruling"})
    press(client, answer.get_data(as_text=True))
    with app.app_context():
        final = get_event(event).fixtures[5]
        assert (final.home_name, final.away_name, final.status) == ("Nobody", "Birch", "WALKOVER")
