"""Rows of the results desk, and fields that forgive: what is typed is never cut, and what is meant is understood."""

import re

import pytest

from tests.conftest import get_event, make_user, sign_in
from timely.blueprints.lot_form import LotForm, place_in
from timely.domain.translation import in_language
from timely.extensions import db
from timely.languages.catalogues import find_languages
from timely.models import Event, Fixture, Team
from timely.presenters.number_text import ordinal_text

CUP = {
    "name": "Cup",
    "matches": [
        {
            "home": "Ash",
            "away": "Birch",
            "date": "2026-11-28",
            "time_local": "10:00",
            "stage": "knockout",
            "round": "Semi-final",
        },
        {
            "home": "Cedar",
            "away": "Dogwood",
            "date": "2026-11-28",
            "time_local": "11:00",
            "stage": "knockout",
            "round": "Semi-final",
        },
    ],
}


@pytest.fixture(autouse=True)
def _signed_in(client, admin):
    sign_in(client, admin)


@pytest.fixture
def cup(app, make_event):
    """The id of an event whose first game must have a winner."""
    return make_event(**CUP)


def first_game(app, event_id):
    with app.app_context():
        return get_event(event_id).fixtures[0].id


def row_of(page, game):
    return re.search(rf'<form class="score-row[^>]*id="game-{game}".*?</form>', page, re.DOTALL)[0]


def enter(client, game, **fields):
    with client.application.app_context():
        version = db.session.get_one(Fixture, game).version
    return client.post(f"/admin/results/{game}/", data={"version": version, "on_desk": "1", **fields})


def test_a_level_knockout_game_is_decided_in_its_row(app, client, cup):
    game = first_game(app, cup)
    row = row_of(client.get(f"/admin/results/?event={cup}").get_data(as_text=True), game)
    assert "score-pens is-folded" in row
    refused = enter(client, game, home_score="1", away_score="1", home_pens="", away_pens="")
    row = row_of(refused.get_data(as_text=True), game)
    assert refused.status_code == 422
    assert "give both sides' penalties" in row.replace("&#39;", "'")
    assert "is-folded" not in row
    assert re.search(r'name="home_pens" autofocus', row)  # what is missing, and not the score that is there
    assert refused.get_data(as_text=True).count(" autofocus") == 1
    assert enter(client, game, home_score="1", away_score="1", home_pens="4", away_pens="2").status_code == 302
    with app.app_context():
        result = db.session.get_one(Fixture, game).result
        assert (result.home_score, result.home_pens, result.away_pens) == (1, 4, 2)


def test_a_table_game_has_no_fields_for_penalties(client, league):
    assert "data-pens" not in client.get(f"/admin/results/?event={league}").get_data(as_text=True)


@pytest.mark.parametrize("typed", ["1000", "12345678901"])
def test_a_score_with_a_figure_too_many_is_refused_as_it_was_typed(app, client, league, typed):
    game = first_game(app, league)
    answer = enter(client, game, home_score=typed, away_score="0")
    row = row_of(answer.get_data(as_text=True), game)
    assert answer.status_code == 422
    assert f'value="{typed}"' in row
    assert "Type a whole number from 0 to 999." in row


def test_no_field_of_an_organiser_cuts_what_is_typed(app, client, admin, league):
    with app.app_context():
        game, pitch = get_event(league).fixtures[0].id, get_event(league).pitches[0].id
    root = f"/admin/events/{league}"
    for path in (
        f"/admin/results/?event={league}",
        f"/admin/results/{game}/",
        f"{root}/",
        f"{root}/teams/",
        f"{root}/pitches/{pitch}/",
        f"{root}/fixtures/{game}/",
        f"{root}/announcements/new/",
        f"{root}/rules/",
        f"{root}/timetable/",
        f"/admin/people/{admin}/",
        "/admin/notifications/",
    ):
        page = client.get(path)
        assert page.status_code == 200, path
        assert "maxlength" not in page.get_data(as_text=True), path


def test_a_row_says_round_and_group_and_division(app, client, cup, make_event):
    page = client.get(f"/admin/results/?event={cup}").get_data(as_text=True)
    assert "Semi-final" in row_of(page, first_game(app, cup))


