"""A new tie-breaker is one entry: tables, explanations, titles, forms and event files know it then."""

import pytest

from tests.conftest import LEAGUE
from tests.domain.leagues import places, read_league
from tests.explanation_sentences import sentences
from timely.blueprints.lot_form import LotForm
from timely.blueprints.rules.tiebreaker_order import OrderList
from timely.domain.errors import ValidationError
from timely.domain.rules.rules import Rules, read_rules
from timely.domain.rules.tiebreaker import PLACE, SIGNED, ByHand, HeadToHead, Tiebreaker
from timely.domain.rules.tiebreaker_titles import titles
from timely.domain.rules.tiebreakers import TIEBREAKERS
from timely.domain.sports import SPORTS
from timely.domain.standings.columns import columns, own_figures
from timely.domain.standings.explanation import explain
from timely.domain.standings.standings import rank_across, standings
from timely.event_file.read import read_event
from timely.presenters.leaderboard_rows import figure

MARGIN = Tiebreaker(
    "score_margin",
    "Goal margin",
    lambda line: 10 * line.goal_difference,
    SIGNED,
    in_units={"sets": "Set margin"},
    head_to_head=HeadToHead(
        "head_to_head_score_margin", "Head-to-head goal margin", {"sets": "Head-to-head set margin"}
    ),
    column="margin",
    head="M",
)
COIN = Tiebreaker(
    "coin",
    "Toss of a coin",
    number=PLACE,
    by_hand=ByHand(
        title="The toss", choice="By a coin", action="record a toss", remedy="Toss a coin, and record the order."
    ),
)

ROUND = """
    Ash   3-0 Birch
    Birch 2-0 Cedar
    Cedar 1-0 Ash
    Ash   0-1 Dill
    Birch 0-2 Dill
    Cedar 0-9 Dill
"""
TOLD = [
    "Points: 3, behind Dill (9), level with Ash and Cedar.",
    "Among Ash, Birch and Cedar: Ash 3–0 Birch, Birch 2–0 Cedar, Cedar 1–0 Ash.",
    "Head-to-head goal margin: −10, behind Ash (+20), level with Cedar.",
]


@pytest.fixture(autouse=True)
def _made_up(monkeypatch):
    for entry in (MARGIN, COIN):
        for form in entry.forms():
            monkeypatch.setitem(TIEBREAKERS, form.key, form)


def ordered(*tiebreakers, **given):
    league = read_league(ROUND)
    return places(standings(league.teams, league.outcomes, Rules(tiebreakers=tiebreakers), **given))


def told(team, *tiebreakers, **given):
    league = read_league(ROUND)
    return sentences(explain(league.teams, league.outcomes, Rules(tiebreakers=tiebreakers), **given)[team])


def test_it_orders_a_table():
    assert ordered("points", "score_margin") == [(1, "Dill"), (2, "Ash"), (3, "Birch"), (4, "Cedar")]


def test_its_head_to_head_form_looks_at_the_games_among_the_level_teams():
    among = ("points", "head_to_head_score_margin")
    assert ordered(*among) == [(1, "Dill"), (2, "Ash"), (3, "Birch"), (3, "Cedar")]
    assert Rules(tiebreakers=among).has_head_to_head
    assert told("Birch", *among)[:3] == TOLD


def test_one_that_is_decided_by_hand_follows_its_list():
    order = ("points", "head_to_head_score_margin", "coin")
    tossed = {"manual_order": {"coin": ["Cedar", "Birch"]}}
    assert ordered(*order, **tossed)[2:] == [(3, "Cedar"), (4, "Birch")]
    assert told("Birch", *order, **tossed) == [*TOLD, "Toss of a coin: 2nd, behind Cedar (1st)."]
    assert told("Birch", *order)[3:] == [
        "Toss of a coin: decides nothing, because Birch and Cedar are not listed.",
        "Nothing separates Birch and Cedar; they share position 3.",
        "Toss a coin, and record the order.",
        "Change the rules: add a criterion, such as a play-off or a lot.",
    ]
    form = LotForm("Table", 3, [], ways=["coin"], way="coin")
    assert (form.title, form.choices) == ("The toss", [("coin", "By a coin")])


def test_it_compares_groups_of_unequal_size():
    small, large = read_league("Ash 4-0 Birch"), read_league("Cedar 3-0 Dill\nCedar 2-0 Elm")
    tables = [standings(one.teams, one.outcomes, Rules()) for one in (small, large)]
    best = {
        way: [line.team for _, line in rank_across(tables, ["score_margin"], position=1, equalise=way)]
        for way in ("as_is", "per_game")
    }
    assert best == {"as_is": ["Cedar", "Ash"], "per_game": ["Ash", "Cedar"]}


def test_it_is_called_as_the_sport_says():
    of_football, of_volleyball = titles(SPORTS["football"]), titles(SPORTS["volleyball"])
    assert (of_football["score_margin"], of_volleyball["score_margin"]) == ("Goal margin", "Set margin")
    assert of_volleyball["head_to_head_score_margin"] == "Head-to-head set margin"


def test_its_column_is_shown_where_the_rules_use_it():
    football, rules = SPORTS["football"], Rules(tiebreakers=("points", "score_margin"))
    assert [(str(one.head), str(one.title)) for one in columns(football, rules) if one.key == "margin"] == [
        ("M", "Goal margin")
    ]
    assert own_figures(football, rules) == ("margin", "margin_text")
    assert own_figures(football, Rules()) == ()
    league = read_league(ROUND)
    best = standings(league.teams, league.outcomes, rules)[0]
    assert (figure("margin", best), figure("margin_text", best)) == (120, "+120")


def test_the_form_of_the_rules_offers_it():
    order = OrderList("order", ["points", "score_margin"], titles(SPORTS["football"]))
    assert order.rows[1] == ("score_margin", "Goal margin", "2")
    assert {("head_to_head_score_margin", "Head-to-head goal margin"), ("coin", "Toss of a coin")} <= {*order.others}


def test_an_event_file_may_name_it():
    keys = ["points", "score_margin", "head_to_head_score_margin", "coin"]
    file = read_event(
        {
            **LEAGUE,
            "rules": {"tiebreakers": keys},
            "manual_order": {"coin": ["Birch", "Ash"]},
            "third_place_ranking": {"tiebreakers": ["score_margin", "coin"], "manual_order": ["Ash", "Birch"]},
        }
    )
    assert file.rules.tiebreakers == tuple(keys)
    assert read_rules(file.rules.as_dict()) == file.rules
    assert file.manual_order == {"coin": ["Birch", "Ash"]}
    assert file.third_place_ranking["manual_order"] == {"coin": ["Ash", "Birch"]}
    with pytest.raises(ValidationError, match="have not met each other"):
        read_event({**LEAGUE, "third_place_ranking": {"tiebreakers": ["head_to_head_score_margin"]}})
    with pytest.raises(ValidationError, match=r"choose from .*score_margin, head_to_head_score_margin, coin"):
        read_event({**LEAGUE, "rules": {"tiebreakers": ["beauty"]}})
