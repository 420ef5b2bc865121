"""`/admin/live/`: spectators by event, transport and page, and the state of the server."""

from typing import Any

from flask import current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely import access
from timely.blueprints.event_access import organisers_blueprint, record_or_404
from timely.blueprints.monitor.server import server_numbers
from timely.blueprints.viewer_numbers import event_numbers, numbers
from timely.models import Event
from timely.models.ids import read_id
from timely.presenters.chart import HEIGHT, SMALL_HEIGHT, SMALL_WIDTH, WIDTH
from timely.queries.events import events_of

bp = organisers_blueprint("monitor", __name__, "/admin/live")


@bp.get("/")
def index() -> ResponseReturnValue:
    access.require(access.may_notify(current_user))
    return render_template(
        "monitor/index.html",
        numbers=all_numbers(),
        size=(WIDTH, HEIGHT),
        small=(SMALL_WIDTH, SMALL_HEIGHT),
        refresh_seconds=10,
    )


@bp.get("/numbers/", endpoint="numbers")
def numbers_() -> ResponseReturnValue:
    """The page's numbers as JSON; with `?event=7` only those of that event's desk, which its scorers may read too."""
    asked = request.args.get("event")
    if asked:
        event = record_or_404(Event, read_id(asked))
        access.require(access.may_see(current_user, event, None) and access.may_enter_results(current_user, event))
        return jsonify(event_numbers(event))
    access.require(access.may_notify(current_user))
    return jsonify(all_numbers())


def all_numbers() -> dict[str, Any]:
    """All numbers of the page; the keys are the names of its lists."""
    return {**numbers(list(events_of(current_user))), **server_numbers(current_app.extensions["timely.monitor"])}
