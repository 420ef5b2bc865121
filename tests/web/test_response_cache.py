"""Response cache: shared responses are rendered once per version, and never outdated."""

import gzip
import time

import pytest
from sqlalchemy import create_engine, text

from tests.conftest import make_user, sign_in
from timely import metrics
from timely.extensions import db
from timely.models import Event, Fixture, User
from timely.services import results
from timely.services.notifications import notify
from timely.services.people import create_token
from timely.services.results import Score
from timely.web import response_cache

BOARD = "/events/saturday-league/leaderboard/"
PAGES = (BOARD, "/events/saturday-league/", "/events/saturday-league/schedule/", "/", "/display/saturday-league/")
READS = ("/api/events/1/leaderboard/", "/api/events/1/schedule/", "/api/events/")
GZIP = {"Accept-Encoding": "gzip"}


def page_counts():
    return {
        name: child._value.get()
        for name, child in (
            ("ready", metrics.READY),
            ("drawn_before", metrics.RENDERED_BEFORE),
            ("drawn_now", metrics.RENDERED_NOW),
        )
    }


def response_and_origin(client, path, **headers):
    """(the response, the label of `timely_pages` that counted it, or "")."""
    before = page_counts()
    answer = client.get(path, headers=headers)
    origins = [name for name, number in page_counts().items() if number > before[name]]
    assert len(origins) <= 1
    return answer, origins[0] if origins else ""


def save(app, number=0, home=2, away=1):
    with app.app_context():
        fixture = db.session.query(Fixture).order_by(Fixture.id).offset(number).first()
        results.enter_score(fixture, Score(home, away), by=None)


@pytest.mark.parametrize("path", [*PAGES, *READS])
def test_the_second_visitor_gets_the_cached_response(app, league, path):
    first, origin = response_and_origin(app.test_client(use_cookies=False), path)
    assert (first.status_code, origin) == (200, "drawn_now")
    second, origin = response_and_origin(app.test_client(use_cookies=False), path)
    assert origin == "ready"
    assert (second.status_code, second.data, list(second.headers)) == (200, first.data, list(first.headers))


@pytest.mark.parametrize("path", [BOARD, READS[1]])
def test_gzip_is_cached_separately(app, client, league, path):
    answers = [response_and_origin(client, path, **headers) for headers in (GZIP, GZIP, {}, {})]
    assert [origin for _, origin in answers] == ["drawn_now", "ready", "drawn_before", "ready"]
    zipped, again, plain, plain_again = (answer for answer, _ in answers)
    assert zipped.data == again.data
    assert plain.data == plain_again.data == gzip.decompress(zipped.data)
    assert "Content-Encoding" not in plain_again.headers


@pytest.mark.parametrize("path", [BOARD, READS[0]])
def test_not_modified_is_cached_too(app, client, league, path):
    tag = client.get(path).headers["ETag"]
    first, origin = response_and_origin(client, path, **{"If-None-Match": tag})
    assert (first.status_code, origin) == (304, "")
    second, origin = response_and_origin(client, path, **{"If-None-Match": f'"older", {tag}'})
    assert (second.status_code, origin) == (304, "ready")
    assert second.data == b""
    assert second.headers["ETag"] == tag
    assert response_and_origin(client, path, **{"If-None-Match": '"older"'})[0].status_code == 200


@pytest.mark.parametrize("path", [BOARD, "/events/saturday-league/schedule/", *READS[:2]])
def test_a_page_is_never_older_than_what_was_saved_before(app, client, league, path):
    seen, tag = set(), ""
    for number in range(5):
        save(app, number, home=number + 1, away=0)
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        assert answer.data not in seen
        seen.add(answer.data)
        assert response_and_origin(client, path)[1] == "ready"
        tag = answer.headers["ETag"]


def test_what_another_process_saves_is_seen_at_once(app, client, league):
    client.get(BOARD)
    other = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with other.begin() as connection:
        connection.execute(text("UPDATE teams SET name = 'Aspen' WHERE name = 'Ash'"))
        connection.execute(text("UPDATE topics SET version = version + 1 WHERE key = 'event_1_results'"))
    other.dispose()
    answer, origin = response_and_origin(client, BOARD)
    assert origin == "drawn_now"
    assert b"Aspen" in answer.data


def test_another_events_result_draws_nothing_anew(app, client, league, make_event):
    make_event(name="Sunday League")
    first = client.get(BOARD)
    save(app, number=7)  # of the second event
    second, origin = response_and_origin(client, BOARD)
    assert origin == "drawn_before"
    assert second.data == first.data


