"""Entering, correcting, verifying and taking back results."""

import pytest
from sqlalchemy import select

from tests.conftest import make_user
from timely.extensions import db
from timely.models import AuditEntry, Fixture, User
from timely.presenters.fixture_rows import fixture_row
from timely.queries.tables import leaderboard
from timely.services import confirmations, results
from timely.services.errors import NotAllowed, RuleBroken, StaleVersion
from timely.services.results import Score

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture(name="fixture")
def fixture_fixture(league):
    return db.session.scalars(select(Fixture).order_by(Fixture.id)).first()


@pytest.fixture(name="organiser")
def organiser_fixture(app, league):
    return db.session.get_one(User, make_user(app, "Olga", "organiser", league))


@pytest.fixture(name="scorer")
def scorer_fixture(app, league):
    return db.session.get_one(User, make_user(app, "Sam", "scorer", league))


def points(fixture):
    (table,) = leaderboard(fixture.event)
    return {line.team.name: line.standing.points for line in table.lines}


def test_an_organisers_result_is_final_and_counts(fixture, organiser):
    result = results.enter_score(fixture, Score(2, 1), by=organiser)
    assert (result.status, result.running, fixture.status) == ("FINAL", False, "FINISHED")
    assert points(fixture) == {"Ash": 3, "Birch": 0, "Cedar": 0, "Dogwood": 0}


def test_a_scorers_result_is_pending_and_counts(fixture, scorer):
    assert results.enter_score(fixture, Score(2, 1), by=scorer).status == "PENDING"
    assert points(fixture)["Ash"] == 3


def test_an_event_may_count_final_results_only(make_event, scorer):
    event_id = make_event(counts_from="FINAL")
    fixture = db.session.scalars(select(Fixture).where(Fixture.event_id == event_id)).first()
    result = results.enter_score(fixture, Score(2, 1), by=None, status="PENDING")
    assert points(fixture)["Ash"] == 0
    confirmations.set_result_status(fixture, "FINAL", by=None)
    assert result.status == "FINAL"
    assert points(fixture)["Ash"] == 3


def test_a_scorer_cannot_make_a_result_final(fixture, scorer):
    with pytest.raises(NotAllowed):
        results.enter_score(fixture, Score(2, 1), by=scorer, status="FINAL")
    assert fixture.result is None


def test_a_running_score_is_shown_and_does_not_count(fixture, scorer):
    result = results.enter_score(fixture, Score(1, 1), by=scorer, running=True)
    assert (result.running, fixture.status) == (True, "LIVE")
    assert points(fixture)["Ash"] == 0
    results.enter_score(fixture, Score(2, 1), by=scorer)
    assert (fixture.result.running, fixture.status) == (False, "FINISHED")
    assert points(fixture)["Ash"] == 3


def test_a_final_result_is_only_changed_with_a_reason(fixture, organiser):
    results.enter_score(fixture, Score(2, 1), by=organiser)
    with pytest.raises(RuleBroken) as broken:
        results.enter_score(fixture, Score(2, 2), by=organiser)
    assert broken.value.code == "final"
    assert (fixture.result.home_score, fixture.result.away_score) == (2, 1)
    results.enter_score(fixture, Score(2, 2), by=organiser, reason="own goal counted twice")
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.by, entry.reason) == ("correct result", "Olga", "own goal counted twice")
    assert (entry.before["away_score"], entry.after["away_score"]) == (1, 2)


def test_a_final_result_cannot_go_back_to_running(fixture, organiser):
    results.enter_score(fixture, Score(2, 1), by=organiser)
    with pytest.raises(RuleBroken) as broken:
        results.enter_score(fixture, Score(2, 1), by=organiser, running=True, reason="too early")
    assert broken.value.code == "final"


def test_a_scorer_cannot_correct_what_is_final(fixture, organiser, scorer):
    results.enter_score(fixture, Score(2, 1), by=organiser)
    with pytest.raises(NotAllowed):
        results.enter_score(fixture, Score(9, 9), by=scorer, reason="because")


def test_saving_the_same_again_changes_nothing(fixture, organiser):
    results.enter_score(fixture, Score(2, 1), by=organiser)
    version = fixture.version
    results.enter_score(fixture, Score(2, 1), by=organiser)
    assert fixture.version == version


def test_an_old_page_is_told_so_and_nothing_is_overwritten(fixture, organiser):
    seen = fixture.version
    results.enter_score(fixture, Score(2, 1), by=organiser, seen_version=seen)
    with pytest.raises(StaleVersion) as old:
        results.enter_score(fixture, Score(0, 0), by=organiser, seen_version=seen, reason="mine")
    assert old.value.current == fixture.version
    assert fixture.result.home_score == 2


def test_every_save_raises_the_fixtures_version(fixture, organiser):
    versions = [fixture.version]
    for home in range(3):
        results.enter_score(fixture, Score(home, 0), by=organiser, reason="again")
        versions.append(fixture.version)
    results.take_back(fixture, by=organiser)
    versions.append(fixture.version)
    assert versions == sorted(set(versions))


@pytest.mark.parametrize("status", ["CANCELLED", "ABANDONED"])
def test_a_game_that_was_called_off_takes_no_score(fixture, organiser, status):
    fixture.status = status
    db.session.commit()
    with pytest.raises(RuleBroken, match="back on the schedule"):
        results.enter_score(fixture, Score(2, 1), by=organiser)


