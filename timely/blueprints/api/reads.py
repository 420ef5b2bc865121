"""API reads: published public events, and private ones with their key."""

from collections.abc import Callable
from typing import Any

from flask import abort, jsonify
from flask.typing import ResponseReturnValue

from timely import access
from timely.blueprints.api.blueprint import bp
from timely.blueprints.event_context import event_versions, key_sent
from timely.extensions import db
from timely.models import Event, Fixture
from timely.models.read_only import EventView, FixtureView
from timely.models.topic import EVENTS
from timely.presenters.announcement_rows import announcement_row
from timely.presenters.bracket import bracket_row
from timely.presenters.comparison_rows import read_comparison
from timely.presenters.event_rows import event_entry, event_row
from timely.presenters.final_places import decided_places_rows
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.table_rows import read_table
from timely.queries.announcements import announcements
from timely.queries.brackets import event_brackets
from timely.queries.comparisons import comparisons
from timely.queries.events import public_events
from timely.queries.final_places import final_places
from timely.queries.public_view import as_public, public_fixture
from timely.queries.schedule import played_count, schedule
from timely.queries.tables import leaderboard
from timely.queries.versions import epoch, versions_of
from timely.web.bearer_token import caller
from timely.web.etags import with_etag
from timely.web.language_choice import use_event_language
from timely.web.time_slices import in_slices


@bp.get("/events/")
def events() -> ResponseReturnValue:
    return with_etag(
        versions_of([EVENTS]), lambda: jsonify(events=[event_entry(event) for event in public_events()], epoch=epoch())
    )


@bp.get("/events/<int:event_id>/")
def event(event_id: int) -> ResponseReturnValue:
    def make(event: EventView, versions: dict[str, int]) -> dict[str, Any]:
        row = event_row(event, played_count(event))
        return {"id": event.id, **row, "epoch": epoch(), "version": versions["event"], "versions": versions}

    return _answer(event_id, make)


@bp.get("/events/<int:event_id>/leaderboard/")
def event_leaderboard(event_id: int) -> ResponseReturnValue:
    def make(event: EventView, versions: dict[str, int]) -> dict[str, Any]:
        boards = leaderboard(event)
        tables = [read_table(table) for table in boards]
        compared = [read_comparison(one) for one in comparisons(event, boards)]
        places = decided_places_rows(final_places(event, boards))
        return _topic(event, versions, "results") | {
            "tables": tables,
            "comparisons": compared,
            "final_places": places,
        }

    return _answer(event_id, make)


@bp.get("/events/<int:event_id>/schedule/")
def event_schedule(event_id: int) -> ResponseReturnValue:
    def make(event: EventView, versions: dict[str, int]) -> dict[str, Any]:
        return _topic(event, versions, "schedule") | {
            "fixtures": [fixture_row(one) for one in in_slices(schedule(event))]
        }

    return _answer(event_id, make)


@bp.get("/events/<int:event_id>/bracket/")
def event_bracket(event_id: int) -> ResponseReturnValue:
    def make(event: EventView, versions: dict[str, int]) -> dict[str, Any]:
        divisions = [bracket_row(bracket) for bracket in event_brackets(event)]
        return _topic(event, versions, "schedule") | {"divisions": divisions}

    return _answer(event_id, make)


@bp.get("/events/<int:event_id>/announcements/")
def event_announcements(event_id: int) -> ResponseReturnValue:
    def make(event: EventView, versions: dict[str, int]) -> dict[str, Any]:
        rows = [announcement_row(one) for one in announcements(event)]
        return _topic(event, versions, "announcements") | {"announcements": rows}

    return _answer(event_id, make)


@bp.get("/fixtures/<int:fixture_id>/")
def fixture(fixture_id: int) -> ResponseReturnValue:
    found = db.session.get(Fixture, fixture_id) or abort(404)
    return _answer(found.event_id, lambda event, versions: fixture_answer(public_fixture(found)))


def _answer(event_id: int, make: Callable[[EventView, dict[str, int]], dict[str, Any]]) -> ResponseReturnValue:
    event = db.session.get(Event, event_id)
    if event is None or not access.may_see(caller(), event, key_sent(event)):
        abort(404)
    use_event_language(event)
    versions = event_versions(event)
    return with_etag(versions, lambda: jsonify(make(as_public(event), versions)))


def _topic(event: EventView, versions: dict[str, int], key: str) -> dict[str, Any]:
    return {"event_id": event.id, "epoch": epoch(), "version": versions[key]}


def fixture_answer(fixture: FixtureView) -> dict[str, Any]:
    """One fixture, as the response to reads and writes."""
    return fixture_row(fixture) | {"epoch": epoch()}
