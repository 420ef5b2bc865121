"""A team leaves by the form; a lot is recorded by the form; a correction asks about games that were played."""

import re

import pytest

from tests.blueprints.pressing import effects, fields_of, press
from tests.conftest import get_event, make_user, sign_in
from tests.services.test_advancement import CUP, enter, game
from tests.services.test_undo import last_entry
from timely.services.undo import undo

LOTS = {"tiebreakers": ["points", "drawing_of_lots"]}
LONG = "x" * 301


@pytest.fixture
def olga(app, client, make_event):
    """The organiser of a cup of which the groups are played."""
    with app.app_context():
        event = get_event(make_event(**{**CUP, "rules": LOTS}))
        enter(event.fixtures[0], 2, 1)
        enter(event.fixtures[1], 1, 0)
    sign_in(client, make_user(app, "Olga", "organiser", 1))
    return client


def in_event(app, ask):
    with app.app_context():
        return ask(get_event(1))


def test_the_rulebooks_answer_stands_first_and_is_chosen(olga):
    page = olga.get("/admin/events/1/teams/1/withdraw/").text
    ways = re.findall(r'name="way"[^>]*value="(\w+)"|value="(\w+)"[^>]*name="way"|<input checked[^>]*name="way"', page)
    assert len(ways) == 3
    assert "(by the rules of this event)" in page
    assert page.index("Annul its games") < page.index("Keep what was played; the rest")


def test_it_is_looked_at_and_then_done(app, olga):
    form = {"word": "expelled", "way": "annul", "reason": "three wrong players"}
    answer = olga.post("/admin/events/1/teams/1/withdraw/", data=form)
    page = answer.text
    assert answer.status_code == 200
    assert "1 result is annulled." in page
    assert "Birch goes through" in page or any("SF1 is" in one for one in effects(page))
    assert in_event(app, lambda event: event.teams[0].withdrawn) == ""
    assert press(olga, page, announce="y", news_title="Ash is expelled").status_code == 302
    assert in_event(app, lambda event: event.teams[0].withdrawn) == "expelled"
    assert in_event(app, lambda event: event.announcements[0].title) == "Ash is expelled"
    page = olga.get("/admin/events/1/teams/").text
    undo = re.search(r'action="(/admin/events/1/audit/\d+/undo/)"', page)[1]
    public = olga.get("/events/saturday-league/leaderboard/").text
    assert "Ash (expelled)" in public
    assert "is-expelled" in public
    assert "is-annulled" in olga.get("/events/saturday-league/schedule/").text
    olga.post(undo)
    assert in_event(app, lambda event: (event.teams[0].withdrawn, len(event.announcements))) == ("", 0)


@pytest.mark.parametrize(
    "form",
    [
        {"word": "gone", "way": "annul"},
        {"word": "expelled", "way": "forget"},
        {"word": "expelled", "way": "keep", "reason": LONG},
        {},
    ],
)
def test_garbage_is_refused_beside_its_field(app, olga, form):
    answer = olga.post("/admin/events/1/teams/1/withdraw/", data=form)
    if form:
        assert answer.status_code == 422
        assert "field-error" in answer.text
    assert in_event(app, lambda event: event.teams[0].withdrawn) == ""


def test_others_may_not(app, olga, client):
    sign_in(client, make_user(app, "Sam", "scorer", 1))
    for path in ("teams/1/withdraw/", "standings/", "standings/hold/", "standings/show/", "standings/lots/"):
        assert client.post(f"/admin/events/1/{path}", data={"word": "expelled"}).status_code in (403, 405)


