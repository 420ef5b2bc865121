"""The page of one game has the fields of its sport: sets, periods, innings, tries, cards, outcome."""

import re

import pytest
from sqlalchemy import select

from tests.blueprints.pressing import press
from tests.conftest import make_user, sign_in, unwrapped
from timely.event_file.read import read_event
from timely.extensions import db
from timely.models import Fixture, Result
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.leaderboard_rows import leaderboard_row
from timely.queries.tables import leaderboard
from timely.services.event_files import import_event


class Page:
    """The page of the one game of an event of some sport."""

    def __init__(self, app, client, sport, rules=None, knockout=False):
        self.app, self.client = app, client
        match = {"home": "Ash", "away": "Birch"}
        match |= {"stage": "knockout", "round": "Final"} if knockout else {}
        file = {"name": "Day out", "sport": sport, "teams": ["Ash", "Birch"], "matches": [match]}
        with app.app_context():
            event = import_event(read_event(file | ({"rules": rules} if rules else {})))
            self.event_id, self.id = event.id, event.fixtures[0].id
        sign_in(client, make_user(app, f"Olga {self.event_id}", "organiser", self.event_id))

    def html(self):
        return self.client.get(f"/admin/results/{self.id}/").get_data(as_text=True)

    def fields(self):
        return re.findall(r'name="((?:home|away)_[a-z_0-9]+|ended|outcome)"', self.html())

    def save(self, **typed):
        with self.app.app_context():
            version = db.session.get_one(Fixture, self.id).version
        data = {"details": "y", "version": version, **typed}
        answer = self.client.post(f"/admin/results/{self.id}/", data=data)
        if 'class="preview"' in answer.text:  # a correction that changes the table is looked at first
            answer = press(self.client, answer.text)
        return answer.status_code, answer.get_data(as_text=True)

    def result(self):
        with self.app.app_context():
            result = db.session.scalar(select(Result).where(Result.fixture_id == self.id))
            return (result.home_score, result.away_score, result.extra) if result else None

    def row(self):
        with self.app.app_context():
            return fixture_row(db.session.get_one(Fixture, self.id))


@pytest.fixture
def page(app, client):
    return lambda *args, **more: Page(app, client, *args, **more)


def sets(*pairs):
    return {
        f"{side}_set_{n}": str(pair[i]) for n, pair in enumerate(pairs, 1) for i, side in enumerate(("home", "away"))
    }


def test_the_points_of_the_sets_make_the_score(page):
    game = page("volleyball")
    assert game.fields().count("home_set_5") == 1
    assert game.save(**sets((25, 20), (20, 25), (25, 23), (25, 10)))[0] == 302
    assert game.result() == (3, 1, {"sets": [[25, 20], [20, 25], [25, 23], [25, 10]]})
    assert game.row()["score_note"] == "25–20, 20–25, 25–23, 25–10"
    assert game.row()["score_text"] == "3–1"
    assert 'name="home_set_4" type="text" value="25"' in game.html()


def test_what_is_wrong_stands_beside_its_set_and_what_was_typed_stays(page):
    game = page("volleyball")
    status, html = game.save(**sets((25, 20), (25, 24), (25, 23)))
    assert status == 422
    assert game.result() is None
    said = 'id="home_set_2-error">The sets: 25-24 cannot be here: this set goes to 25, two clear'
    assert said in unwrapped(html)
    assert 'name="away_set_3" type="text" value="23"' in html
    status, html = game.save(**(sets((25, 20), (25, 20)) | {"home_set_3": "25"}))
    assert status == 422
    assert 'id="away_set_3-error">Type both sides.' in html
    status, html = game.save()
    assert status == 422
    assert 'id="home_score-error">Type the score.' in html


def test_the_rules_say_how_many_sets_and_how_long(page):
    game = page("volleyball", {"points": {"by_sets": {"2-0": 3, "2-1": 2, "1-2": 1, "0-2": 0}}, "sets": {"to": 15}})
    assert "home_set_3" in game.fields()
    assert "home_set_4" not in game.fields()
    assert game.save(**sets((15, 3), (15, 13)))[0] == 302
    assert game.result()[:2] == (2, 0)


def test_a_set_under_way_is_shown_and_the_next_one_raises_the_score(page):
    game = page("table_tennis")
    assert game.save(running="y", **sets((11, 7), (4, 5)))[0] == 302
    assert game.result() == (1, 0, {"sets": [[11, 7], [4, 5]]})
    typed = sets((11, 7), (11, 9), (11, 5)) | {"home_score": "1", "away_score": "0"}
    assert game.save(**typed)[0] == 302
    assert game.result()[:2] == (3, 0)


def test_periods_add_up_and_overtime_is_said(page):
    game = page("ice_hockey")
    typed = {f"{side}_period_{n}": "1" for side in ("home", "away") for n in (1, 2, 3)}
    typed |= {"home_period_4": "1", "away_period_4": "0"}
    status, html = game.save(**typed)
    assert status == 422
    assert "say so" in html
    assert game.save(**typed, ended="overtime")[0] == 302
    assert game.result() == (4, 3, {"periods": [[1, 1], [1, 1], [1, 1], [1, 0]], "overtime": True})
    assert game.row()["score_note"] == "OT; 1–1, 1–1, 1–1, 1–0"
    assert game.row()["score_text"] == "4–3 (OT)"


