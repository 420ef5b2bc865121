"""`/display/<name>/`: full-screen display that rotates by itself. An event's first display is named like its slug.

`?lang=de` is a display in German, `?lang=de,fr` one that shows a whole turn of its screens in each of the two.
"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from timely.blueprints.event_brackets import hall_brackets
from timely.blueprints.event_context import (
    divisions_shown,
    event_context,
    event_versions,
    tables_context,
    visible_event,
)
from timely.clock import now
from timely.presenters.utc_offsets import clock_changes
from timely.queries.brackets import event_brackets
from timely.web.etags import with_etag
from timely.web.language_menu import other_language_address

bp = Blueprint("display", __name__, url_prefix="/display")


@bp.get("/<name>/")
def show(name: str) -> ResponseReturnValue:
    event = visible_event(name)
    versions = event_versions(event)
    divisions_shown(event)  # recorded as an argument that the page depends on
    other = other_language_address()

    def make() -> str:
        found = event_brackets(event)
        return render_template(
            "display/show.html",
            other_language=other,
            clock_changes=clock_changes(event.zone, now()),
            **hall_brackets(found),
            **(event_context(event, versions) | tables_context(event, found)),
        )

    return with_etag(versions, make, event.version, other)
