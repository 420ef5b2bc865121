"""Words for sides of an imported knockout, such as "A5", fill in as those of games that were made by hand."""

import pytest

from tests.conftest import get_event
from timely.domain.errors import ValidationError
from timely.event_file.read import read_event
from timely.extensions import db
from timely.models import Event
from timely.queries.brackets import event_brackets
from timely.queries.event_files import event_file
from timely.services import fixtures, results, stages
from timely.services.event_files import import_event
from timely.services.score_validation import Score

pytestmark = pytest.mark.usefixtures("in_app")

GROUPS = {"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]}
OVER = [
    {"home": "Ash", "away": "Birch", "home_score": 2, "away_score": 0},
    {"home": "Cedar", "away": "Dogwood", "home_score": 2, "away_score": 0},
]
OPEN = [{"home": one["home"], "away": one["away"]} for one in OVER]


def knockout(round_, home, away, **more):
    return {"stage": "knockout", "round": round_, "home_label": home, "away_label": away, **more}


SEMIS = [knockout("Semi-finals", "A1", "2nd of group B"), knockout("Semi-finals", "Winner of B", "A2")]
FINAL = knockout("Final", "Winner of SF 1", "Winner SF2")


def sides(event):
    return [(one.code, one.home_name, one.away_name) for one in event.fixtures if one.is_knockout]


def goes_round(event):
    """The event as it comes back; its file is the same."""
    shown = event_file(event)
    again = import_event(read_event(shown))
    assert event_file(again) == shown
    return again


def test_words_fill_in_at_once_where_the_groups_are_over(make_event):
    event = get_event(make_event(groups=GROUPS, matches=[*OVER, *SEMIS, FINAL]))
    assert sides(event) == [
        ("SF1", "Ash", "Dogwood"),
        ("SF2", "Cedar", "Birch"),
        ("F", "Winner SF1", "Winner SF2"),
    ]
    assert [played.tie.home.label for played in event_brackets(event)[0].ties] == ["A1", "B1", "Winner SF1"]
    assert sides(goes_round(event)) == sides(event)


@pytest.mark.parametrize("codes", [("", "", ""), ("SF1", "SF2", "F")], ids=["found", "told"])
def test_words_fill_in_after_the_results(make_event, codes):
    matches = [one | ({"code": code} if code else {}) for one, code in zip([*SEMIS, FINAL], codes, strict=True)]
    event = goes_round(get_event(make_event(groups=GROUPS, matches=[*OPEN, *matches])))
    assert [one[1:] for one in sides(event)] == [("A1", "B2"), ("B1", "A2"), ("Winner SF1", "Winner SF2")]
    games = [one for one in event.fixtures if one.group_id]
    for one in games:
        results.enter_score(one, Score(1, 0), by=None)
    semi = next(one for one in event.fixtures if one.code == "SF1")
    results.enter_score(semi, Score(0, 3), by=None)
    assert sides(event)[2] == ("F", "Dogwood", "Winner SF2")
    results.take_back(semi, by=None)
    results.take_back(games[0], by=None)
    assert sides(event)[:2] == [("SF1", "A1", "Dogwood"), ("SF2", "Cedar", "A2")]


def test_words_of_a_knockout_that_was_made_by_hand(make_event):
    """Nobody has linked it and nobody will, but "A2" is said."""
    shown = {"stages": [{"kind": "knockout", "by_hand": True}]}
    shows = [knockout("Show", "A2", "The winners of last year"), knockout("Show", "The old boys", "The mothers")]
    event = goes_round(get_event(make_event(groups=GROUPS, matches=[*OVER, *shows], **shown)))
    assert sides(event) == [
        ("S-1", "Birch", "The winners of last year"),
        ("", "The old boys", "The mothers"),
    ]


def test_words_beside_a_source_stay_words(make_event):
    final = knockout("Final", "B1", "A2", code="F", home_from={"group": "A", "position": 1})
    event = get_event(make_event(groups=GROUPS, matches=[*OPEN, final]))
    (game,) = [one for one in event.fixtures if one.is_knockout]
    assert (game.home_source, game.home_name) == ({"group": "A", "position": 1}, "B1")
    for one in event.fixtures[:2]:
        results.enter_score(one, Score(1, 0), by=None)
    assert (game.home_name, game.away_name) == ("Ash", "Birch")


def test_a_winner_who_has_withdrawn_gives_the_game_away_at_once(make_event):
    teams = [{"name": "Ash", "withdrawn": "withdrawn"}, "Birch", "Cedar", "Dogwood"]
    rules = {"rules": {"withdrawal": "keep"}}
    event = get_event(make_event(teams=teams, groups=GROUPS, matches=[*OVER, *SEMIS, FINAL], **rules))
    (semi, _, final) = [one for one in event.fixtures if one.is_knockout]
    assert (semi.home_name, semi.status, final.home_name) == ("Ash", "WALKOVER", "Dogwood")


def test_words_that_make_games_wait_for_each_other_are_refused_whole():
    circle = [knockout("Semi-finals", "Winner SF2", "A1"), knockout("Semi-finals", "Winner SF1", "B1")]
    with pytest.raises(ValidationError) as fault:
        import_event(
            read_event(
                {
                    "name": "Cup",
                    "sport": "football",
                    "groups": GROUPS,
                    "teams": [name for names in GROUPS.values() for name in names],
                    "matches": [*OPEN, *circle],
                }
            )
        )
    assert (fault.value.path, fault.value.message) == (
        "matches",
        "can never be played: SF1 waits for SF2 waits for SF1",
    )
    assert db.session.query(Event).count() == 0


def test_words_are_read_once_the_format_makes_the_tables_that_they_name(make_event):
    event = get_event(make_event(matches=[knockout("Show", "A2", "B1")]))
    teams = list(event.teams)
    stages.split_into_groups(event, {"A": teams[:2], "B": teams[2:]}, by=None)
    (game,) = [one for one in event.fixtures if one.is_knockout]
    assert (game.home_source, game.away_source) == ({"group": "A", "position": 2}, {"group": "B", "position": 1})
    assert sides(goes_round(event)) == sides(event)


def test_words_of_a_tie_that_was_deleted_name_the_one_that_takes_its_place(make_event):
    semis = [knockout("Semi-finals", "A1", "B2", code="SF1"), {**knockout("Semi-finals", "", ""), "home": "Ash"}]
    semis[1] |= {"away": "Birch"}
    event = get_event(make_event(groups=GROUPS, matches=[*OPEN, *semis, FINAL | {"code": "F"}]))
    assert [one.code for one in event.fixtures if one.is_knockout] == ["SF1", "SF2", "F"]
    fixtures.delete_fixture(next(one for one in event.fixtures if one.code == "SF1"), by=None)
    assert sides(goes_round(event)) == sides(event)