def test_overs(page):
    game = page("cricket")
    typed = {"home_score": "150", "away_score": "151", "home_wickets": "7", "away_wickets": "4"}
    status, html = game.save(**typed, home_overs="20", away_overs="18.6")
    assert status == 422
    assert re.search(r'id="away_overs-error">The innings: .*balls from 0 to 5', html)
    assert game.save(**typed, home_overs="20", away_overs="18.5")[0] == 302
    assert game.result()[2] == {
        "innings": {
            "home": {"runs": 150, "wickets": 7, "overs": "20"},
            "away": {"runs": 151, "wickets": 4, "overs": "18.5"},
        }
    }
    assert game.row()["score_note"] == "150/7 (20 overs), 151/4 (18.5 overs)"


def test_tries_and_cards_where_the_rulebook_uses_them(page):
    game = page("rugby")
    assert "home_tries" in game.fields()
    assert game.save(home_score="12", away_score="3", home_tries="2", away_tries="")[0] == 302
    assert game.result() == (12, 3, {"tries": {"home": 2}})
    cup = page("football")
    assert cup.save(home_score="1", away_score="1", home_card_1="2")[0] == 302
    assert cup.result()[2] == {"cards": {"home": {"yellow": 2}}}
    assert cup.save(home_score="1", away_score="1", reason="No card")[0] == 302
    assert cup.result()[2] == {}


def test_the_desk_leaves_the_details_alone(page):
    game = page("football")
    game.save(home_score="1", away_score="1", home_card_1="2")
    assert game.save(details="", home_score="2", away_score="1", reason="One more")[0] == 302
    assert game.result() == (2, 1, {"cards": {"home": {"yellow": 2}}})


def test_chess_is_shown_in_halves_and_kept_in_whole_numbers(page):
    game = page("chess")
    assert "outcome" in game.fields()
    assert game.save(outcome="1-1")[0] == 302
    assert game.result() == (1, 1, {})
    row = game.row()
    assert (row["score_text"], row["home_score"], row["home_score_text"]) == ("½–½", 1, "½")
    assert re.search(r'<input checked[^>]*value="1-1"', game.html())
    with game.app.app_context():
        line = leaderboard(db.session.get_one(Fixture, game.id).event)[0].lines[0]
        shown = leaderboard_row(line)
    assert (shown["pts"], shown["pts_text"], shown["gf_text"], shown["gd_text"]) == (1, "½", "½", "0")
    for typed in ("1", "1.0"):
        assert game.save(details="", home_score=typed, away_score="0", reason="Looked again")[0] == 302
        assert game.result()[:2] == (2, 0)


def test_the_desk_takes_halves(page):
    game = page("chess")
    status, html = game.save(details="", on_desk="1", home_score="0.7", away_score="0")
    assert status == 422
    assert "Type 1, ½ or 0" in html
    assert 'value="0.7"' in html
    assert game.save(details="", on_desk="1", home_score="0.5", away_score="½", running="y")[0] == 302
    assert game.result()[:2] == (1, 1)
    desk = game.client.get("/admin/results/").get_data(as_text=True)
    assert len(re.findall(r'inputmode="decimal"[^>]* value="½"', desk)) == 2


def test_a_match_of_boards(page):
    game = page("chess", {"sets": {"best_of": 4}})
    assert "outcome" not in game.fields()
    assert game.save(home_score="2½", away_score="1,5")[0] == 302
    assert game.result()[:2] == (5, 3)
    assert game.row()["score_text"] == "2½–1½"


def test_a_knockout_has_penalties_and_keeps_them(page):
    game = page("football", knockout=True)
    status, html = game.save(home_score="1", away_score="1")
    assert status == 422
    assert "no winner" in html
    assert game.save(home_score="1", away_score="1", home_pens="4", away_pens="2", ended="extra_time")[0] == 302
    assert game.row()["score_text"] == "1–1 (4–2 pens)"


def test_sets_are_never_level_so_they_have_no_penalties(page):
    assert "Penalties" in page("football", knockout=True).html()
    html = page("tennis", knockout=True).html()
    assert "Penalties" not in html
    assert "By lot or ruling" in html


def test_two_people_see_the_sets_of_both(page):
    game = page("volleyball")
    _, version = game.save(**sets((25, 20), (25, 20), (25, 20))), 0
    status, html = game.save(version=version, **sets((25, 20), (20, 25), (25, 20), (25, 20)))
    assert status == 409
    assert "25–20, 25–20, 25–20" in unwrapped(html)
    assert 'name="away_set_2" value="25"' in html
    assert 'name="details" value="y"' in html
    newer = re.search(r'name="version" value="(\d+)"', html)[1]
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html)) | {"version": newer, "reason": "Seen"}
    answer = game.client.post(f"/admin/results/{game.id}/", data=again)
    assert answer.status_code == 302
    assert game.result()[:2] == (3, 1)
