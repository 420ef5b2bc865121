"""Results that are taken back, and walkovers."""

import pytest
from sqlalchemy import select

from tests.services.test_results import fixture_fixture, organiser_fixture, points, scorer_fixture  # noqa: F401  (used by name)
from timely.extensions import db
from timely.models import Result
from timely.services import results, walkovers
from timely.services.errors import NotAllowed, RuleBroken
from timely.services.results import Score

pytestmark = pytest.mark.usefixtures("in_app")


def test_taking_back_opens_the_game_again(fixture, organiser):
    results.enter_score(fixture, Score(2, 1), by=organiser)
    results.take_back(fixture, by=organiser)
    assert (fixture.result, fixture.status) == (None, "SCHEDULED")
    assert db.session.scalars(select(Result)).all() == []
    with pytest.raises(RuleBroken):
        results.take_back(fixture, by=organiser)


def test_a_scorer_takes_back_only_what_nobody_confirmed(fixture, organiser, scorer):
    results.enter_score(fixture, Score(2, 1), by=scorer)
    results.take_back(fixture, by=scorer)
    results.enter_score(fixture, Score(2, 1), by=organiser)
    with pytest.raises(NotAllowed):
        results.take_back(fixture, by=scorer)


def test_a_walkover_has_the_sports_score_and_is_final(fixture, organiser):
    result = walkovers.award_walkover(fixture, "away", by=organiser, reason="no team")
    assert (result.home_score, result.away_score, result.status) == (0, 3, "FINAL")
    assert fixture.status == "WALKOVER"
    assert points(fixture)["Birch"] == 3
    with pytest.raises(RuleBroken):
        walkovers.award_walkover(fixture, "home", by=organiser)
