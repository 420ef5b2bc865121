"""Permissions as one table: each person, each action, each kind of event."""

import pytest
from flask_login import AnonymousUserMixin
from werkzeug.exceptions import Forbidden

from tests.conftest import get_event, make_user
from timely import access
from timely.extensions import db
from timely.models import Notification, User

pytestmark = pytest.mark.usefixtures("in_app")

PEOPLE = ("nobody", "stranger", "Ada", "Olga", "Otto", "Sam", "Pia", "Sven")


@pytest.fixture
def event(league):
    return get_event(league)


@pytest.fixture
def people(app, event, make_event):
    """An administrator, organisers of this event and of another, scorers of it, of a pitch of it and of another."""
    other = make_event(name="Another")
    pitch = event.pitches[0].id
    ids = {
        "Ada": make_user(app, "Ada", "administrator"),
        "Olga": make_user(app, "Olga", "organiser", event.id),
        "Otto": make_user(app, "Otto", "organiser", other),
        "Sam": make_user(app, "Sam", "scorer", event.id),
        "Pia": make_user(app, "Pia", "scorer", event.id, pitch=pitch),
        "Sven": make_user(app, "Sven", "scorer", other),
    }
    users = {name: db.session.get_one(User, id_) for name, id_ in ids.items()}
    return {"nobody": None, "stranger": AnonymousUserMixin(), **users}


def who(people, allowed):
    return {name for name in PEOPLE if allowed(people[name])}


def test_who_may_do_what(people, event):
    assert who(people, access.is_signed_in) == {"Ada", "Olga", "Otto", "Sam", "Pia", "Sven"}
    assert who(people, access.may_administer) == {"Ada"}
    assert who(people, access.may_make_event) == who(people, access.may_notify) == {"Ada", "Olga", "Otto"}
    assert who(people, lambda user: access.may_manage(user, event)) == {"Ada", "Olga"}
    assert who(people, lambda user: access.may_enter_results(user, event)) == {"Ada", "Olga", "Sam", "Pia"}


def test_a_scorer_of_one_pitch_enters_the_results_of_that_pitch(people, event):
    here, elsewhere, nowhere = (
        next(one for one in event.fixtures if (one.pitch.name if one.pitch else "") == name)
        for name in ("Pitch 1", "Pitch 2", "")
    )
    everybody = {"Ada", "Olga", "Sam"}
    assert who(people, lambda user: access.may_enter_result(user, here)) == everybody | {"Pia"}
    for fixture in (elsewhere, nowhere):
        assert who(people, lambda user, fixture=fixture: access.may_enter_result(user, fixture)) == everybody


@pytest.mark.parametrize(
    ("status", "visibility", "key", "expected"),
    [
        ("DRAFT", "public", None, {"Ada", "Olga"}),
        ("DRAFT", "private", "right", {"Ada", "Olga"}),
        ("PUBLISHED", "public", None, set(PEOPLE)),
        ("PUBLISHED", "public", "wrong", set(PEOPLE)),
        ("PUBLISHED", "private", None, {"Ada", "Olga", "Sam", "Pia"}),
        ("PUBLISHED", "private", "wrong", {"Ada", "Olga", "Sam", "Pia"}),
        ("PUBLISHED", "private", "", {"Ada", "Olga", "Sam", "Pia"}),
        ("PUBLISHED", "private", "\ud800", {"Ada", "Olga", "Sam", "Pia"}),
        ("COMPLETED", "private", "right", set(PEOPLE)),
    ],
)
def test_who_may_see_an_event(people, event, status, visibility, key, expected):
    event.status, event.visibility = status, visibility
    given = event.access_key if key == "right" else key
    assert who(people, lambda user: access.may_see(user, event, given)) == expected


@pytest.mark.parametrize(
    ("sender", "of_event", "expected"),
    [
        ("Olga", True, {"Ada", "Olga"}),
        ("Otto", True, {"Ada", "Olga", "Otto"}),  # one's own, and those of an event that one manages
        ("Olga", False, {"Ada", "Olga"}),
        (None, True, {"Ada", "Olga"}),
        (None, False, {"Ada"}),
        ("Sam", True, {"Ada", "Olga"}),  # once an organiser, and a scorer now
    ],
)
def test_who_may_withdraw_a_notification(people, event, sender, of_event, expected):
    sent_by = people[sender].id if sender else None
    one = Notification(title="Lunch", sent_by_id=sent_by, event=event if of_event else None)
    with db.session.no_autoflush:
        assert who(people, lambda user: access.may_withdraw(user, one)) == expected


def test_what_is_not_allowed_ends_the_request():
    access.require(True)
    with pytest.raises(Forbidden):
        access.require(False)
