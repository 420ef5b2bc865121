"""Second person: whoever entered a result does not confirm it, and is told who can."""

import pytest

from tests.conftest import get_event, make_user
from timely.extensions import db
from timely.models import User
from timely.services import confirmations, four_eyes, results
from timely.services.errors import RuleBroken
from timely.services.results import Score

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def event(league):
    event = get_event(league)
    event.second_person = True
    db.session.commit()
    return event


@pytest.fixture
def olga(app, event):
    return db.session.get_one(User, make_user(app, "Olga", "organiser", event.id))


def entered(event, by, status="PENDING"):
    results.enter_score(event.fixtures[0], Score(1, 0), by=by, status=status)
    return event.fixtures[0]


def test_who_entered_it_waits_for_others_and_nobody_else_does(app, event, olga):
    otto = db.session.get_one(User, make_user(app, "Otto", "organiser", event.id))
    game = entered(event, olga)
    assert four_eyes.waits_for(game, olga) == "A second person has to verify this result: Otto."
    assert four_eyes.waits_for(game, otto) == ""
    four_eyes.require_second_person(event, game.result, otto)
    four_eyes.require_second_person(event, game.result, None)  # Timely itself, by the clock
    with pytest.raises(RuleBroken) as broken:
        four_eyes.require_second_person(event, game.result, olga)
    assert (broken.value.code, list(broken.value.fields)) == ("second_person", ["status"])


def test_without_the_rule_one_person_is_enough(event, olga):
    event.second_person = False
    db.session.commit()
    game = entered(event, olga)
    assert four_eyes.waits_for(game, olga) == ""
    four_eyes.require_second_person(event, game.result, olga)


def test_nothing_waits_without_a_result_or_once_it_is_confirmed(app, event, olga):
    otto = db.session.get_one(User, make_user(app, "Otto", "organiser", event.id))
    assert four_eyes.waits_for(event.fixtures[1], olga) == ""
    game = entered(event, olga)
    confirmations.set_result_status(game, "VERIFIED", by=otto)
    assert four_eyes.waits_for(game, olga) == ""


def test_who_can_is_told_by_name_in_order_without_those_who_may_not(app, event, olga):
    alone = "A second person has to verify this result; make somebody else an organiser of this event first."
    make_user(app, "Sam", "scorer", event.id)
    make_user(app, "Stranger", "organiser")
    assert str(four_eyes.second_person_text(event, olga)) == alone
    make_user(app, "Zoe", "organiser", event.id)
    make_user(app, "Ada", "administrator")
    gone = db.session.get_one(User, make_user(app, "Gone", "administrator"))
    gone.active = False
    db.session.commit()
    assert str(four_eyes.second_person_text(event, olga)) == "A second person has to verify this result: Ada or Zoe."
    make_user(app, "Mia", "organiser", event.id)
    told = str(four_eyes.second_person_text(event, olga))
    assert told == "A second person has to verify this result: Ada, Mia or Zoe."
