"""Every organiser's door: who gets in, and that nothing is changed without the form's own token."""

import re

import pytest

from tests.conftest import make_user, sign_in
from timely.blueprints import ORGANISERS
from timely.extensions import db
from timely.models import Announcement, Deduction, Division, Event, Fixture, Pitch, Team

OURS = {blueprint.name for blueprint in ORGANISERS}
HUGE = 10**30


def doors(app, method, **ids):
    """(endpoint, path) of each of our addresses that takes *method*, with the ids filled in."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[0] in OURS and method in rule.methods:
            values = {name: ids.get(name, 1) for name in rule.arguments}
            words = {"action": "cancel", "kind": "league"}
            values |= {name: word for name, word in words.items() if name in rule.arguments}
            with app.test_request_context():
                found.append((rule.endpoint, app.url_map.bind("localhost").build(rule.endpoint, values, method)))
    return found


@pytest.fixture
def ids(app, league):
    """The ids of one record of each kind, all of the league."""
    with app.app_context():
        event = db.session.get_one(Event, league)
        event.deductions.append(Deduction(event_id=league, team_id=event.teams[0].id, points=1))
        event.announcements.append(Announcement(event_id=league, title="Lunch"))
        event.divisions.append(Division(event_id=league, name="U10"))
        db.session.commit()
        return {
            "event_id": league,
            "division_id": event.divisions[0].id,
            "team_id": event.teams[0].id,
            "pitch_id": event.pitches[0].id,
            "fixture_id": event.fixtures[0].id,
            "deduction_id": event.deductions[0].id,
            "announcement_id": event.announcements[0].id,
        }


def counts(app):
    with app.app_context():
        return [db.session.query(model).count() for model in (Event, Team, Fixture, Pitch, Deduction)]


def test_there_are_doors(app):
    assert len(doors(app, "GET")) > 25
    assert len(doors(app, "POST")) > 25


def test_nobody_gets_in_without_signing_in(app, client, ids, admin):
    for endpoint, path in doors(app, "GET", **ids):
        answer = client.get(path)
        assert (answer.status_code, answer.location.split("?")[0]) == (302, "/login/"), endpoint
    for endpoint, path in doors(app, "POST", **ids):
        assert client.post(path).status_code in (302, 401), endpoint


@pytest.mark.parametrize("role", ["organiser", "scorer"])
def test_another_events_people_get_no_further_than_its_door(app, client, ids, make_event, role):
    elsewhere = make_event(name="Elsewhere")
    sign_in(client, make_user(app, "Olga", role, elsewhere))
    before = counts(app)
    for method in ("GET", "POST"):
        for endpoint, path in doors(app, method, **ids):
            if "event_id" in path or f"/events/{ids['event_id']}/" in path:
                answer = client.open(path, method=method)
                assert answer.status_code in (403, 404), f"{method} {endpoint}"
    assert counts(app) == before


def test_a_scorer_of_the_event_manages_nothing(app, client, ids):
    sign_in(client, make_user(app, "Sam", "scorer", ids["event_id"]))
    for method in ("GET", "POST"):
        for endpoint, path in doors(app, method, **ids):
            if f"/events/{ids['event_id']}/" in path:
                assert client.open(path, method=method).status_code == 403, f"{method} {endpoint}"
    assert client.get("/admin/events/new/").status_code == 403
    assert client.get("/admin/").status_code == 200


def test_people_are_for_administrators(app, client, league):
    sign_in(client, make_user(app, "Olga", "organiser", league))
    for method in ("GET", "POST"):
        for endpoint, path in doors(app, method, user_id=1, event_id=league):
            if endpoint.startswith("people."):
                assert client.open(path, method=method).status_code == 403, f"{method} {endpoint}"


def test_an_organiser_reads_every_page_of_their_event(app, client, ids):
    sign_in(client, make_user(app, "Olga", "organiser", ids["event_id"]))
    for endpoint, path in doors(app, "GET", **ids):
        if not endpoint.startswith("people."):
            # Where nothing has been laid out yet there is no plan to look at, and the way leads back.
            answer = client.get(path, query_string={"division": ids["division_id"]}, follow_redirects=True)
            assert answer.status_code == 200, endpoint


def test_nothing_changes_without_the_forms_token(app, client, admin, ids):
    app.config["WTF_CSRF_ENABLED"] = True
    sign_in(client, admin)
    before = counts(app)
    for endpoint, path in doors(app, "POST", **ids, user_id=admin):
        answer = client.post(path, data={"name": "x", "names": "x", "title": "x"})
        assert answer.status_code in (400, 422), endpoint
    assert counts(app) == before


def test_every_form_carries_the_token(app, client, admin, ids):
    app.config["WTF_CSRF_ENABLED"] = True
    sign_in(client, admin)
    for endpoint, path in doors(app, "GET", **ids, user_id=admin):
        page = client.get(path).get_data(as_text=True)
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", page, re.DOTALL):
            assert 'name="csrf_token"' in form, f"{endpoint}: {form[:120]}"


@pytest.mark.parametrize(
    "name", ["event_id", "team_id", "pitch_id", "fixture_id", "deduction_id", "announcement_id", "user_id"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_ids_that_no_database_holds_are_not_found(app, client, admin, league, name, method):
    sign_in(client, admin)
    for endpoint, path in doors(app, method, **{"event_id": league, name: HUGE}):
        if str(HUGE) in path and not endpoint.startswith("results."):
            assert client.open(path, method=method).status_code in (404, 405), path


def test_the_parts_of_another_event_are_not_found_here(app, client, admin, ids, make_event):
    sign_in(client, admin)
    elsewhere = {**ids, "event_id": make_event(name="Elsewhere")}
    for method in ("GET", "POST"):
        for endpoint, path in doors(app, method, **elsewhere):
            rule = next(iter(app.url_map.iter_rules(endpoint)))
            if "event_id" in rule.arguments and len(rule.arguments - {"event_id", "action", "kind"}) == 1:
                assert client.open(path, method=method).status_code == 404, f"{method} {endpoint}"
    assert counts(app)[0] == 2
