"""The rules of an event: a rulebook taken, own ones built, as one action that can be undone."""

import pytest
from sqlalchemy import select

from tests.conftest import get_event
from timely.domain.rulebooks import RULEBOOKS
from timely.extensions import db
from timely.models import AuditEntry, Fixture
from timely.queries.rulebooks import book_of, same_order
from timely.queries.tables import leaderboard
from timely.services import results, rules
from timely.services.advancement import NeedsRuling
from timely.services.errors import RuleBroken, StaleVersion
from timely.services.results import Score
from timely.services.undo import undo

pytestmark = pytest.mark.usefixtures("in_app")

# Ash has beaten Birch, who has the better difference.
MATCHES = [
    {"home": "Ash", "away": "Birch", "home_score": 1, "away_score": 0},
    {"home": "Cedar", "away": "Ash", "home_score": 1, "away_score": 0},
    {"home": "Birch", "away": "Cedar", "home_score": 5, "away_score": 0},
]
OWN = {"points": {"win": 2, "draw": 1, "loss": 0}, "tiebreakers": ["points", "head_to_head_points", "drawing_of_lots"]}


@pytest.fixture
def event(make_event):
    return get_event(make_event(teams=["Ash", "Birch", "Cedar"], matches=MATCHES, rulebook="fifa-2022"))


def order(event):
    return [(line.standing.position, line.team.name) for line in leaderboard(event)[0].lines]


def actions():
    return db.session.scalars(select(AuditEntry).where(AuditEntry.action == "change rules")).all()


def test_a_rulebook_is_taken_whole_as_one_action(event):
    assert order(event) == [(1, "Birch"), (2, "Ash"), (3, "Cedar")]
    rules.take_rulebook(event, "football-league-1888", by=None)
    assert (event.rulebook, event.order_rules) == ("football-league-1888", RULEBOOKS["football-league-1888"].rules)
    (entry,) = actions()
    assert entry.before == {
        "rulebook": "FIFA World Cup 2018 and 2022",
        "order": "points, goal difference, goals scored, head-to-head points, head-to-head goal difference, "
        "head-to-head goals scored, fair play, drawing of lots",
    }
    assert entry.after == {"rulebook": "Football League, goal average", "order": "points, goal average, play-off"}
    undo(entry, by=None)
    assert event.rulebook == "fifa-2022"
    assert event.order_rules == RULEBOOKS["fifa-2022"].rules


def test_own_rules_are_those_of_no_book(event):
    rules.make_own_rules(event, OWN, by=None)
    assert (event.rulebook, book_of(event), event.order_rules.win) == ("", None, 2)
    assert order(event) == [(1, "Ash"), (1, "Birch"), (1, "Cedar")]
    assert same_order(event) is None


def test_own_rules_that_are_a_books_own_keep_its_name(event):
    rules.make_own_rules(event, RULEBOOKS["uefa-euro-2024"].rules.as_dict(), by=None)
    assert event.rulebook == "uefa-euro-2024"
    assert book_of(event) is RULEBOOKS["uefa-euro-2024"]


def test_the_same_rules_again_are_no_action(event):
    rules.take_rulebook(event, "fifa-2022", by=None)
    assert actions() == []


def test_own_rules_that_order_as_a_book_does_are_known_by_it(event):
    own = RULEBOOKS["fifa-2022"].rules.as_dict() | {"points": {"win": 2, "draw": 1, "loss": 0}}
    rules.make_own_rules(event, own, by=None)
    assert book_of(event) is None
    assert same_order(event) is RULEBOOKS["fifa-2022"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"tiebreakers": []}, "tiebreakers"),
        ({"tiebreakers": ["points", "points"]}, "tiebreakers[1]"),
        ({"tiebreakers": ["group_position"]}, "tiebreakers[0]"),
        ({"points": {}}, "points.win"),
        ({"points": {"win": 101}}, "points.win"),
        ({"walkover": [0, 3]}, "walkover"),
        ({"withdrawal": "forget"}, "withdrawal"),
        ({"head_to_head_restart": "later"}, "head_to_head_restart"),
        ({"sets": {"cap": 30}}, "sets.to"),
    ],
)
def test_rules_that_cannot_be_right_are_refused_by_name(event, changed, field):
    with pytest.raises(RuleBroken) as refused:
        rules.make_own_rules(event, OWN | changed, by=None)
    assert field in refused.value.fields
    assert event.rulebook == "fifa-2022"


def test_a_book_that_the_results_cannot_be_read_by_is_refused(event):
    for key in ("fivb-2022", "there-is-none"):
        with pytest.raises(RuleBroken):
            rules.take_rulebook(event, key, by=None)


def test_an_older_version_that_was_seen_is_refused(event):
    with pytest.raises(StaleVersion):
        rules.take_rulebook(event, "uefa-euro-2024", by=None, seen_version=event.version - 1)
    assert event.rulebook == "fifa-2022"


@pytest.fixture
def knockout(make_event):
    """Ash and Birch are level in the first place, and the final is between the first two."""
    final = {"stage": "knockout", "round": "Final", "code": "F"}
    sides = {"home_from": {"group": "A", "position": 1}, "away_from": {"group": "A", "position": 3}}
    event_id = make_event(
        teams=["Ash", "Birch", "Cedar"], groups={"A": ["Ash", "Birch", "Cedar"]}, rulebook="fifa-2022",
        matches=[*[one | {"group": "A"} for one in MATCHES], final | sides],
    )  # fmt: skip
    event = get_event(event_id)
    rules.make_own_rules(event, event.rules | {"fair_play_points": {"red": -9}}, by=None)
    return event


def final_of(event):
    db.session.expire_all()
    game = db.session.scalars(select(Fixture).where(Fixture.event_id == event.id, Fixture.code == "F")).one()
    return game, (game.home_name, game.away_name)


def test_who_goes_through_follows_the_rules(knockout):
    assert final_of(knockout)[1] == ("Birch", "Cedar")
    rules.make_own_rules(knockout, OWN | {"tiebreakers": ["points", "goals_for", "drawing_of_lots"]}, by=None)
    assert final_of(knockout)[1][0] == "Birch"
    own = OWN | {"tiebreakers": ["points", "drawing_of_lots"]}
    rules.make_own_rules(knockout, own, by=None)
    assert final_of(knockout)[1] == ("A1", "A3")  # level: nobody is certain


def test_a_final_that_was_played_by_others_asks_for_a_ruling(knockout):
    game, _ = final_of(knockout)
    results.enter_score(game, Score(1, 0), by=None)
    knockout.manual_order = {"drawing_of_lots": [team.id for team in knockout.teams]}
    db.session.commit()
    own = OWN | {"tiebreakers": ["points", "drawing_of_lots"]}
    with pytest.raises(NeedsRuling):
        rules.make_own_rules(knockout, own, by=None)
    assert knockout.order_rules.win == 3
    rules.make_own_rules(knockout, own, by=None, rulings={game.id: "keep"})
    assert final_of(knockout)[1] == ("Birch", "Cedar")
