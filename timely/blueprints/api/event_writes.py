"""API writes of fixtures' times and pitches, and of announcements."""

from typing import Any

from flask import abort, jsonify
from flask.typing import ResponseReturnValue

from timely import access
from timely.blueprints.api.blueprint import bp
from timely.blueprints.api.json_body import Body
from timely.blueprints.api.reads import fixture_answer
from timely.blueprints.api.write_access import writable_fixture, writer
from timely.domain.statuses import ANNOUNCEMENT_TYPES, FIXTURE_STATUSES, PRIORITIES
from timely.domain.timetable import Violation
from timely.domain.translation import gettext
from timely.extensions import db
from timely.models import Event
from timely.presenters.announcement_rows import announcement_row
from timely.queries.pitches import pitch_named
from timely.services import announcements, fixtures
from timely.services.errors import RuleBroken
from timely.services.timetable_checks import ANYWAY
from timely.web.bearer_token import caller
from timely.web.language_choice import use_event_language


@bp.patch("/fixtures/<int:fixture_id>/")
def patch_fixture(fixture_id: int) -> ResponseReturnValue:
    fixture = writable_fixture(fixture_id, manages=True)
    body = Body()
    start_at, pitch_name = body.moment("start_at"), body.text("pitch", most=60)
    status, version = body.choice("status", FIXTURE_STATUSES, None), body.whole("version")
    force = body.flag("force")
    body.done()
    change: dict[str, Any] = {}
    if body.has("start_at"):
        change["start_at"] = start_at
    if body.has("pitch"):
        change["pitch"] = pitch_named(fixture.event, pitch_name) if pitch_name else None
        if pitch_name and change["pitch"] is None:
            fault = gettext("There is no pitch %(pitch)s in this event.", pitch=repr(pitch_name))
            raise RuleBroken(fault, field="pitch")
    remarks: list[Violation] = []
    fixtures.patch(
        fixture,
        **change,
        status=status,
        by=caller(),
        seen_version=version,
        accepted=ANYWAY if force else "",
        remarks=remarks,
    )
    answer = fixture_answer(fixture)
    return jsonify({**answer, "remarks": [str(one.words) for one in remarks]} if remarks else answer)


@bp.post("/events/<int:event_id>/announcements/")
def post_announcement(event_id: int) -> ResponseReturnValue:
    event = db.session.get(Event, event_id)
    user = writer()
    if event is None or not access.may_see(user, event, None):
        abort(404)
    use_event_language(event)
    access.require(access.may_manage(user, event))
    body = Body()
    title, message = body.text("title", most=120, required=True), body.text("message", most=2000, lines=True)
    kind = body.choice("type", ANNOUNCEMENT_TYPES, "info")
    priority = body.choice("priority", PRIORITIES, "normal")
    publish_at, expires_at = body.moment("publish_at"), body.moment("expires_at")
    body.done()
    made = announcements.announce(
        event,
        title=title,
        message=message,
        type=kind,
        priority=priority,
        publish_at=publish_at,
        expires_at=expires_at,
        by=user,
    )
    return jsonify(announcement_row(made)), 201
