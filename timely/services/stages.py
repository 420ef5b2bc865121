"""Stages and groups: the one table of a league, or one for each group; each division has its own."""

from collections.abc import Iterable, Mapping, Sequence

from timely.database.transactions import writing
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.extensions import db
from timely.models import Entry, Event, Fixture, Group, Stage, Team, User
from timely.presenters.round_text import away_name, home_name
from timely.services import audit
from timely.services.advancement import follow_arranged
from timely.services.errors import RuleBroken
from timely.services.side_labels import read_labels


def stages_of(event: Event, division_id: int | None) -> list[Stage]:
    """The stages of a division, in order; None stands for an event without divisions."""
    return [stage for stage in event.stages if stage.division_id == division_id]


def table_stage(event: Event, division_id: int | None = None) -> Stage | None:
    """The stage whose games count in tables."""
    return next((stage for stage in stages_of(event, division_id) if stage.kind != "knockout"), None)


def table_groups(event: Event) -> list[Group]:
    """All tables, those of the first division first."""
    order = {division.id: number for number, division in enumerate(event.divisions)}
    stages = [stage for stage in event.stages if stage.kind != "knockout"]
    stages.sort(key=lambda stage: order.get(stage.division_id or 0, -1))
    return [group for stage in stages for group in stage.groups]


def fixtures_of(event: Event, division_id: int | None) -> list[Fixture]:
    """All games of a division."""
    ids = {stage.id for stage in stages_of(event, division_id)}
    return [fixture for fixture in event.fixtures if fixture.stage_id in ids]


def has_begun(fixture: Fixture) -> bool:
    return fixture.result is not None or fixture.status_now == "LIVE"


def knockout_stage(event: Event, division_id: int | None = None) -> Stage:
    """The knockout stage of the division; created, inside the running transaction, if there is none yet."""
    found = next((stage for stage in stages_of(event, division_id) if stage.kind == "knockout"), None)
    return found or add_stage(event, division_id, "knockout")


def add_stage(event: Event, division_id: int | None, kind: str) -> Stage:
    """A new stage, inside the running transaction."""
    stage = Stage(event_id=event.id, division_id=division_id, kind=kind, position=2 if kind == "knockout" else 1)
    event.stages.append(stage)
    db.session.flush()
    return stage


def enter_teams(event: Event, teams: Sequence[Team], division_id: int | None = None) -> None:
    """Puts new teams into the one table of a league, inside the running transaction, so that it shows them at once.

    With several groups somebody has to choose one, and a knockout takes no team in before it is made anew.
    In an event with divisions a team has no table before it is in one of them.
    """
    if event.divisions and division_id is None:
        return
    stage = table_stage(event, division_id)
    if stage is None:
        if stages_of(event, division_id):
            return
        stage = add_stage(event, division_id, "league")
    if stage.kind == "league" and not stage.groups:
        stage.groups.append(Group(event_id=event.id, position=1))
        db.session.flush()
    if stage.kind == "league":
        enter(stage.groups[0], teams)


def split_into_groups(
    event: Event, groups: Mapping[str, Sequence[Team]], *, by: User | None, division_id: int | None = None
) -> None:
    """Makes the tables anew: one for each name, or a single one for all teams where *groups* has one name at most.

    Arranged games move with their teams. Raises RuleBroken once something has been played, and for a game between teams
    that would be in different groups.
    """
    with writing():
        everybody = [team for team in event.teams if team.division_id == division_id]
        _require_teams_of(event, groups, everybody)
        fixtures = [fixture for fixture in fixtures_of(event, division_id) if not fixture.is_knockout]
        if any(fixture.result for fixture in fixtures):
            raise RuleBroken(lazy_gettext("Games have been played, so the groups stay as they are."))
        before = members(event, division_id)
        single = len(groups) <= 1
        wanted: dict[str, Sequence[Team]] = {"": everybody} if single else dict(groups)
        stage = table_stage(event, division_id) or add_stage(event, division_id, "league")
        stage.kind = "league" if single else "groups"
        # The stored format describes other tables, so it no longer holds.
        stage.options = {key: value for key, value in stage.options.items() if key != "format"}
        db.session.flush()
        old = {group.name: group for group in stage.groups}
        for position, name in enumerate(wanted, 1):
            group = old.get(name)
            if group is None:
                group = Group(event_id=event.id, name=name)
                stage.groups.append(group)
            group.position = position
        db.session.flush()
        made = {group.name: group for group in stage.groups}
        for name, teams in wanted.items():
            _set_entries(made[name], teams)
        _move_fixtures(fixtures, [(made[name], teams) for name, teams in wanted.items()])
        db.session.flush()  # the games leave their old table before it is deleted
        for name in old.keys() - wanted.keys():
            stage.groups.remove(old[name])
        db.session.flush()
        after = members(event, division_id)
        audit.record(
            gettext_noop("split into groups"), event.name, by=by, event_id=event.id, before=before, after=after
        )
        read_labels(event)
        follow_arranged(event)


def members(event: Event, division_id: int | None = None) -> dict[str, list[str]]:
    """{group name: names of its teams}, for the audit log."""
    names = {team.id: team.name for team in event.teams}
    stage = table_stage(event, division_id)
    return {
        group.name: [names[entry.team_id] for entry in group.entries if entry.team_id in names]
        for group in (stage.groups if stage else ())
    }


def _require_teams_of(event: Event, groups: Mapping[str, Sequence[Team]], everybody: Sequence[Team]) -> None:
    seen: set[int] = set()
    wanted = {team.id for team in everybody}
    for name, teams in groups.items():
        if not name and len(groups) > 1:
            raise RuleBroken(lazy_gettext("Every group needs a name."))
        if len(teams) < 2 and len(groups) > 1:
            raise RuleBroken(lazy_gettext("Group %(name)s needs at least two teams.", name=name))
        for team in teams:
            if team.event_id != event.id or team.id in seen or team.id not in wanted:
                raise RuleBroken(lazy_gettext("%(team)s cannot be put into group %(name)s.", team=team.name, name=name))
            seen.add(team.id)
    if groups and len(groups) > 1 and seen != wanted:
        raise RuleBroken(lazy_gettext("Put every team into a group."))


def enter(group: Group, teams: Iterable[Team]) -> None:
    group.entries.extend(Entry(event_id=group.event_id, team_id=team.id) for team in teams)


def _set_entries(group: Group, teams: Sequence[Team]) -> None:
    """Leaves *teams* in the group: others are removed, and new ones are entered after those that are there already."""
    wanted = {team.id for team in teams}
    kept = {entry.team_id for entry in group.entries}
    for entry in [entry for entry in group.entries if entry.team_id not in wanted]:
        group.entries.remove(entry)
    enter(group, [team for team in teams if team.id not in kept])


def _move_fixtures(fixtures: Iterable[Fixture], groups: Iterable[tuple[Group, Sequence[Team]]]) -> None:
    home_of = {team.id: group for group, teams in groups for team in teams}
    for fixture in fixtures:
        home, away = home_of.get(fixture.home_team_id or 0), home_of.get(fixture.away_team_id or 0)
        if home is None or home is not away:
            raise RuleBroken(
                lazy_gettext(
                    "%(home)s – %(away)s is arranged already, and they would be in different groups. "
                    "Delete that game first.",
                    home=home_name(fixture),
                    away=away_name(fixture),
                )
            )
        fixture.group = home
