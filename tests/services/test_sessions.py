"""Sessions are rows: ended for good, counted, forgotten when nobody comes back; tokens end with them."""

from datetime import timedelta

import pytest

from tests.conftest import get_event, make_user
from timely.clock import now
from timely.database import session_memory
from timely.database.errors import DISK, NotSaved
from timely.extensions import db
from timely.models import AuditEntry, Token, User, UserSession
from timely.models.token import digest_of
from timely.queries.sessions import user_of
from timely.services import passwords, people, sessions

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch):
    monkeypatch.setattr(passwords, "METHOD", "scrypt:128:8:1")


@pytest.fixture
def olga(app):
    return db.session.get_one(User, make_user(app, "Olga", "organiser"))


def names(*tokens):
    found = [user_of(token) for token in tokens]
    return [one[0].name if one else None for one in found]


def test_one_is_ended_and_the_other_stands(olga):
    laptop, phone = sessions.begin(olga), sessions.begin(olga)
    sessions.end(laptop)
    assert names(laptop, phone, "", "made up") == [None, "Olga", None, None]
    assert [row.digest for row in db.session.query(UserSession)] == [digest_of(phone)], "of a token the digest alone"


@pytest.mark.parametrize("change", ["password", "role", "active", "right"])
def test_all_end_and_tokens_end_where_it_says_signed_out_everywhere(olga, admin, league, change):
    ada = db.session.get_one(User, admin)
    mine, others, token = sessions.begin(olga), sessions.begin(ada), people.create_token(olga)
    others_token = people.create_token(ada)
    if change == "password":
        assert people.set_password(olga, "another long one", by=ada) == 1
        assert db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first().before == {"tokens": 1}
    elif change == "right":
        people.give_right(olga, get_event(league), by=ada)
    else:
        wanted = {"role": "scorer"} if change == "role" else {"active": False}
        people.change_user(olga, **{"name": "Olga", "role": "organiser", "active": True, **wanted}, by=ada)
    assert names(mine, others) == [None, "Ada"]
    kept = {one.digest for one in db.session.query(Token)}
    # A token's rights are looked up anew each time, so a right more ends none.
    assert kept == {digest_of(others_token)} | ({digest_of(token)} if change == "right" else set())


def test_a_name_more_or_less_ends_nothing(olga):
    mine, token = sessions.begin(olga), people.create_token(olga)
    people.change_user(olga, name="Olga B.", role="organiser", active=True, by=None)
    assert names(mine) == ["Olga B."]
    assert [one.digest for one in db.session.query(Token)] == [digest_of(token)]


def test_those_that_nobody_uses_are_forgotten_and_one_account_has_a_bound(olga, monkeypatch):
    monkeypatch.setattr(sessions, "MOST", 3)
    old = sessions.begin(olga)
    db.session.query(UserSession).one().seen_at = now() - sessions.KEPT - timedelta(hours=1)
    db.session.commit()
    tokens = [sessions.begin(olga) for _ in range(5)]
    assert names(old, *tokens) == [None, None, None, "Olga", "Olga", "Olga"]


def test_when_it_was_seen_is_saved_once_a_day_and_by_no_request(app, olga):
    token = sessions.begin(olga)
    before = now() - timedelta(days=3)
    db.session.query(UserSession).one().seen_at = before
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["visit"] = olga.get_id(), token
    writes = app.extensions["timely.database.commit_counter"]
    stamp = writes.stamp()
    for _ in range(3):
        assert client.get("/admin/").status_code == 200
    assert writes.stamp() == stamp, "a commit empties the caches of pages"
    sessions.save_unsaved(now())
    assert db.session.query(UserSession).one().seen_at > before
    stamp = writes.stamp()
    client.get("/admin/")
    sessions.save_unsaved(now())
    assert writes.stamp() == stamp


def full():
    raise NotSaved(DISK)


def test_an_end_that_cannot_be_saved_holds_and_is_saved_later(olga, monkeypatch):
    token = sessions.begin(olga)

    with monkeypatch.context() as broken:
        broken.setattr(sessions, "writing", full)
        sessions.end(token)
    assert session_memory.unsaved()[1] == {token}
    sessions.save_unsaved(now())
    assert names(token) == [None]
    assert session_memory.unsaved() == (set(), set())


def begun_unsaved(user, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(sessions, "writing", full)
        token = sessions.begin(user)
    assert db.session.query(UserSession).all() == []
    return token


def test_a_begin_that_cannot_be_saved_holds_and_is_saved_later(olga, monkeypatch):
    token = begun_unsaved(olga, monkeypatch)
    assert session_memory.unsaved_session(token) == (olga.id, olga.stamp)
    sessions.save_unsaved(now())
    assert names(token) == ["Olga"]
    assert session_memory.begun_unsaved() == {}


@pytest.mark.parametrize("meanwhile", ["signed out everywhere", "signed out here", "deleted"])
def test_it_is_not_saved_for_who_has_been_signed_out_meanwhile(olga, monkeypatch, meanwhile):
    token = begun_unsaved(olga, monkeypatch)
    if meanwhile == "signed out everywhere":
        sessions.end_all(olga)
    elif meanwhile == "signed out here":
        session_memory.record_end(token)
    else:
        db.session.delete(olga)
    db.session.commit()
    sessions.save_unsaved(now())
    assert db.session.query(UserSession).all() == []
    assert session_memory.begun_unsaved() == {}


def test_only_what_was_used_and_not_ended_is_seen_now(olga):
    used, ended, idle = (sessions.begin(olga) for _ in range(3))
    moment = now() + timedelta(days=1)
    session_memory.record_use(used)
    session_memory.record_use(ended)
    session_memory.save_end_later(ended)
    sessions.save_unsaved(moment)
    seen = {row.digest: row.seen_at for row in db.session.query(UserSession)}
    assert seen.keys() == {digest_of(used), digest_of(idle)}
    assert seen[digest_of(used)] == moment
    assert seen[digest_of(idle)] < moment


def test_nothing_is_ended_without_a_token(olga):
    token = sessions.begin(olga)
    sessions.end("")
    assert names(token) == ["Olga"]


def test_who_signs_out_everywhere_is_told_how_many_tokens_there_were(olga):
    people.create_token(olga)
    people.create_token(olga)
    stamp = olga.stamp
    assert sessions.sign_out_everywhere(olga) == 2
    assert olga.stamp != stamp
    assert sessions.sign_out_everywhere(olga) == 0
