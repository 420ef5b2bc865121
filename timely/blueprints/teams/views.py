"""`/admin/events/<id>/teams/`: paste, rename, colour and delete teams."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.conflict_page import conflict_lines_page, shown
from timely.blueprints.event_access import managed_event, organisers_blueprint, part_of
from timely.blueprints.name_lists import take_names
from timely.blueprints.teams.forms import TITLES, TeamLine, TeamsForm, line_of, saved_groups
from timely.blueprints.undo_flash import flash_done
from timely.database.transactions import writing
from timely.domain.translation import gettext
from timely.models import Event, Team
from timely.services import teams
from timely.services.errors import RuleBroken, StaleVersion
from timely.services.groups import late_entries, ungrouped
from timely.services.stages import fixtures_of
from timely.web.fields import colours

bp = organisers_blueprint("teams", __name__, "/admin/events/<int:event_id>/teams")


@bp.get("/")
def index(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    return page(event, TeamsForm().for_event(event))


@bp.post("/")
def add(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    form = TeamsForm().for_event(event)
    add_teams = partial(teams.add_teams, division=form.chosen_division(event))
    return take_names(event, form, add_teams) or (page(event, form), 422)


@bp.post("/change/")
def change(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    lines = {
        team.id: line_of(team, event, request.form) for team in event.teams if f"team-{team.id}-name" in request.form
    }
    touched = {id_: line for id_, line in lines.items() if not line.validate() or line.is_touched}
    if not any(line.errors for line in touched.values()):
        try:
            with writing():
                now = {id_: line_of(part_of(event, Team, id_), event) for id_ in touched}
                stale = [id_ for id_, typed in touched.items() if typed.was.data != now[id_].was.data]
                if stale:
                    raise StaleVersion(-1, -1)
                details = {id_: line.details() for id_, line in touched.items()}
                changed = teams.change_teams(event, details, by=current_user)
        except StaleVersion:
            return conflict_answer(event, touched)
        except RuleBroken as broken:
            add_faults(broken, lines)
        else:
            flash_done(gettext("Nothing was changed.") if not changed else gettext("Saved."), event)
            return redirect(url_for(".index", event_id=event.id))
    return page(event, TeamsForm(formdata=None).for_event(event), lines), 422


@bp.route("/<int:team_id>/delete/", methods=["GET", "POST"])
def delete(event_id: int, team_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    team = part_of(event, Team, team_id)
    name = team.name
    if request.method == "POST":
        try:
            teams.delete_team(team, by=current_user)
        except RuleBroken as broken:
            flash(broken.message, "error")
        else:
            flash_done(gettext("%(name)s is deleted.", name=name), event)
        return redirect(url_for(".index", event_id=event.id))
    return render_template("teams/delete.html", event=event, team=team, games=teams.games_of(team))


def conflict_answer(event: Event, touched: dict[int, TeamLine]) -> ResponseReturnValue:
    """409: lines that somebody else has saved since the page was rendered, beside what was typed."""
    lines: list[tuple[str, str, str]] = []
    seen: dict[str, str] = {}
    for id_, typed in touched.items():
        saved = line_of(part_of(event, Team, id_), event)
        if typed.was.data == saved.was.data:
            continue
        seen[typed.was.name] = saved.was.data or ""
        fields = [field for field in typed if field.type != "HiddenField"]
        lines += [
            (
                gettext("%(field)s of %(team)s", field=field.label.text, team=saved.name.data),
                shown(saved[field.short_name]),
                shown(field),
            )
            for field in fields
            if shown(field) != shown(saved[field.short_name])
        ]
    return conflict_lines_page(str(TITLES[event.entrants]), lines, seen, url_for(".index", event_id=event.id))


def page(event: Event, form: TeamsForm, lines: dict[int, TeamLine] | None = None) -> str:
    lines = lines or {}
    grouped = {stage.division_id for stage in event.stages if stage.kind == "groups"}
    order = {division.id: number for number, division in enumerate(event.divisions)}
    division_ids: list[int | None] = [*order] or [None]
    listed = sorted(event.teams, key=lambda team: order.get(team.division_id or 0, -1))
    return render_template(
        "teams/index.html",
        event=event,
        form=form,
        lines=[(team, lines.get(team.id) or line_of(team, event)) for team in listed],
        division_names={division.id: division.name for division in event.divisions},
        groups={id_: name for division_id in grouped for id_, name in saved_groups(event, division_id).items()},
        grouped=grouped,
        may_join=late_entries(event),
        ungrouped=ungrouped(event, listed),
        arranged=all(fixtures_of(event, division_id) for division_id in division_ids),
        are_wrong=any(line.errors for line in lines.values()),
        colours=colours(),
    )


def add_faults(broken: RuleBroken, lines: dict[int, TeamLine]) -> None:
    """Adds a service's errors to the lines: "name-7" is the name of team 7."""
    for key, message in broken.fields.items():
        name, _, number = key.partition("-")
        field = lines[int(number)][name]
        field.errors = [*field.errors, message]
