"""`/admin/events/<id>/teams/groups/`: split the teams into groups."""

from collections.abc import Mapping, Sequence

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.conflict_page import conflict_lines_page
from timely.blueprints.event_access import managed_event
from timely.blueprints.teams.forms import LETTERS, GroupsForm, group_names, mark_of_groups, saved_groups, snake_groups
from timely.blueprints.teams.views import bp
from timely.blueprints.undo_flash import flash_done
from timely.database.transactions import writing
from timely.domain.translation import gettext, lazy_gettext, ngettext
from timely.models import Division, Event, Team
from timely.services.errors import RuleBroken, StaleVersion, require_current
from timely.services.stages import fixtures_of, split_into_groups

NO_GROUP = lazy_gettext("in no group")


@bp.route("/groups/", methods=["GET", "POST"])
def groups(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    division = chosen_division(event)
    division_id = division.id if division else None
    form = GroupsForm()
    chosen = saved_groups(event, division_id)
    if request.method == "GET":
        form.was.data = mark_of_groups(chosen)
    everybody = [team for team in event.teams if team.division_id == division_id]
    count = request.args.get("count", "")
    if request.method == "GET" and count.isascii() and count.isdecimal() and 1 <= int(count[:3]) <= len(LETTERS):
        chosen = snake_groups(everybody, int(count[:3]))
    names = group_names(event, division_id)
    if form.validate_on_submit():
        chosen = {team.id: request.form.get(f"group-{team.id}", "") for team in everybody}
        try:
            with writing():
                require_current(form.was.data or None, mark_of_groups(saved_groups(event, division_id)))
                split_into_groups(event, read(everybody, chosen, names), by=current_user, division_id=division_id)
        except StaleVersion:
            return conflict_answer(event, everybody, saved_groups(event, division_id), chosen)
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            flash_done(gettext("The groups are saved."), event)
            return redirect(url_for(".index", event_id=event.id))
    page = render_template(
        "teams/groups.html",
        event=event,
        form=form,
        division=division,
        everybody=everybody,
        chosen=chosen,
        names=names,
        count=count or max(2, len(set(chosen.values()) - {""})),
        is_played=any(fixture.result and not fixture.is_knockout for fixture in fixtures_of(event, division_id)),
    )
    return page, 422 if form.errors else 200


def conflict_answer(
    event: Event, teams: Sequence[Team], saved: Mapping[int, str], typed: Mapping[int, str]
) -> ResponseReturnValue:
    """409: each team's saved group beside the one chosen on an outdated page."""
    lines = [
        (team.name, saved.get(team.id) or str(NO_GROUP), typed[team.id] or str(NO_GROUP))
        for team in teams
        if saved.get(team.id, "") != typed[team.id]
    ]
    return conflict_lines_page(
        gettext("Groups"),
        lines,
        {"was": mark_of_groups(saved)},
        url_for(".groups", event_id=event.id, division=request.args.get("division")),
    )


def chosen_division(event: Event) -> Division | None:
    """The division named in the address; 404 if the event does not have it, or has divisions and none is named."""
    asked = request.args.get("division", "")
    if not asked and not event.divisions:
        return None
    return next((one for one in event.divisions if str(one.id) == asked), None) or abort(404)


def read(teams: Sequence[Team], chosen: dict[int, str], names: Sequence[str]) -> dict[str, list[Team]]:
    """{group name: its teams}, by name. Raises RuleBroken for an unknown group, or if only some teams have one."""
    found: dict[str, list[Team]] = {}
    for team in teams:
        name = chosen[team.id]
        if name and name not in names:
            raise RuleBroken(gettext("Choose each group from the list."))
        found.setdefault(name, []).append(team)
    without = found.pop("", [])
    if without and found:
        if len(without) == 1:
            raise RuleBroken(gettext("%(team)s is in no group yet.", team=without[0].name))
        number = len(without)
        raise RuleBroken(ngettext("%(num)s team is in no group yet.", "%(num)s teams are in no group yet.", number))
    return {name: found[name] for name in sorted(found, key=names.index)}
