"""Tables of events: the order while games are to come, and games that somebody did not come to."""

import pytest

from timely.domain.sports import SPORTS
from timely.event_file.read import read_event
from timely.extensions import db
from timely.models import Event
from timely.queries.tables import leaderboard
from timely.services import results, walkovers
from timely.services.event_files import import_event
from timely.services.rulebooks import fitting

pytestmark = pytest.mark.usefixtures("in_app")

# Ash has beaten Birch, who has the better difference.
HANDBALL = [
    {"home": "Ash", "away": "Birch", "home_score": 20, "away_score": 19},
    {"home": "Cedar", "away": "Ash", "home_score": 30, "away_score": 20},
    {"home": "Birch", "away": "Cedar", "home_score": 35, "away_score": 20},
    {"home": "Ash", "away": "Dill", "home_score": 25, "away_score": 20},
    {"home": "Birch", "away": "Dill", "home_score": 30, "away_score": 20},
    {"home": "Dill", "away": "Cedar", "date": "2026-06-14"},
]
TEAMS = ["Ash", "Birch", "Cedar", "Dill"]


def made(**changes):
    data = {"name": "Cup", "sport": "handball", "rulebook": "ehf-2022", "teams": TEAMS, "matches": HANDBALL, **changes}
    event = import_event(read_event(data))
    db.session.expire_all()
    return event


def order(event: Event) -> list[str]:
    return [line.team.name for line in leaderboard(event)[0].lines]


def test_handball_ranks_otherwise_until_the_last_game_is_over():
    event = made()
    assert order(event)[:2] == ["Birch", "Ash"]
    results.enter_score(event.fixtures[-1], results.Score(21, 20), by=None)
    assert order(event)[:2] == ["Ash", "Birch"]


def test_a_game_that_will_not_be_played_is_not_waited_for():
    event = made(matches=[*HANDBALL[:-1], {**HANDBALL[-1], "status": "CANCELLED"}])
    assert order(event)[:2] == ["Ash", "Birch"]


def test_who_does_not_appear_earns_nothing_in_basketball():
    event = made(
        sport="basketball",
        rulebook="fiba-2022",
        matches=[
            {"home": "Ash", "away": "Birch"},
            {"home": "Cedar", "away": "Dill", "home_score": 80, "away_score": 70},
        ],
    )
    walkovers.award_walkover(event.fixtures[0], "away", by=None)
    points = {line.team.name: line.standing.points for line in leaderboard(event)[0].lines}
    assert points == {"Birch": 2, "Cedar": 2, "Dill": 1, "Ash": 0}
    assert (event.fixtures[0].result.home_score, event.fixtures[0].result.away_score) == (0, 20)


def test_the_walkover_score_is_the_rules_own_where_they_say():
    event = made(rules={"walkover": [5, 1]}, matches=[{"home": "Ash", "away": "Birch"}])
    walkovers.award_walkover(event.fixtures[0], "home", by=None)
    assert (event.fixtures[0].result.home_score, event.fixtures[0].result.away_score) == (5, 1)


@pytest.mark.parametrize(
    ("sport", "rules", "points"),
    [
        ("volleyball", {}, (75, 0)),
        ("beach_volleyball", {}, (42, 0)),
        ("tennis", {}, (12, 0)),
        ("darts", {}, (0, 0)),
    ],
)
def test_a_walkover_carries_the_points_of_its_sets(sport, rules, points):
    event = made(sport=sport, rulebook="", rules=rules, matches=[{"home": "Ash", "away": "Birch"}])
    walkovers.award_walkover(event.fixtures[0], "home", by=None)
    lines = {line.team.name: line.standing for line in leaderboard(event)[0].lines}
    assert (lines["Ash"].points_won, lines["Ash"].points_lost) == points
    assert (lines["Birch"].points_lost, lines["Birch"].points_won) == points


def test_a_no_show_is_below_a_team_that_lost_points_it_played_for():
    games = [
        {"home": "Ash", "away": "Birch", "home_score": 3, "away_score": 0, "status": "WALKOVER"},
        {"home": "Cedar", "away": "Dill", "home_score": 3, "away_score": 0, "extra": {"sets": [[25, 20]] * 3}},
    ]
    event = made(sport="volleyball", rulebook="fivb-2022", matches=games)
    assert order(event) == ["Ash", "Cedar", "Dill", "Birch"]


def test_rulebooks_of_the_sport_are_offered_before_others():
    event = made()
    offered = [book.key for book in fitting(event.sport_kind)]
    assert offered[:2] == ["ihf-2023", "ehf-2022"]
    assert offered.index("club-simple") < offered.index("fifa-2022")
    assert "fivb-2022" not in offered
    assert all(fitting(sport)[0].key == sport.rulebook for sport in SPORTS.values())
