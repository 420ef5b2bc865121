"""Stages and groups: the one table of a league, or a table for each group."""

from collections.abc import Iterable, Mapping, Sequence

from timely.database import writing
from timely.extensions import db
from timely.models import Entry, Event, Fixture, Group, Stage, Team, User
from timely.services import audit
from timely.services.faults import RuleBroken


def table_stage(event: Event) -> Stage | None:
    """The stage whose games count in tables."""
    return next((stage for stage in event.stages if stage.kind != "knockout"), None)


def table_groups(event: Event) -> list[Group]:
    stage = table_stage(event)
    return list(stage.groups) if stage else []


def knockout_stage(event: Event) -> Stage:
    """The event's knockout stage; made, inside the running deed, where there is none yet."""
    found = next((stage for stage in event.stages if stage.kind == "knockout"), None)
    if found is None:
        found = Stage(event_id=event.id, kind="knockout", position=2)
        event.stages.append(found)
        db.session.flush()
    return found


def enter_teams(event: Event, teams: Sequence[Team]) -> None:
    """Puts new teams into the one table of a league, inside the running deed, so that it shows them at once.

    Where there are several groups somebody has to say which.
    """
    stage = table_stage(event)
    if stage is None:
        stage = Stage(event_id=event.id, kind="league", position=1)
        event.stages.append(stage)
        db.session.flush()
    if stage.kind == "league" and not stage.groups:
        stage.groups.append(Group(event_id=event.id, position=1))
        db.session.flush()
    if stage.kind == "league":
        _enter(stage.groups[0], teams)


def split_into_groups(event: Event, groups: Mapping[str, Sequence[Team]], *, by: User | None) -> None:
    """Makes the tables anew: one for each name, or a single one for all teams where *groups* has one name at most.

    Games that are arranged go with their teams. Raises RuleBroken once something has been played, and for a
    game between teams that would be in different groups.
    """
    with writing():
        _require_teams_of(event, groups)
        fixtures = [fixture for fixture in event.fixtures if not fixture.is_knockout]
        if any(fixture.result for fixture in fixtures):
            raise RuleBroken("Games have been played, so the groups stay as they are.")
        before = members(event)
        single = len(groups) <= 1
        wanted: dict[str, Sequence[Team]] = {"": event.teams} if single else dict(groups)
        stage = table_stage(event)
        if stage is None:
            stage = Stage(event_id=event.id, position=1, kind="league")
            event.stages.append(stage)
        stage.kind = "league" if single else "groups"
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
        db.session.flush()  # the games have left before their old table goes
        for name in old.keys() - wanted.keys():
            stage.groups.remove(old[name])
        db.session.flush()
        audit.record("split into groups", event.name, by=by, event_id=event.id, before=before, after=members(event))


def members(event: Event) -> dict[str, list[str]]:
    """{group name: names of its teams}, for the audit."""
    names = {team.id: team.name for team in event.teams}
    return {
        group.name: [names[entry.team_id] for entry in group.entries if entry.team_id in names]
        for group in table_groups(event)
    }


def _require_teams_of(event: Event, groups: Mapping[str, Sequence[Team]]) -> None:
    seen: set[int] = set()
    for name, teams in groups.items():
        if not name and len(groups) > 1:
            raise RuleBroken("Every group needs a name.")
        if len(teams) < 2 and len(groups) > 1:
            raise RuleBroken(f"Group {name} needs at least two teams.")
        for team in teams:
            if team.event_id != event.id or team.id in seen:
                raise RuleBroken(f"{team.name} cannot be put into group {name}.")
            seen.add(team.id)
    if groups and len(groups) > 1 and len(seen) != len(event.teams):
        raise RuleBroken("Put every team into a group.")


def _enter(group: Group, teams: Iterable[Team]) -> None:
    group.entries.extend(Entry(event_id=group.event_id, team_id=team.id) for team in teams)


def _set_entries(group: Group, teams: Sequence[Team]) -> None:
    """The entries in the order of *teams*; those that are right already stay."""
    wanted = {team.id for team in teams}
    kept = {entry.team_id for entry in group.entries}
    for entry in [entry for entry in group.entries if entry.team_id not in wanted]:
        group.entries.remove(entry)
    _enter(group, [team for team in teams if team.id not in kept])


def _move_fixtures(fixtures: Iterable[Fixture], groups: Iterable[tuple[Group, Sequence[Team]]]) -> None:
    home_of = {team.id: group for group, teams in groups for team in teams}
    for fixture in fixtures:
        home, away = home_of.get(fixture.home_team_id or 0), home_of.get(fixture.away_team_id or 0)
        if home is None or home is not away:
            raise RuleBroken(
                f"{fixture.home_name} – {fixture.away_name} is arranged already, and they would be in "
                "different groups. Delete that game first."
            )
        fixture.group = home
