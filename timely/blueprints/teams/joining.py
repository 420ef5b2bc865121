"""`/admin/events/<id>/teams/<team id>/group/`: a team without games joins or changes its group, at any time."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, HiddenField

from timely.blueprints.change_preview import PendingChange, previewed
from timely.blueprints.conflict_page import conflict_lines_page
from timely.blueprints.event_access import managed_event, part_of
from timely.blueprints.teams.views import bp
from timely.blueprints.undo_flash import flash_done
from timely.domain.translation import gettext, lazy_gettext
from timely.models import Event, Group, Team, User
from timely.presenters.round_text import table_text
from timely.services.advancement import Rulings
from timely.services.errors import RuleBroken, StaleVersion
from timely.services.groups import group_of, join_group, open_groups, without_games
from timely.web.fields import BaseForm, ChoiceField, read_version


class JoinForm(BaseForm):
    group = ChoiceField(lazy_gettext("Group"))
    was = HiddenField()  # the team's group when the form was rendered
    arrange = BooleanField(lazy_gettext("Arrange its games against the others of the group"))

    def for_team(self, event: Event, team: Team) -> None:
        self.group.offer([(str(group.id), table_text(group.title)) for group in open_groups(event, team)])


@bp.route("/<int:team_id>/group/", methods=["GET", "POST"], endpoint="join")
def join(event_id: int, team_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    team = part_of(event, Team, team_id)
    now = group_of(event, team)
    form = JoinForm(data=None if request.method == "POST" else saved_values(now))
    form.for_team(event, team)
    if form.validate_on_submit():
        group = next(one for one in open_groups(event, team) if str(one.id) == form.group.data)
        try:
            preview = previewed(group_change(event, team, group, form), skip_if_free=True)
        except StaleVersion:
            lines = [
                (gettext("Group"), table_text(now.title) if now else gettext("in no group"), table_text(group.title))
            ]
            return conflict_lines_page(team.name, lines, {"was": saved_values(now)["was"]}, request.path)
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            return preview or done(event, _done_text(team, group))
    page = render_template(
        "teams/join.html",
        event=event,
        team=team,
        form=form,
        now=now,
        groups=open_groups(event, team),
        is_free=team.id in without_games(event),
    )
    return page, 422 if form.errors else 200


def done(event: Event, text: str) -> ResponseReturnValue:
    flash_done(text, event)
    return redirect(url_for("teams.index", event_id=event.id))


def saved_values(now: Group | None) -> dict[str, Any]:
    id_ = str(now.id) if now else ""
    return {"group": id_, "was": id_ or "0", "arrange": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange(PendingChange):
    team: Team
    group: Group
    arrange: bool
    seen_group: int | None

    def make(self, *, by: User, reason: str = "", rulings: Rulings | None = None) -> None:
        join_group(self.team, self.group, arrange=self.arrange, by=by, rulings=rulings, seen_group=self.seen_group)


def group_change(event: Event, team: Team, group: Group, form: JoinForm) -> GroupChange:
    arrange = form.arrange.data
    return GroupChange(
        event=event,
        team=team,
        group=group,
        arrange=arrange,
        seen_group=read_version(form.was.data) if form.was.data else None,
        title=_title(team, group),
        lead=gettext("Its games have no times yet: give them some under Timetable.") if arrange else "",
        button=gettext("Save it"),
        back_href=request.path,
    )


def _title(team: Team, group: Group) -> str:
    if not group.name:
        return gettext("%(team)s plays in the table", team=team.name)
    return gettext("%(team)s plays in %(group)s", team=team.name, group=table_text(group.title))


def _done_text(team: Team, group: Group) -> str:
    if not group.name:
        return gettext("%(team)s plays in the table.", team=team.name)
    return gettext("%(team)s plays in %(group)s.", team=team.name, group=table_text(group.title))
