"""Conflict page of a result: a score that was saved while another was typed, and the typed one beside it."""

from flask import render_template
from flask_login import current_user

from timely.blueprints.results.desk import RESULT_WORDS, desk_href, is_final
from timely.blueprints.results.forms import ResultForm
from timely.blueprints.results.pending_changes import typed_text
from timely.domain.translation import gettext, lazy_pgettext, pgettext
from timely.models import Fixture, Result
from timely.presenters.fixture_rows import fixture_row
from timely.presenters.play_text import play_text
from timely.presenters.score_text import score_text

# As they are named beside the typed state, before the status of the result.
SAVED_STATES = {
    "SCHEDULED": lazy_pgettext("state of a game", "Scheduled"),
    "LIVE": lazy_pgettext("state of a game", "Live"),
    "FINISHED": lazy_pgettext("state of a game", "Finished"),
    "POSTPONED": lazy_pgettext("state of a game", "Postponed"),
    "CANCELLED": lazy_pgettext("state of a game", "Cancelled"),
    "ABANDONED": lazy_pgettext("state of a game", "Abandoned"),
    "WALKOVER": lazy_pgettext("state of a game", "Walkover"),
}


def is_saved_already(fixture: Fixture, form: ResultForm) -> bool:
    """Whether the same user has already saved exactly this."""
    result = fixture.result
    if result is None or result.annulled or result.entered_by_id != current_user.id:
        return False
    is_same_score = score_text(fixture) == typed_text(fixture, form.score())
    is_same_play = all(saved == typed for _, saved, typed in _details_lines(form, result))
    asked = form.status.data or result.status
    return is_same_score and is_same_play and form.running.data == result.running and asked == result.status


def conflict_page(fixture: Fixture, form: ResultForm) -> str:
    """The saved values beside the typed ones, and a button to save those anyway."""
    row = fixture_row(fixture)
    typed = typed_text(fixture, form.score())
    result = fixture.result
    return render_template(
        "results/conflict.html",
        fixture=row,
        form=form,
        saved_by=result.entered_by if result else "",
        lines=[
            (gettext("Score"), row["score_text"] or pgettext("score", "none"), typed),
            *_details_lines(form, result),
            (
                gettext("State"),
                _state(row["status"], row["result_status"]),
                pgettext("state of a game", "Live") if form.running.data else gettext("Result"),
            ),
        ],
        needs_reason=is_final(result),
        version=fixture.version,
        desk_href=desk_href(fixture),
    )


def _details_lines(form: ResultForm, result: Result | None) -> list[tuple[str, str, str]]:
    """The sets, periods or innings, if they are saved or typed."""
    extra = form.extra()
    saved = play_text(result.extra) if result else ""
    typed, none = saved if extra is None else play_text(extra), pgettext("score", "none")
    return [(gettext("In detail"), saved or none, typed or none)] if saved or typed else []


def _state(status: str, result_status: str | None) -> str:
    state = str(SAVED_STATES[status])
    return f"{state}, {RESULT_WORDS[result_status]}" if result_status and status != "LIVE" else state