def test_a_correction_asks_what_becomes_of_the_game_that_was_played(app, olga):
    semi, version, final = in_event(app, play_all)
    form = {"version": version, "details": "y", "home_score": "0", "away_score": "3", "reason": "sides swapped"}
    page = olga.post(f"/admin/results/{semi}/", data=form).text
    assert "should be <bdi>Dogwood</bdi> – <bdi>Birch</bdi>" in page
    answer = press(olga, page)
    assert answer.status_code == 422
    assert "Choose what becomes of this game." in answer.text
    assert in_event(app, lambda event: game(event, "SF1").result.home_score) == 3
    ruling = {f"ruling_{final}": "replay"}
    looked = olga.post(f"/admin/results/{semi}/", data={**form, **ruling, "look": "1"}).text
    assert "F is Dogwood – Birch instead of Ash – Birch." in effects(looked)
    assert press(olga, looked).status_code == 302
    assert in_event(app, lambda event: (game(event, "F").home_name, game(event, "F").result)) == ("Dogwood", None)
    undo = re.search(r'action="(/admin/events/1/audit/\d+/undo/)"', olga.get("/admin/results/?event=1").text)[1]
    olga.post(undo)
    assert in_event(app, lambda event: (game(event, "F").home_name, game(event, "F").result.home_score)) == ("Ash", 1)


def test_what_follows_from_a_ruling_is_shown_before_it_is_done(app, olga):
    semi, version, final = in_event(app, play_all)
    form = {"version": version, "details": "y", "home_score": "0", "away_score": "3", "reason": "sides swapped"}
    page = olga.post(f"/admin/results/{semi}/", data=form).text
    assert "Show it for what I chose" in page
    for value in ("replay", "void"):
        page = press(olga, page, **{f"ruling_{final}": value}).text
        assert "This is what follows from what you chose." in page
        assert "in the meantime" not in page
        assert effects(page)
        assert fields_of(page)["news_text"] == " ".join(effects(page))  # nobody had typed another
    assert press(olga, page).status_code == 302
    assert in_event(app, lambda event: game(event, "F").result.annulled) is True


def test_a_ruling_that_is_none_is_not_taken(app, olga):
    semi, version, final = in_event(app, play_all)
    form = {"version": version, "details": "y", "home_score": "0", "away_score": "3", "reason": "sides swapped"}
    page = olga.post(f"/admin/results/{semi}/", data=form).text
    for value in ("burn", "", "keep" * 99):
        assert press(olga, page, **{f"ruling_{final}": value}).status_code == 422
    assert olga.post(f"/admin/results/{semi}/", data={**form, "ruling_x": "keep", "ruling_": "keep"}).status_code == 200


def play_all(event):
    """(id and version of a semi-final, id of the final), all of them played."""
    enter(game(event, "SF1"), 3, 0)
    enter(game(event, "SF2"), 0, 1)
    enter(game(event, "F"), 1, 0)
    return game(event, "SF1").id, game(event, "SF1").version, game(event, "F").id


def test_a_lot_is_typed_looked_at_and_recorded(app, olga):
    in_event(app, lambda event: enter(event.fixtures[0], 1, 1, reason="level after all"))
    page = olga.get("/admin/events/1/standings/").text
    assert "Level: 1st place" in page
    tied = re.search(r'name="tied" value="([\d-]+)"', page)[1]
    wrong = olga.post("/admin/events/1/standings/lots/", data={"tied": tied, "place_1": "1", "place_2": "1"})
    assert wrong.status_code == 422
    assert "a place of its own" in wrong.text
    assert 'value="1"' in wrong.text
    page = olga.post("/admin/events/1/standings/lots/", data={"tied": tied, "place_1": "2", "place_2": "1"}).text
    assert effects(page)[0] == "SF1 is Birch – Dogwood instead of A1 – Dogwood."
    assert press(olga, page).status_code == 302
    assert in_event(app, lambda event: event.manual_order) == {"drawing_of_lots": [2, 1]}
    late = olga.post("/admin/events/1/standings/lots/", data={"tied": tied}, follow_redirects=True)
    assert "do not share a position any more" in late.text


