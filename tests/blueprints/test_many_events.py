"""Lists of events: they ask the database as often for many events as for one, and for none of their games."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import LEAGUE, sign_in
from tests.statements import statements
from timely.event_file.read import read_event
from timely.extensions import db
from timely.live.message_types.event_update import events_update
from timely.models import Change, Event
from timely.models.topic import EVENTS
from timely.queries.event_counts import event_counts, played_counts
from timely.queries.public_view import as_public
from timely.queries.schedule import played_count
from timely.services.event_files import import_event
from timely.services.freeze import freeze
from timely.services.results import enter_score
from timely.services.score_validation import Score

MORE = 6


def more_events(app: Flask, count: int) -> list[int]:
    with app.app_context():
        return [import_event(read_event({**LEAGUE, "name": f"League {number}"})).id for number in range(count)]


@pytest.mark.parametrize(
    "path", ["/", "/api/events/", "/matches/?day=2026-11-28", "/admin/events/", "/admin/results/?event=1"]
)
def test_a_page_of_many_events_takes_as_many_statements_as_of_one(
    app: Flask, client: FlaskClient, admin: int, path: str
) -> None:
    def asked(count: int) -> list[str]:
        more_events(app, count)
        with app.app_context(), statements() as found:
            page = client.get(path).text
        assert f"League {count - 1}" in page
        return found

    if path.startswith("/admin/"):
        sign_in(client, admin)
    client.get("/admin/events/new/")  # what only the first page asks
    assert len(asked(1)) == len(asked(MORE))


@pytest.mark.parametrize("path", ["/", "/matches/", "/admin/events/"])
def test_a_list_reads_no_rules(app: Flask, client: FlaskClient, admin: int, path: str) -> None:
    more_events(app, 1)
    if path.startswith("/admin/"):
        sign_in(client, admin)
    with app.app_context(), statements() as found:
        assert client.get(path).status_code == 200
    assert any("FROM events" in one for one in found)
    assert not any("events.rules" in one for one in found)


def test_the_message_of_one_changed_event_reads_no_other(app: Flask) -> None:
    def asked(of: int) -> list[str]:
        change = Change(topic=EVENTS, version=2, kind="event", record_id=of, action="updated")
        with app.app_context(), statements() as found:
            rows = events_update([change])["events"]
        assert [row["event_id"] for row in rows] == [of]
        return found

    (first,) = more_events(app, 1)
    alone = asked(first)
    more_events(app, MORE)
    assert len(asked(first)) == len(alone)
    with app.app_context(), statements() as found:
        assert len(events_update(None)["events"]) == 1 + MORE
    assert len(found) == len(alone)


def test_numbers_of_many_events_are_those_of_each(app: Flask, in_app: None) -> None:
    ids = more_events(app, 3)
    events = [db.session.get_one(Event, id_) for id_ in ids]
    for number, event in enumerate(events):
        for fixture in event.fixtures[: number + 1]:
            enter_score(fixture, Score(2, 1), by=None, running=fixture.id == event.fixtures[0].id)
        event.fixtures[-1].status = "CANCELLED"
        db.session.commit()
    freeze(events[2], by=None)
    enter_score(events[2].fixtures[4], Score(3, 0), by=None)
    views = [as_public(event) for event in events]
    assert played_counts(views) == {event.id: played_count(event) for event in views}
    counts = event_counts(events)
    assert [(one.teams, one.arranged, one.games, one.played) for one in counts.values()] == [
        (4, 6, 5, 0),
        (4, 6, 5, 1),
        (4, 6, 5, 3),
    ]
    assert event_counts([]) == {}