@pytest.mark.parametrize(
    ("score", "field"),
    [
        (Score(-1, 0), "home_score"),
        (Score(0, 1000), "away_score"),
        (Score(True, 0), "home_score"),
        (Score(2, 1, 4, 3), "home_pens"),
        (Score(1, 1, 4, 4), "away_pens"),
        (Score(2, 1, extra={"goals": "many"}), "extra"),
        (Score(2, 1, extra={"cards": {"home": {"yellow": -1}}}), "extra.cards.home.yellow"),
    ],
)
def test_an_impossible_score_is_refused_and_nothing_is_saved(fixture, organiser, score, field):
    with pytest.raises(RuleBroken) as broken:
        results.enter_score(fixture, score, by=organiser)
    assert list(broken.value.fields) == [field]
    assert fixture.result is None
    assert fixture.status == "SCHEDULED"


def test_a_score_on_its_own_keeps_the_details(fixture, organiser):
    cards = {"cards": {"home": {"yellow": 2}}}
    results.enter_score(fixture, Score(2, 1, extra=cards), by=organiser)
    results.enter_score(fixture, Score(3, 1), by=organiser, reason="late goal")
    assert fixture.result.extra == cards
    results.enter_score(fixture, Score(3, 1, extra={}), by=organiser, reason="no cards")
    assert fixture.result.extra == {}


def test_what_an_earlier_version_took_is_read_and_stands_in_no_correction_s_way(fixture, organiser):
    results.enter_score(fixture, Score(2, 1, extra={"cards": {"home": {"yellow": 2}}}), by=organiser)
    many = {f"card {number}": 1 for number in range(3000)}
    fixture.result.extra = {"cards": {"home": {"yellow": 2, **many}}}
    db.session.commit()
    assert len(fixture_row(fixture)["extra"]["cards"]["home"]) == 3001
    results.enter_score(fixture, Score(3, 1), by=organiser, reason="late goal")
    assert fixture.result.extra == {"cards": {"home": {"yellow": 2}}}


def test_a_score_that_contradicts_the_stored_sets_is_refused(make_event, organiser):
    event_id = make_event(sport="volleyball")
    fixture = db.session.scalars(select(Fixture).where(Fixture.event_id == event_id)).first()
    results.enter_score(fixture, Score(3, 1, extra={"sets": [[25, 20], [25, 22], [20, 25], [25, 18]]}), by=None)
    with pytest.raises(RuleBroken):
        results.enter_score(fixture, Score(3, 0), by=None, reason="typed wrong")
    assert fixture.result.away_score == 1


def test_moved_says_what_the_latest_result_did(league, organiser):
    games = db.session.scalars(select(Fixture).order_by(Fixture.id)).all()
    results.enter_score(games[0], Score(1, 0), by=organiser)  # Ash 3, Birch 0
    results.enter_score(games[1], Score(5, 0), by=organiser)  # Cedar 3 with more goals
    (table,) = leaderboard(games[0].event)
    assert [(line.team.name, line.moved) for line in table.lines] == [
        ("Cedar", 1),
        ("Ash", -1),
        ("Birch", 1),
        ("Dogwood", -2),
    ]


def test_form_is_in_the_order_of_play_and_not_of_typing(league, organiser):
    games = db.session.scalars(select(Fixture).order_by(Fixture.id)).all()
    results.enter_score(games[4], Score(0, 1), by=organiser)  # Ash loses on Sunday
    results.enter_score(games[0], Score(1, 0), by=organiser)  # won on Saturday morning
    (table,) = leaderboard(games[0].event)
    assert {line.team.name: line.standing.form for line in table.lines}["Ash"] == "WL"


def test_penalties_go_with_a_score_that_is_no_longer_level(make_event):
    matches = [{"home": "Ash", "away": "Birch", "stage": "knockout", "round": "Final"}]
    event_id = make_event(matches=matches)
    final = db.session.scalars(select(Fixture).where(Fixture.event_id == event_id)).one()
    results.enter_score(final, Score(1, 1, 4, 3), by=None)
    results.enter_score(final, Score(1, 1), by=None, reason="seen again")
    assert (final.result.home_pens, final.result.away_pens) == (4, 3)
    results.enter_score(final, Score(2, 1), by=None, reason="it was a goal")
    assert (final.result.home_pens, final.result.away_pens) == (None, None)


def test_a_scorer_does_not_change_what_somebody_has_verified(fixture, scorer):
    results.enter_score(fixture, Score(2, 1), by=None, status="VERIFIED")
    with pytest.raises(NotAllowed):
        results.enter_score(fixture, Score(3, 1), by=scorer)
    assert (fixture.result.home_score, fixture.result.status) == (2, "VERIFIED")


def test_a_correction_leaves_a_final_result_final(fixture, organiser):
    results.enter_score(fixture, Score(2, 1), by=organiser)
    with pytest.raises(RuleBroken) as broken:
        results.enter_score(fixture, Score(2, 2), by=organiser, status="PENDING", reason="unsure")
    assert broken.value.code == "final"
    assert fixture.result.status == "FINAL"


def test_the_sets_of_a_game_under_way_do_not_stand_against_its_end(make_event):
    event_id = make_event(sport="volleyball")
    fixture = db.session.scalars(select(Fixture).where(Fixture.event_id == event_id)).first()
    results.enter_score(fixture, Score(1, 1, extra={"sets": [[25, 20], [20, 25]]}), by=None, running=True)
    results.enter_score(fixture, Score(3, 1), by=None)
    assert fixture.result.extra == {}
