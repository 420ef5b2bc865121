"""Very long input is bounded before any work whose cost grows with its square."""

import io
import sys
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import PASSWORD, make_user
from timely import cli
from timely.extensions import db
from timely.models import Team, User
from timely.queries.people import user_named
from timely.services import people
from timely.services.errors import RuleBroken
from timely.services.name_lists import new_names
from timely.services.passwords import MOST_SENT, hash_of, is_password_of
from timely.web import trusted_hosts

# Normalised whole they take 14 seconds; a form of 64 kB may bring a fifth of them, the command line all.
MARKS = "a" + "\u0316\u0301" * 80_000
QUICKLY = 2.0


def seconds_of(work: Callable[[], object]) -> float:
    """Of the processor, so that a loaded computer makes no difference."""
    began = time.process_time()
    work()
    return time.process_time() - began


def refused(work: Callable[[], object]) -> Callable[[], None]:
    def refuse() -> None:
        with pytest.raises(RuleBroken):
            work()

    return refuse


def test_a_password_is_bounded_before_its_marks_are_put_together(app: Flask) -> None:
    with app.app_context():
        user = db.session.get_one(User, make_user(app, "Zoë", "scorer"))
        assert seconds_of(lambda: is_password_of(None, MARKS)) < QUICKLY
        assert seconds_of(refused(lambda: hash_of(MARKS))) < QUICKLY
        assert not is_password_of(user, PASSWORD + MARKS)


def test_the_longest_password_may_come_in_marks(app: Flask) -> None:
    with app.app_context():
        composed = "three words of \u1ed9" + "\u1ed9" * 180  # ộ, which some send as three
        user = people.create_user("Olga", composed, "scorer", by=None)
        assert is_password_of(user, composed.replace("\u1ed9", "o\u0323\u0302"))
        assert not is_password_of(user, composed + "x")
        assert len("o\u0323\u0302" * 200) < MOST_SENT


def test_a_name_is_bounded_before_it_is_compared(app: Flask) -> None:
    with app.app_context():
        assert seconds_of(lambda: user_named(MARKS)) < QUICKLY
        assert seconds_of(refused(lambda: people.create_user(MARKS, PASSWORD, "scorer", by=None))) < QUICKLY


@pytest.mark.parametrize("field", ["name", "password"])
def test_signing_in_takes_no_longer(client: FlaskClient, admin: int, field: str) -> None:
    typed = {"name": "Ada", "password": PASSWORD} | {field: MARKS[:30_000]}
    assert seconds_of(lambda: client.post("/login/", data=typed)) < QUICKLY


def test_the_command_line_takes_no_longer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(MARKS.encode() + b"\n")))
    with app.app_context():
        assert seconds_of(refused(lambda: hash_of(cli._password(from_stdin=True)))) < QUICKLY


def test_a_line_of_blanks_is_read_once() -> None:
    text = "1. Ash\n" + " " * 40_000 + "x"
    told = seconds_of(lambda: new_names(text, [], most_characters=60, room=9, noun="team"))
    assert told < QUICKLY


def test_no_host_is_longer_than_a_name_can_be() -> None:
    assert trusted_hosts.is_trusted(f"{'a' * 250}:8000", "0.0.0.0", ())
    assert not trusted_hosts.is_trusted(f"{'a' * 300}:8000", "0.0.0.0", ())


@pytest.mark.parametrize("before", ["9" * 4400, "-1", "x", "0", "\u0661", "9" * 17])
def test_the_audit_trail_asks_for_no_number_that_is_none(
    client: FlaskClient, admin: int, league: int, before: str
) -> None:
    assert client.post("/login/", data={"name": "Ada", "password": PASSWORD}).status_code == 302
    assert client.get(f"/admin/events/{league}/audit/?before={before}").status_code == 200


@pytest.mark.parametrize("path", ["/api/events/{}/", "/api/fixtures/{}/", "/admin/events/{}/audit/"])
def test_a_number_in_a_path_that_no_record_has_is_an_unknown_address(client: FlaskClient, path: str) -> None:
    assert client.get(path.format("9" * 4400)).status_code == 404


def test_the_numbers_of_a_form_are_bounded(client: FlaskClient, admin: int, league: int) -> None:
    client.post("/login/", data={"name": "Ada", "password": PASSWORD})
    with client.application.app_context():
        team = db.session.scalars(select(Team).where(Team.event_id == league)).first()
        assert team
        typed = {f"team-{team.id}-name": "Another", f"team-{team.id}-division": "9" * 4400}
    assert client.post(f"/admin/events/{league}/teams/", data=typed).status_code == 422
