"""Knockout games that the score leaves open: penalties, a lot, a ruling; and results that take two people."""

import pytest
from sqlalchemy import select

from tests.conftest import get_event, make_user
from tests.services.test_advancement import CUP, enter, game, names, play
from timely.extensions import db
from timely.models import AuditEntry, User
from timely.presenters.fixture_rows import fixture_row
from timely.services import confirmations, fixtures, results, walkovers
from timely.services.advancement import NeedsRuling
from timely.services.errors import RuleBroken
from timely.services.score_validation import Score

LEGS = [
    {"stage": "knockout", "round": "Semi-finals", "code": "SF1", "leg": 1, "home": "Ash", "away": "Birch"},
    {"stage": "knockout", "round": "Semi-finals", "code": "SF1", "leg": 2, "home": "Birch", "away": "Ash"},
    {"stage": "knockout", "round": "Final", "code": "F", "home": "Cedar", "away_from": {"winner_of": "SF1"}},
]


@pytest.fixture
def cup(in_app, make_event):
    event = get_event(make_event(**CUP))
    enter(event.fixtures[0], 2, 1)
    enter(event.fixtures[1], 1, 0)
    return event


@pytest.fixture
def legs(in_app, make_event):
    event = get_event(make_event(matches=LEGS))
    enter(event.fixtures[0], 2, 1)
    return event


def save(fixture, *score, **more):
    results.enter_score(fixture, Score(*score, **more), by=None, reason="seen again")


def test_a_lot_decides_a_level_game(cup):
    save(game(cup, "SF1"), 1, 1, decided="away", decided_by="lot")
    assert names(cup, "F")[0] == "Dogwood"
    row = fixture_row(game(cup, "SF1"))
    assert (row["winner_side"], row["winner_id"]) == ("away", game(cup, "SF1").away_team_id)
    assert row["score_text"] == "1–1 (Dogwood by lot)"


def test_a_ruling_beats_the_score(cup):
    save(game(cup, "SF1"), 3, 0, decided="away", decided_by="ruling")
    assert names(cup, "F")[0] == "Dogwood"


def test_the_decision_stays_with_its_score_and_goes_with_another(cup):
    save(game(cup, "SF1"), 1, 1, decided="away")
    save(game(cup, "SF1"), 1, 1, extra={})
    assert game(cup, "SF1").result.decided == "away"
    save(game(cup, "SF1"), 2, 1)
    assert (game(cup, "SF1").result.decided, names(cup, "F")[0]) == ("", "Ash")


@pytest.mark.parametrize(
    ("score", "more", "words"),
    [
        ((1, 1), {}, "has no winner"),
        ((2, 1), {"decided": "away"}, "has a winner already"),
        ((1, 1), {"decided": "away", "home_pens": 4, "away_pens": 2}, "After penalties"),
        ((1, 1), {"decided": "nobody"}, "for which side"),
        ((1, 1), {"decided": "home", "decided_by": "shouting"}, "lot or a ruling"),
    ],
)
def test_what_cannot_be_is_refused(cup, score, more, words):
    with pytest.raises(RuleBroken, match=words):
        save(game(cup, "SF1"), *score, **more)


def test_a_table_game_needs_no_winner(cup):
    with pytest.raises(RuleBroken, match="may end level"):
        save(cup.fixtures[0], 1, 1, decided="home")


def test_a_tie_level_over_both_games_asks_how_it_was_decided(legs):
    with pytest.raises(RuleBroken, match="Level over both games, 2–2") as refused:
        save(legs.fixtures[1], 1, 0)
    assert list(refused.value.fields) == ["home_pens"]
    save(legs.fixtures[1], 1, 0, home_pens=2, away_pens=4)
    assert legs.fixtures[2].away_name == "Ash"


def test_a_lot_decides_two_legs(legs):
    save(legs.fixtures[1], 1, 0, decided="home")
    assert legs.fixtures[2].away_name == "Birch"


def test_a_second_leg_may_be_level_itself_and_a_running_one_anything(legs):
    results.enter_score(legs.fixtures[1], Score(1, 0), by=None, running=True)
    save(legs.fixtures[1], 0, 0)
    assert legs.fixtures[2].away_name == "Ash"