def test_a_tie_that_a_semi_final_waits_for_is_told_on_today_and_results_with_its_form(app, olga):
    assert "waits for it" not in olga.get("/admin/").text
    in_event(app, lambda event: enter(event.fixtures[0], 1, 1, reason="level after all"))
    for page, path in (("today", "/admin/"), ("desk", "/admin/results/?event=1")):
        text = olga.get(path).text
        card = text[text.index('<section class="card lot-card"') :]
        card = card[: card.index("</section>")]
        assert "Level: 1st place" in card
        assert "<b>SF1, SF2 wait for it.</b>" in card
        sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', card)) | {"way": "play_off"}
        assert sent["from"] == page
        answer = olga.post("/admin/events/1/standings/lots/", data=sent | {"place_1": "1", "place_2": "2"})
        done = press(olga, answer.text)
        assert done.headers["Location"] == path
        assert in_event(app, lambda event: event.manual_order) == {"play_off": [1, 2]}
        assert "waits for it" not in olga.get(path).text
        assert "wait for it" not in olga.get(path).text
        in_event(app, lambda event: undo(last_entry(), by=None))
    scorer = app.test_client()
    sign_in(scorer, make_user(app, "Sam", "scorer", 1))
    assert "lot-card" not in scorer.get("/admin/results/?event=1").text


def test_points_are_taken_off_at_once_and_ask_only_where_a_game_was_played_by_others(app, olga):
    in_event(app, play_all)
    sheet = {"team": "2", "points": "1", "reason": "late kit"}
    assert olga.post("/admin/events/1/deductions/", data=sheet).status_code == 302
    page = olga.post("/admin/events/1/deductions/", data={**sheet, "team": "1", "points": "9"}).text
    assert "should be <bdi>Birch</bdi> – <bdi>Dogwood</bdi>" in page
    asked = dict.fromkeys(re.findall(r'name="(ruling_\d+)"', page), "keep")
    assert press(olga, page, **asked).status_code == 302
    assert in_event(app, lambda event: [one.points for one in event.deductions]) == [1, 9]
    second = in_event(app, lambda event: event.deductions[1].id)
    page = olga.post(f"/admin/events/1/deductions/{second}/delete/")
    assert page.status_code == 302
    assert in_event(app, lambda event: [one.points for one in event.deductions]) == [1]


def test_a_team_that_comes_late_joins_a_group_and_what_follows_is_seen_first(app, olga):
    olga.post("/admin/events/1/teams/", data={"names": "Elm"})
    page = olga.get("/admin/events/1/teams/").text
    assert "Put Elm into a group" in page
    elm = in_event(app, lambda event: event.teams[-1].id)
    path = f"/admin/events/1/teams/{elm}/group/"
    group = re.search(r'<option value="(\d+)">Group A</option>', olga.get(path).text)[1]
    page = olga.post(path, data={"group": group, "arrange": "y"}).text
    assert "SF1 is A1 – Dogwood instead of Ash – Dogwood." in effects(page)
    assert sum("is played as well" in one for one in effects(page)) == 2
    assert press(olga, page).status_code == 302
    assert in_event(app, lambda event: len(event.fixtures)) == 8
    assert "stays where it is" in olga.get(path).text
    assert olga.post(path, data={"group": group, "arrange": "y"}).status_code == 422
    assert olga.post(path, data={"group": "99"}).status_code == 422


@pytest.fixture
def semi_final(app, olga):
    """Ash has left the cup: its semi-final is given to the opponent. The id of that game."""
    page = olga.post("/admin/events/1/teams/1/withdraw/", data={"word": "withdrawn", "way": "keep"}).text
    press(olga, page)

    def given(event):
        semi = game(event, "SF1")
        assert (semi.home_name, semi.status) == ("Ash", "WALKOVER")
        return semi.id

    return in_event(app, given)


def test_a_score_taken_back_that_is_given_again_is_not_called_open(app, olga, semi_final):
    version = in_event(app, lambda event: str(game(event, "SF1").version))
    page = olga.post(f"/admin/results/{semi_final}/take-back/", data={"version": version}, follow_redirects=True).text
    if "take it back" in page.lower() and 'class="preview"' in page:
        page = olga.get(press(olga, page).location).text
    assert "The game is open again" not in page
    assert "Ash has withdrawn, so" in page
    assert in_event(app, lambda event: game(event, "SF1").status) == "WALKOVER"
