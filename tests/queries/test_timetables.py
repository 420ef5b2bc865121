"""The games of an event as its timetable takes them."""

import pytest

from tests.conftest import get_event
from timely.extensions import db
from timely.queries.timetables import settings_of, timetable
from timely.services import fixtures, results
from timely.services.results import Score

pytestmark = pytest.mark.usefixtures("in_app")

CUP = {
    "name": "Cup",
    "sport": "football",
    "timezone": "Europe/Dublin",
    "teams": [f"{group}{number}" for group in "AB" for number in range(1, 4)],
    "groups": {group: [f"{group}{number}" for number in range(1, 4)] for group in "AB"},
    "pitches": ["Pitch 1", {"name": "Far", "timezone": "Europe/Paris"}],
    "matches": [
        *(
            {"home": f"{group}{home}", "away": f"{group}{away}", "group": group, "round": f"Round {round_}"}
            for group in "AB"
            for round_, (home, away) in enumerate([(1, 2), (2, 3), (3, 1)], 1)
        ),
        {
            "stage": "knockout",
            "round": "Semi-finals",
            "code": "SF1",
            "leg": 1,
            "home_from": {"group": "A", "position": 1},
            "away_from": {"group": "B", "position": 2},
        },
        {
            "stage": "knockout",
            "round": "Semi-finals",
            "code": "SF1",
            "leg": 2,
            "home_from": {"group": "B", "position": 2},
            "away_from": {"group": "A", "position": 1},
        },
        {
            "stage": "knockout",
            "round": "Semi-finals",
            "code": "SF2",
            "home_from": {"group": "B", "position": 1},
            "away_from": {"group": "A", "position": 2},
        },
        {
            "stage": "knockout",
            "round": "3rd place",
            "code": "3P",
            "home_from": {"loser_of": "SF1"},
            "away_from": {"loser_of": "SF2"},
        },
        {
            "stage": "knockout",
            "round": "Final",
            "code": "F",
            "home_from": {"winner_of": "SF1"},
            "away_from": {"winner_of": "SF2"},
        },
    ],
}


@pytest.fixture
def event(make_event):
    return get_event(make_event(**CUP))


def by_code(event):
    """{code and leg: game} of the knockout, and the ids behind them."""
    names = {fixture.id: f"{fixture.code}{fixture.leg or ''}" for fixture in event.fixtures if fixture.code}
    return {names[game.key]: game for game in timetable(event).games if game.key in names}, names


def test_sides_that_are_not_known_are_those_who_could_come(event):
    games, _ = by_code(event)
    names = {team.id: team.name for team in event.teams}
    could = {code: sorted(names[team] for team in game.home.could) for code, game in games.items()}
    assert could["SF11"] == ["A1", "A2", "A3"]
    assert could["SF12"] == ["B1", "B2", "B3"]
    assert could["F"] == ["A1", "A2", "A3", "B1", "B2", "B3"]
    assert games["SF11"].home.source == games["SF12"].away.source != games["SF11"].away.source
    assert str(games["F"].home.name) == "Winner SF1"


def test_a_game_waits_for_all_that_its_sides_come_from(event):
    games, names = by_code(event)
    tables = {fixture.id for fixture in event.fixtures if fixture.group}
    assert set(games["SF11"].after) == tables
    assert {names[key] for key in games["SF12"].after if key in names} == {"SF11"}
    assert {names[key] for key in games["F"].after} == {"SF11", "SF12", "SF2"}
    assert set(games["3P"].after) == set(games["F"].after)


def test_rounds_are_in_order_and_the_final_is_the_last(event):
    rounds = [game.round for game in timetable(event).games]
    assert rounds == [1, 2, 3, 1, 2, 3, 4, 4, 4, 5, 6]


def test_a_round_without_a_number_says_no_order(make_event):
    event = get_event(make_event(matches=[{"home": "Ash", "away": "Birch", "round": "Group A"}]))
    assert [game.round for game in timetable(event).games] == [0]


def test_ties_that_wait_for_each_other_in_a_circle_wait_for_nobody(make_event):
    ties = [
        {
            "stage": "knockout",
            "round": "Semi-finals",
            "code": code,
            "home_from": {"winner_of": other},
            "away_from": {"loser_of": other},
        }
        for code, other in (("X", "Y"), ("Y", "X"))
    ]
    event_id = make_event(
        matches=[{**tie, "home_from": None, "away_from": None, "home_label": "?", "away_label": "?"} for tie in ties]
    )
    for fixture, tie in zip(get_event(event_id).fixtures, ties, strict=True):  # no file may have it any more
        fixture.home_source = tie["home_from"]
        fixture.away_source = tie["away_from"]
    db.session.commit()
    table = timetable(get_event(event_id))
    assert [game.after for game in table.games] == [(), ()]
    assert all(game.home.could == game.away.could != frozenset() for game in table.games)


def test_what_has_begun_stays_and_what_is_off_is_left_out(league):
    event = get_event(league)
    games = list(event.fixtures)
    results.enter_score(games[0], Score(1, 0), by=None)
    results.enter_score(games[5], Score(1, 0), by=None)  # it had no time, so it has no place
    fixtures.set_status(games[1], "CANCELLED", by=None)
    fixtures.set_status(games[2], "POSTPONED", by=None)
    games[3].locked = True
    db.session.commit()
    found = {game.key: game for game in timetable(event).games}
    assert set(found) == {games[number].id for number in (0, 2, 3, 4)}
    assert found[games[0].id].begun
    assert found[games[2].id].booking is None  # its pitch is free for another game
    assert found[games[3].id].locked
    assert found[games[3].id].stays


def test_hours_are_those_of_the_clock_at_the_pitch(event):
    event.timetable = {"days": [{"day": "2026-11-28", "hours": "09:00–18:00"}]}
    here, far = timetable(event).pitches
    assert (here.timezone, far.timezone) == ("Europe/Dublin", "Europe/Paris")
    assert (here.hours[0].opens_at.hour, far.hours[0].opens_at.hour) == (9, 8)


def test_without_settings_games_are_as_long_as_they_are_apart_at_most(make_event):
    assert settings_of(get_event(make_event())).game_minutes == 20
    close = [
        {"home": "Ash", "away": "Birch", "date": "2026-11-28", "time_local": "10:00", "pitch": "Pitch 1"},
        {"home": "Cedar", "away": "Dogwood", "date": "2026-11-28", "time_local": "10:12", "pitch": "Pitch 1"},
    ]
    assert settings_of(get_event(make_event(matches=close))).game_minutes == 12


def test_the_mark_changes_with_whatever_the_plan_is_made_of(event):
    marks = [timetable(event).fingerprint]
    assert timetable(event).fingerprint == marks[0]

    def changed():
        db.session.flush()
        marks.append(timetable(event).fingerprint)

    event.fixtures[0].locked = True
    changed()
    event.timetable = {"rest_minutes": 10}
    changed()
    event.pitches[0].name = "Court 1"
    changed()
    event.fixtures[-1].home_source = {"winner_of": "SF2"}
    changed()
    assert len(set(marks)) == len(marks)
