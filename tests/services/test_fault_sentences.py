"""A fault of the domain beside a field: in the words of who typed it, never as a path."""

import pytest
from sqlalchemy import select

from timely.domain.errors import ValidationError
from timely.extensions import db
from timely.models import Fixture
from timely.services import results
from timely.services.errors import RuleBroken
from timely.services.score_validation import Score, sentence


@pytest.mark.parametrize(
    ("path", "subject"),
    [
        ("extra", "The details"),
        ("extra.sets", "The sets"),
        ("extra.sets[2]", "The sets"),
        ("extra.cards.home.red", "The cards"),
        ("extra.tries.away", "The tries"),
        ("extra.bonus.home", "The details"),
        ("extra.overtime", "The details"),
        ("home_score", "The score"),
        ("away_pens", "Penalties"),
    ],
)
def test_a_fault_is_told_in_words(path: str, subject: str) -> None:
    assert sentence(ValidationError(path, "it cannot be")) == f"{subject}: it cannot be."


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ({"sets": [[25, 19], [19, 25]]}, "The sets: these sets make 1-1, but the score is 2-1"),
        ({"sets": [[25, 25]]}, "The sets: 25-25 has no winner"),
        ({"cards": {"home": {"red": -1}}}, "The cards: needs a whole number"),
        ({"score_90": [3, 0]}, "The details: 3 after 90 minutes"),
    ],
)
@pytest.mark.usefixtures("in_app")
def test_what_is_wrong_in_the_details_is_told_in_words(league: int, extra: dict, said: str) -> None:
    fixture = db.session.scalars(select(Fixture)).first()
    with pytest.raises(RuleBroken) as broken:
        results.enter_score(fixture, Score(2, 1, extra=extra), by=None)
    assert broken.value.message.startswith(said)
    assert next(iter(broken.value.fields)).startswith("extra.")
