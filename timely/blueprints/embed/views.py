"""Embedding in a club's own site: a small page for a frame, and the scripts that put it there."""

import json
from pathlib import Path

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from timely.blueprints.event_context import (
    divisions_shown,
    event_context,
    event_versions,
    tables_context,
    visible_event,
)
from timely.domain.translation import gettext
from timely.presenters.fixture_rows import fixture_row
from timely.queries.schedule import schedule
from timely.web import script_bundle
from timely.web.cors import frame_ancestors
from timely.web.etags import mark_shared, with_etag
from timely.web.query_arguments import chosen_argument
from timely.web.security_headers import content_policy
from timely.web.static_files import IMMUTABLE
from timely.web.time_slices import in_slices

bp = Blueprint("embed", __name__)

FRAMING = Path(script_bundle.STATIC, "js", "display", "embed.js")
THEMES = ("light", "dark")


@bp.get("/live.js")
def script() -> ResponseReturnValue:
    """The bundle that `Timely.live` needs."""
    return _whole_script(script_bundle.PARTS)


@bp.get("/page/live.js")
def own_script() -> ResponseReturnValue:
    """The same with the scripts of Timely's own live pages."""
    return _whole_script(script_bundle.PAGE_PARTS)


@bp.get("/embed/<slug>.js")
def framing(slug: str) -> ResponseReturnValue:
    """The script that inserts the frame at its own tag; it reads the event's name from its own address."""
    visible_event(slug)
    title = json.dumps(gettext("Live results"))  # no page of ours is there to hand it over
    return _javascript(FRAMING.read_text("utf-8").replace('"Live results"', title))


@bp.get("/embed/events/<slug>/leaderboard/", defaults={"part": "leaderboard"})
@bp.get("/embed/events/<slug>/schedule/", defaults={"part": "schedule"})
def page(slug: str, part: str) -> ResponseReturnValue:
    event = visible_event(slug)
    versions = event_versions(event)
    divisions_shown(event)  # recorded as an argument that the page depends on
    theme = chosen_argument("theme", THEMES)

    def make() -> str:
        if part == "leaderboard":
            more = tables_context(event)
        else:
            more = {"fixtures": [fixture_row(one) for one in in_slices(schedule(event))]}
        return render_template(f"embed/{part}.html", **(event_context(event, versions) | more), theme=theme)

    answer = make_response(with_etag(versions, make, event.version))
    answer.headers["Content-Security-Policy"] = content_policy(frame_ancestors())
    return answer


def _whole_script(parts: tuple[str, ...]) -> Response:
    answer = _javascript(script_bundle.text(parts))
    if chosen_argument("v", [script_bundle.fingerprint(parts)]):
        answer.headers["Cache-Control"] = IMMUTABLE
    mark_shared(answer)
    return answer


def _javascript(text: str) -> Response:
    answer = Response(text, mimetype="text/javascript")
    answer.add_etag()
    answer.make_conditional(request)
    return answer
