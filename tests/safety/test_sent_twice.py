"""A save sent twice, because a button was pressed twice or a response was lost: saved once, and confirmed."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import make_user, sign_in
from timely.extensions import db
from timely.models import AuditEntry, Fixture
from timely.queries.versions import versions_of


@pytest.fixture
def scorer(app: Flask, client: FlaskClient, league: int) -> FlaskClient:
    sign_in(client, make_user(app, "Sam", "scorer", league))
    return client


def press(client: FlaskClient, home: str, away: str, **more: str) -> Any:
    typed = {"version": "1", "on_desk": "1", "home_score": home, "away_score": away, **more}
    return client.post("/admin/results/1/", data=typed, follow_redirects=True)


def kept(app: Flask) -> tuple[Any, ...]:
    with app.app_context():
        fixture = db.session.get_one(Fixture, 1)
        entries = db.session.query(AuditEntry).filter_by(fixture_id=1).count()
        return fixture.version, fixture.saved_no, entries, versions_of(["event_1_results", "event_1_schedule"])


def test_a_form_pressed_twice(app: Flask, scorer: FlaskClient) -> None:
    assert "Saved: " in press(scorer, "2", "1").text
    before = kept(app)
    again = press(scorer, "2", "1")
    assert (again.status_code, "Saved: " in again.text) == (200, True)
    assert kept(app) == before


@pytest.mark.parametrize("other", [{"away": "2"}, {"running": "y"}])
def test_another_score_with_the_old_version_is_still_compared(
    app: Flask, scorer: FlaskClient, other: dict[str, str]
) -> None:
    press(scorer, "2", "1")
    before = kept(app)
    assert press(scorer, "2", **{"away": "1", **other}).status_code == 409
    assert kept(app) == before


def test_the_same_score_of_somebody_else_is_compared(app: Flask, scorer: FlaskClient, league: int) -> None:
    press(scorer, "2", "1")
    other = app.test_client()
    sign_in(other, make_user(app, "Sue", "scorer", league))
    assert press(other, "2", "1").status_code == 409
