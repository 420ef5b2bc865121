"""`/admin/events/<id>/teams/groups/`: who plays in which group."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.managed import managed_event
from timely.blueprints.teams.forms import LETTERS, GroupsForm, dealt, group_names, saved_groups
from timely.blueprints.teams.views import bp
from timely.models import Event, Team
from timely.services.faults import RuleBroken
from timely.services.stages import split_into_groups


@bp.route("/groups/", methods=["GET", "POST"])
def groups(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    form = GroupsForm()
    chosen = saved_groups(event)
    count = request.args.get("count", "")
    if request.method == "GET" and count.isascii() and count.isdecimal() and 1 <= int(count[:3]) <= len(LETTERS):
        chosen = dealt(event.teams, int(count[:3]))
    if form.validate_on_submit():
        chosen = {team.id: request.form.get(f"group-{team.id}", "") for team in event.teams}
        try:
            split_into_groups(event, read(event, chosen), by=current_user)
        except RuleBroken as broken:
            form.add_fault(broken)
        else:
            flash("The groups are saved.", "success")
            return redirect(url_for(".index", event_id=event.id))
    page = render_template(
        "teams/groups.html",
        event=event,
        form=form,
        chosen=chosen,
        names=group_names(event),
        count=count or max(2, len(set(chosen.values()) - {""})),
        is_played=any(fixture.result and not fixture.is_knockout for fixture in event.fixtures),
    )
    return page, 422 if form.errors else 200


def read(event: Event, chosen: dict[int, str]) -> dict[str, list[Team]]:
    """The teams of each group that was chosen, in the order of their names. Raises RuleBroken for an unknown one."""
    names = group_names(event)
    found: dict[str, list[Team]] = {}
    for team in event.teams:
        name = chosen[team.id]
        if name and name not in names:
            raise RuleBroken("Choose each group from the list.")
        found.setdefault(name, []).append(team)
    without = found.pop("", [])
    if without and found:
        who = f"{without[0].name} is" if len(without) == 1 else f"{len(without)} teams are"
        raise RuleBroken(f"{who} in no group yet.")
    return {name: found[name] for name in sorted(found, key=names.index)}