def test_a_hidden_event_is_hidden_at_once(app, client, league):
    for path in (BOARD, READS[0]):
        assert client.get(path).status_code == 200
        assert response_and_origin(client, path)[1] == "ready"
    with app.app_context():
        event = db.session.get_one(Event, league)
        event.visibility = "private"
        db.session.commit()
        key = event.access_key
    for path in (BOARD, READS[0]):
        assert client.get(path).status_code == 404
        # What its key opens is kept for nobody.
        for _ in range(2):
            answer, origin = response_and_origin(client, f"{path}?key={key}")
            assert (answer.status_code, origin) == (200, "drawn_now")


def test_signed_in_users_get_pages_of_their_own(app, client, league, admin):
    organiser = app.test_client()
    sign_in(organiser, admin)  # which is a save
    client.get(BOARD)
    for _ in range(2):
        answer, origin = response_and_origin(organiser, BOARD)
        assert origin == ""
        assert b"Sign out" in answer.data
    visitor, origin = response_and_origin(client, BOARD)
    assert origin == "ready"
    assert b"Sign out" not in visitor.data


def test_a_page_with_a_flash_message_is_not_cached(app, league):
    visitor = app.test_client()
    with visitor.session_transaction() as session:
        session["_flashes"] = [("message", "Said once")]
    assert b"Said once" in visitor.get(BOARD).data
    assert b"Said once" not in visitor.get(BOARD).data
    assert b"Said once" not in app.test_client().get(BOARD).data


@pytest.mark.parametrize("path", ["/login/", "/setup/"])
def test_a_page_with_a_form_token_is_not_cached(app, client, path):
    app.config["WTF_CSRF_ENABLED"] = True
    make_user(app, "Ada", "administrator")
    first, second = (response_and_origin(app.test_client(), path) for _ in range(2))
    assert first[1] == second[1] == ""


def test_responses_to_a_token_are_not_cached(app, client, make_event, admin):
    event_id = make_event(status="DRAFT")
    with app.app_context():
        header = {"Authorization": f"Bearer {create_token(db.session.get_one(User, admin))}"}
    path = f"/api/events/{event_id}/leaderboard/"
    for _ in range(2):
        answer, origin = response_and_origin(client, path, **header)
        assert (answer.status_code, origin) == (200, "drawn_now")
        assert client.get(path).status_code == 404


def test_each_name_of_this_computer_has_pages_of_its_own(client, league):
    """The code to scan and the link hold the name that was asked for."""
    first = client.get("/events/saturday-league/", headers={"Host": "192.168.1.5:8000"})
    second = client.get("/events/saturday-league/", headers={"Host": "laptop:8000"})
    assert b"192.168.1.5:8000/events" in first.data
    assert b"laptop:8000/events" in second.data
    assert b"192.168.1.5" not in second.data
    assert first.headers["ETag"] != second.headers["ETag"]


def test_content_outside_the_database_is_rendered_again(app, client, league, monkeypatch):
    """Such as the laptop's address, which changes with the network."""
    monkeypatch.setattr(response_cache, "FRESH_SECONDS", 0.05)
    client.get(BOARD)
    assert response_and_origin(client, BOARD)[1] == "ready"
    time.sleep(0.06)
    assert response_and_origin(client, BOARD)[1] == "drawn_before"


def test_the_code_to_scan_follows_the_laptop_into_another_network(app, client, league, monkeypatch):
    monkeypatch.setattr(response_cache, "FRESH_SECONDS", 0.0)
    for address in ("192.168.1.5", "10.0.0.7"):
        monkeypatch.setattr("timely.blueprints.event_urls.lan_addresses", lambda address=address: [address])
        page = client.get("/events/saturday-league/", headers={"Host": "localhost:8000"})
        assert f"http://{address}:8000/events/".encode() in page.data


def test_a_notification_to_everybody_is_on_every_page_at_once(app, client, league, admin):
    client.get(BOARD)
    with app.app_context():
        notify(title="Thunder is near", by=db.session.get_one(User, admin))
    assert b"Thunder is near" in client.get(BOARD).data


def test_cached_responses_are_logged_and_counted(client, league, caplog):
    caplog.set_level("INFO", "timely.requests")
    timer = metrics.REQUEST_SECONDS.labels("page", "2xx")
    before = timer._sum.get()
    for _ in range(3):
        client.get(f"{BOARD}?n=1")
    assert [record.getMessage() for record in caplog.records] == [f"GET {BOARD} 200"] * 3
    assert timer._sum.get() > before