def test_a_row_says_whose_division_it_is(app, client, make_event):
    final = {"stage": "knockout", "round": "Final", "code": "F"}
    event_id = make_event(
        divisions=["U9", "U11"],
        teams=[{"name": name, "division": division} for division in ("U9", "U11") for name in ("Ash", "Birch")],
        groups=None,
        division_groups={"U9": {"A": ["Ash", "Birch"]}, "U11": {"A": ["Ash", "Birch"]}},
        matches=[
            {"division": "U9", "home": "Ash", "away": "Birch", "round": "Round 1"},
            {"division": "U11", "home": "Ash", "away": "Birch", "round": "Round 1", "home_score": 1, "away_score": 0},
            {"division": "U11", **final, "home": "Ash", "away": "Birch"},
        ],
    )
    with app.app_context():
        games = [fixture.id for fixture in get_event(event_id).fixtures]
    page = client.get(f"/admin/results/?event={event_id}").get_data(as_text=True)
    assert "Round 1 · Group A · U9" in row_of(page, games[0])
    settled = re.search(rf'<div class="score-row is-settled" id="game-{games[1]}">.*?</div>', page, re.DOTALL)[0]
    assert "Round 1 · Group A · U11" in settled
    assert "Final · U11" in row_of(page, games[2])


def test_a_settled_row_says_that_it_was_a_walkover(app, client, make_event):
    matches = [{"home": "Ash", "away": "Birch", "home_score": 3, "away_score": 0, "status": "WALKOVER"}]
    event_id = make_event(matches=matches)
    page = client.get(f"/admin/results/?event={event_id}").get_data(as_text=True)
    assert "walkover, final, " in page[page.index(f'id="game-{first_game(app, event_id)}"') :]


def test_an_organiser_confirms_what_a_scorer_has_entered(app, client, league):
    game = first_game(app, league)
    scorer = app.test_client()
    sign_in(scorer, make_user(app, "Sam", "scorer", league))
    assert enter(scorer, game, home_score="2", away_score="1").status_code == 302
    row = row_of(client.get(f"/admin/results/?event={league}").get_data(as_text=True), game)
    assert ">Confirm</button>" in row
    row = row_of(scorer.get(f"/admin/results/?event={league}").get_data(as_text=True), game)
    assert ">Save</button>" in row
    assert enter(client, game, home_score="2", away_score="1").status_code == 302
    with app.app_context():
        assert db.session.get_one(Fixture, game).result.status == "FINAL"


def test_the_desk_opens_in_the_first_field_that_is_needed(client, league):
    page = client.get(f"/admin/results/?event={league}").get_data(as_text=True)
    assert re.search(r'name="home_score" autofocus', page)
    assert page.count(" autofocus") == 1


def test_a_time_without_its_day_is_todays(app, client, league):
    with app.app_context():
        event = db.session.get_one(Event, league)
        teams, count = [team.id for team in event.teams], len(event.fixtures)
    data = {"home_team": teams[0], "away_team": teams[1], "start_on": "", "clock": "14:30", "group": "", "pitch": ""}
    assert client.post(f"/admin/events/{league}/fixtures/new/", data=data).status_code == 302
    with app.app_context():
        event = db.session.get_one(Event, league)
        made = event.fixtures[-1]
        assert len(event.fixtures) == count + 1
        assert made.start_on is not None
        assert made.start_at.astimezone(event.zone).date() == made.start_on


def test_deleting_an_event_with_results_does_not_call_its_name_optional(app, client, league):
    game = first_game(app, league)
    enter(client, game, home_score="2", away_score="1")
    page = client.get(f"/admin/events/{league}/delete/").get_data(as_text=True)
    label = re.search(r'<label for="name">.*?</label>', page)[0]
    assert "optional" not in label
    assert re.search(r'<input[^>]*id="name"[^>]*required', page)


@pytest.mark.parametrize(
    ("typed", "place"), [("2", 2), (" 2. ", 2), ("2nd", 2), ("2nd place", 2), ("#3", 3), ("two", 0), ("", 0), ("-2", 0)]
)
def test_a_place_is_understood_however_it_is_written(typed, place):
    assert place_in(typed) == place


@pytest.mark.parametrize("language", find_languages().values(), ids=lambda one: one.code)
def test_a_place_is_understood_as_the_page_writes_it(language):
    with in_language(language):
        assert [place_in(ordinal_text(number)) for number in (1, 2, 3, 11)] == [1, 2, 3, 11]
        assert place_in("1x") == 0


def lot():
    """Ash and Birch share the second place."""
    teams = [Team(id=1, name="Ash"), Team(id=2, name="Birch")]
    return LotForm("Table", 2, teams, ways=("drawing_of_lots",), way="drawing_of_lots")


@pytest.mark.parametrize(
    ("typed", "first"),
    [(("2", "3"), "Ash"), (("3rd", "2nd place"), "Birch"), (("1", "2"), "Ash"), (("2", "1"), "Birch")],
)
def test_a_lot_takes_the_places_of_the_table_or_counts_from_one(typed, first):
    form = lot()
    form.read({"place_1": typed[0], "place_2": typed[1]})
    assert form.order()[0].name == first


def test_a_lot_says_which_places_are_to_be_given():
    form = lot()
    form.read({"place_1": "2", "place_2": "2"})
    assert form.order() is None
    assert form.errors == ["Give each a place of its own, from 2 to 3."]
