"""`/` and `/healthz`."""

from typing import Any

from flask import Blueprint, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from launch.version import VERSION
from timely.domain.translation import lazy_pgettext
from timely.extensions import db
from timely.models import Event
from timely.models.topic import EVENTS
from timely.presenters.event_rows import event_card
from timely.presenters.row import Row
from timely.queries.events import public_events
from timely.queries.people import has_administrator
from timely.queries.public_view import as_public
from timely.queries.versions import epoch, versions_of
from timely.web.etags import with_etag

bp = Blueprint("home", __name__)

SECTIONS = (
    ("now", lazy_pgettext("events", "On now"), ("NOW",)),
    ("coming", lazy_pgettext("events", "Coming up"), ("COMING",)),
    ("finished", lazy_pgettext("events", "Finished"), ("FINISHED", "AWAITED", "CANCELLED")),
)


@bp.get("/")
def index() -> ResponseReturnValue:
    versions = versions_of([EVENTS])
    is_set_up = has_administrator()

    def make() -> str:
        rows = [(event.state, card(event)) for event in public_events()]
        sections: list[dict[str, Any]] = [
            {"key": key, "title": title, "events": [row for state, row in rows if state in states]}
            for key, title, states in SECTIONS
        ]
        live = {"topics": [EVENTS], "versions": versions, "epoch": epoch()}
        return render_template("home/index.html", sections=sections, live=live, is_set_up=is_set_up)

    return with_etag(versions, make, is_set_up)


def card(event: Event) -> Row:
    return {**event_card(as_public(event)), "href": url_for("events.show", slug=event.slug)}


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok", version=VERSION)
