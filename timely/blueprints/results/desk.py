"""Template context of the results desk: games by urgency, with the tables beside them."""

from typing import Any

from flask import url_for

from timely import access
from timely.blueprints.event_access import events_for_results
from timely.blueprints.event_context import event_versions, live_of
from timely.blueprints.lot_form import urgent_lot_forms
from timely.blueprints.results.forms import ResultForm
from timely.blueprints.viewer_numbers import event_numbers
from timely.domain.game_states import NOW
from timely.domain.statuses import CALLED_OFF
from timely.domain.translation import lazy_pgettext
from timely.models import Event, Fixture, User
from timely.models.read_only import FixtureView, ResultView
from timely.presenters.date_text import time_text
from timely.presenters.desk_sections import SECTIONS, section_of
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.row import Row
from timely.presenters.table_rows import table_row
from timely.queries.events import undefer
from timely.queries.listed_fixtures import listed_fixtures
from timely.queries.tables import leaderboard
from timely.web.time_slices import in_slices

RESULT_WORDS = {
    "PENDING": lazy_pgettext("result", "pending"),
    "VERIFIED": lazy_pgettext("result", "verified"),
    "FINAL": lazy_pgettext("result", "final"),
}
LIVE, NO_FULL_TIME = lazy_pgettext("game", "live"), lazy_pgettext("game", "no full time")
ANNULLED, WALKOVER = lazy_pgettext("result", "annulled"), lazy_pgettext("game", "walkover")
SCORE_FIELDS = ("home_score", "away_score", "home_pens", "away_pens")


def event_to_open(user: User, asked: str) -> Event | None:
    """The event with the id *asked*, if the user may enter results there; else the most likely one."""
    mine = events_for_results(user)
    order = {"LIVE": 0, "PUBLISHED": 1, "DRAFT": 2}
    likely = min(mine, key=lambda event: order.get(event.status, 3), default=None)
    opened = next((event for event in mine if str(event.id) == asked), likely)
    if opened is not None:
        undefer([opened])
    return opened


def desk_context(event: Event, user: User, refused: tuple[Fixture, ResultForm] | None = None) -> dict[str, Any]:
    """The desk's context. The first game that needs a result gets the cursor."""
    may_manage = access.may_manage(user, event)
    fixtures = [one for one in listed_fixtures(event) if may_manage or access.may_enter_result(user, one)]
    rows: dict[str, list[Row]] = {key: [] for key, _ in SECTIONS}
    desk_path = url_for("results.desk")
    for fixture in in_slices(fixtures):
        row = desk_row(fixture, event, refused, may_manage) | {"href": f"{desk_path}{fixture.id}/"}
        rows[section_of(fixture)].append(row)
    rows["done"].reverse()
    wanting = [*rows["now"], *rows["due"], *rows["coming"]]
    focus = next((row["id"] for row in wanting if row["takes_score"]), None)
    versions = event_versions(event)
    return {
        "event": event,
        "events": events_for_results(user),
        "sections": [(key, title, rows[key]) for key, title in SECTIONS if rows[key]],
        "due_count": len(rows["due"]),
        "now_count": len(rows["now"]),
        "game_count": len(fixtures),
        "focus": refused[0].id if refused else focus,
        "tables": [table_row(table) for table in leaderboard(event)],
        # Messages carry the public view: while the tables are held back, they would overwrite what the desk shows.
        "live": None
        if event.frozen
        else {
            **live_of(event, versions),
            "key": event.access_key if event.visibility == "private" else "",
        },
        "watching": {
            "text": event_numbers(event)["watching_text"],
            "href": url_for("monitor.numbers", event=event.id),
        },
        "may_manage": may_manage,
        "ties": urgent_lot_forms(event, fixtures) if may_manage else [],
    }


def desk_row(fixture: FixtureView, event: Event, refused: tuple[Fixture, ResultForm] | None, may_manage: bool) -> Row:
    """The fixture's row with what the desk adds: who saved it, and refused input."""
    row = fixture_row(fixture)
    result = fixture.result
    saved = ""
    if result:
        at = result.entered_at.astimezone(event.zone)
        word = RESULT_WORDS[result.status]
        if result.running:
            word = LIVE if fixture.state == NOW else NO_FULL_TIME
        how = ANNULLED if result.annulled else WALKOVER if fixture.status == "WALKOVER" else ""
        saved = ", ".join(filter(None, (str(how), str(word), f"{result.entered_by} {time_text(at)}")))
    row |= {
        "takes_score": not is_final(result)
        and fixture.home_team_id is not None
        and fixture.away_team_id is not None
        and fixture.status not in CALLED_OFF,
        "saved_text": saved,
        # A level knockout game needs penalties, so the row has fields for them.
        "takes_pens": fixture.is_knockout and not event.sport_kind.halves,
        **{name: getattr(result, name, None) for name in ("home_pens", "away_pens")},
        "place_text": " · ".join(filter(None, (row["round_text"], row["group_text"], row.get("division", "")))),
        # When an organiser saves a scorer's result it becomes final, so the button confirms it.
        "confirms": bool(result and not result.running and may_manage and not event.second_person),
        "errors": [],
        "typed": None,
    }
    if event.sport_kind.halves:
        typed = {side: row.get(f"{side}_text", "") for side in ("home_score", "away_score")}
        row |= {"halves": True, "typed": typed}
    if refused and refused[0].id == fixture.id:
        form = refused[1]
        raw = {name: (form[name].raw_data or [""])[0] for name in SCORE_FIELDS}
        row |= {"errors": form.words(), "typed": raw, "version": form.version.data or row["version"]}
    return row


def is_final(result: ResultView | None) -> bool:
    return result is not None and result.status == "FINAL" and not result.running


def desk_href(fixture: Fixture) -> str:
    """The desk of the game's event, to go on from this game."""
    return url_for("results.desk", event=fixture.event_id, after=fixture.id)
