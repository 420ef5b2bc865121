"""People: their names, passwords, rights and tokens; who is let in."""

import pytest
from flask import current_app

from tests.conftest import get_event
from timely.extensions import db
from timely.limits.attempts import Attempts
from timely.limits.login_attempts import FREE_ATTEMPTS
from timely.models import Token, User
from timely.models.token import digest_of
from timely.queries.people import places_of, user_named
from timely.services import passwords, people
from timely.services.errors import RuleBroken
from timely.services.passwords import is_password_of

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch):
    """Hashes that cost nothing; the real ones are tried by the setup's own tests."""
    monkeypatch.setattr(passwords, "METHOD", "scrypt:128:8:1")


def make(name="Olga", role="organiser", **more):
    return people.create_user(name, "long enough", role, by=None, **more)


@pytest.mark.parametrize("typed", ["Ärne Öst", "ärne öst", "ÄRNE  ÖST ", "A\u0308rne O\u0308st"])
def test_capitals_and_ways_of_typing_make_no_other_name(typed):
    user = make("Ärne Öst")
    assert user_named(typed) is user
    with pytest.raises(RuleBroken) as broken:
        make(typed)
    assert list(broken.value.fields) == ["name"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\0b", "a\x1bb", "\u202e", "\u200b \u200d"])
def test_names_that_cannot_be(name):
    with pytest.raises(RuleBroken) as broken:
        make(name)
    assert list(broken.value.fields) == ["name"]


@pytest.mark.parametrize("password", ["", "short", "x" * 201])
def test_passwords_have_bounds(password):
    with pytest.raises(RuleBroken) as broken:
        people.create_user("Olga", password, "organiser", by=None)
    assert list(broken.value.fields) == ["password"]


def test_a_role_that_is_none_is_refused():
    with pytest.raises(RuleBroken) as broken:
        make(role="king")
    assert list(broken.value.fields) == ["role"]


def test_only_the_right_password_of_an_active_user_lets_in():
    user = make()
    make("Ada", "administrator")
    assert is_password_of(user, "long enough")
    assert not is_password_of(user, "Long enough")
    assert not is_password_of(None, "long enough")
    people.change_user(user, name=user.name, role=user.role, active=False, by=None)
    assert not is_password_of(user, "long enough")


def test_nobody_takes_as_long_as_somebody(monkeypatch):
    hashed = []
    monkeypatch.setitem(
        current_app.extensions, "timely.run_slow", lambda work, *args: hashed.append(work.__name__) or work(*args)
    )
    is_password_of(make(), "wrong password")
    is_password_of(None, "wrong password")
    assert hashed.count("check_password_hash") == 2


@pytest.mark.parametrize("change", ["password", "role", "active", "right"])
def test_what_changes_the_rights_signs_out_everywhere(league, change):
    user = make()
    before = user.get_id()
    if change == "password":
        people.set_password(user, "another one", by=None)
    elif change == "right":
        people.give_right(user, get_event(league), by=None)
    else:
        wanted = {"role": "scorer"} if change == "role" else {"active": False}
        people.change_user(user, **{"name": user.name, "role": user.role, "active": True, **wanted}, by=None)
    assert user.get_id() != before


def test_another_name_signs_nobody_out():
    user = make()
    before = user.get_id()
    people.change_user(user, name="Olga B.", role="organiser", active=True, by=None)
    assert user.get_id() == before


@pytest.mark.parametrize("wanted", [{"role": "organiser"}, {"active": False}])
def test_the_last_administrator_stays(wanted):
    ada = make("Ada", "administrator")
    asked = {"name": "Ada", "role": "administrator", "active": True, **wanted}
    with pytest.raises(RuleBroken, match="last administrator"):
        people.change_user(ada, **asked, by=ada)
    shut = make("Bob", "administrator")
    people.change_user(shut, name="Bob", role="administrator", active=False, by=ada)
    with pytest.raises(RuleBroken, match="last administrator"):
        people.change_user(ada, **asked, by=ada)
    make("Cat", "administrator")
    people.change_user(ada, **asked, by=ada)


def test_rights_are_for_an_event_or_a_scorers_pitch(league, make_event):
    event, other = get_event(league), get_event(make_event(name="Other"))
    pitch = event.pitches[1]
    sam = make("Sam", "scorer", rights=[(event, pitch)])
    assert [(name, pitch) for _, name, pitch in places_of(sam)] == [("Saturday League", "Pitch 2")]
    for user, place in (
        (sam, (event, pitch)),  # has it already
        (sam, (other, pitch)),  # another event's pitch
        (make("Olga"), (event, pitch)),  # an organiser has whole events
        (make("Ada", "administrator"), (event, None)),  # has all of them
    ):
        with pytest.raises(RuleBroken):
            people.give_right(user, *place, by=None)
    people.take_right(sam, sam.rights[0], by=None)
    assert sam.rights == []


def test_of_a_token_only_the_fingerprint_is_kept():
    token = people.create_token(make())
    kept = db.session.query(Token).one()
    assert kept.digest == digest_of(token)
    assert len(token) >= 43
    people.delete_token(kept, by=None)
    assert db.session.query(Token).all() == []


def test_a_refused_user_leaves_nothing_behind(league, make_event):
    other = get_event(make_event(name="Other"))
    with pytest.raises(RuleBroken):
        make("Sam", "scorer", rights=[(get_event(league), other.pitches[0])])
    assert db.session.query(User).all() == []


def test_guessing_becomes_slow_and_a_right_try_is_forgotten():
    clock = [0.0]
    tries = Attempts(FREE_ATTEMPTS, lambda: clock[0])
    assert [tries.seconds_to_wait("sam") for _ in range(FREE_ATTEMPTS)] == [0] * FREE_ATTEMPTS
    assert tries.seconds_to_wait("sam") > 0
    assert tries.seconds_to_wait("olga") == 0
    clock[0] = 1.5
    assert tries.seconds_to_wait("sam") == 0
    assert tries.seconds_to_wait("sam") >= 2  # twice as long each time
    clock[0] = 3.6
    assert tries.seconds_to_wait("sam") == 0
    tries.clear("sam")
    assert tries.seconds_to_wait("sam") == 0


def test_remembering_has_bounds():
    tries = Attempts(FREE_ATTEMPTS, lambda: 0.0)
    for number in range(6000):
        tries.seconds_to_wait(number)
    assert len(tries._attempts) == 5000