@pytest.fixture
def two(app, in_app, make_event):
    """An event that asks for two people, and both of them."""
    event = get_event(make_event(second_person=True))
    people = [db.session.get(User, make_user(app, name, "organiser", event.id)) for name in ("Olga", "Pia")]
    return event, *people


def test_whoever_entered_it_does_not_verify_it(two):
    event, olga, pia = two
    results.enter_score(event.fixtures[0], Score(2, 1), by=olga)
    assert event.fixtures[0].result.status == "PENDING"
    for status in ("VERIFIED", "FINAL"):
        with pytest.raises(RuleBroken, match=r"A second person has to verify this result: Pia\."):
            confirmations.set_result_status(event.fixtures[0], status, by=olga)
    confirmations.set_result_status(event.fixtures[0], "VERIFIED", by=pia)
    confirmations.set_result_status(event.fixtures[0], "FINAL", by=olga)
    assert event.fixtures[0].result.status == "FINAL"


def test_nobody_enters_it_as_final(two):
    event, olga, _ = two
    with pytest.raises(RuleBroken, match="second person") as refused:
        results.enter_score(event.fixtures[0], Score(2, 1), by=olga, status="FINAL")
    assert list(refused.value.fields) == ["status"]
    walkovers.award_walkover(event.fixtures[1], "home", by=olga)
    assert event.fixtures[1].result.status == "PENDING"


def test_alone_one_is_told_to_find_somebody(two):
    event, olga, pia = two
    pia.active = False
    db.session.commit()
    results.enter_score(event.fixtures[0], Score(2, 1), by=olga)
    with pytest.raises(RuleBroken, match="make somebody else an organiser"):
        confirmations.set_result_status(event.fixtures[0], "FINAL", by=olga)


def test_changed_after_it_was_verified_it_is_to_be_verified_again(two):
    event, olga, pia = two
    results.enter_score(event.fixtures[0], Score(2, 1), by=olga)
    confirmations.set_result_status(event.fixtures[0], "VERIFIED", by=pia)
    results.enter_score(event.fixtures[0], Score(2, 2), by=pia)
    assert event.fixtures[0].result.status == "PENDING"
    with pytest.raises(RuleBroken, match="Olga"):
        confirmations.set_result_status(event.fixtures[0], "VERIFIED", by=pia)


@pytest.mark.parametrize(("status", "deed"), [("VERIFIED", "verify result"), ("FINAL", "finalise result")])
def test_a_confirmation_is_written_down_by_its_name_and_once(cup, status, deed):
    fixture = game(cup, "SF1")
    enter(fixture, 1, 0, status="PENDING")
    for _ in range(2):
        confirmations.set_result_status(fixture, status, by=None)
    assert fixture.result.status == status
    confirmed = AuditEntry.action.in_(["verify result", "finalise result"])
    found = db.session.scalars(select(AuditEntry.action).where(confirmed))
    assert list(found) == [deed]


def test_a_step_back_is_refused_and_without_a_result_nothing_is_confirmed(cup):
    confirmations.set_result_status(cup.fixtures[0], "FINAL", by=None)
    with pytest.raises(RuleBroken, match="only changed by a correction") as broken:
        confirmations.set_result_status(cup.fixtures[0], "VERIFIED", by=None)
    assert broken.value.code == "final"
    with pytest.raises(RuleBroken, match="There is no result yet"):
        confirmations.set_result_status(game(cup, "SF1"), "VERIFIED", by=None)


def test_a_tie_that_was_called_off_hides_no_question_about_another(in_app, make_event):
    cup = get_event(make_event(**CUP))
    play(cup)
    fixtures.set_status(game(cup, "3P"), "CANCELLED", by=None)
    enter(game(cup, "F"), 2, 0)
    with pytest.raises(NeedsRuling, match="F, played by Ash – Birch, should be Dogwood – Birch"):
        enter(game(cup, "SF1"), 0, 3, reason="seen again")
    enter(game(cup, "SF1"), 0, 3, reason="seen again", rulings={game(cup, "F").id: "keep"})
    assert names(cup, "3P") == ("Ash", "Cedar")
    assert game(cup, "3P").status == "CANCELLED"
