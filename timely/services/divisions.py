"""Divisions of an event: added, renamed, deleted; and which teams play in which."""

from collections.abc import Mapping

from sqlalchemy import select

from timely.database.transactions import writing
from timely.domain.text import same_name
from timely.domain.translation import gettext_noop, lazy_gettext, lazy_ngettext
from timely.extensions import db
from timely.models import Division, Entry, Event, Fixture, Team, User
from timely.services import audit
from timely.services.advancement import follow_arranged
from timely.services.entrant_texts import name_is_taken
from timely.services.errors import RuleBroken
from timely.services.name_lists import new_names
from timely.services.stages import enter_teams, fixtures_of, stages_of

MOST_DIVISIONS = 50
MOST_CHARACTERS = 60


def add_divisions(event: Event, text: str, *, by: User | None) -> list[Division]:
    """The new divisions, one for each line. Raises RuleBroken listing every line that cannot be accepted.

    If the event had no divisions, its teams stay in none until somebody assigns them.
    """
    with writing():
        names = new_names(
            text,
            event.divisions,
            most_characters=MOST_CHARACTERS,
            room=MOST_DIVISIONS - len(event.divisions),
            noun="division",
        )
        first = max((one.position for one in event.divisions), default=0) + 1
        divisions = [Division(event_id=event.id, name=name, position=first + n) for n, name in enumerate(names)]
        event.divisions.extend(divisions)
        db.session.flush()
        audit.record(gettext_noop("add divisions"), event.name, by=by, event_id=event.id, after={"divisions": names})
    return divisions


def rename_division(division: Division, name: str, *, by: User | None) -> None:
    """Raises RuleBroken for a name that another division of the event has."""
    with writing():
        event = db.session.get_one(Event, division.event_id)
        if not name:
            raise RuleBroken(lazy_gettext("A division needs a name."), field="name")
        if any(other.id != division.id and same_name(other.name) == same_name(name) for other in event.divisions):
            raise RuleBroken(lazy_gettext("Another division is called “%(name)s”.", name=name), field="name")
        if division.name != name:
            before, division.name = division.name, name
            audit.record(
                gettext_noop("rename division"),
                name,
                by=by,
                event_id=event.id,
                before={"name": before},
                after={"name": name},
            )


def delete_division(division: Division, *, by: User | None) -> None:
    """Deletes the division; its teams stay, in no division. Raises RuleBroken while it has fixtures."""
    with writing():
        event = db.session.get_one(Event, division.event_id)
        games = len(fixtures_of(event, division.id))
        if games:
            raise RuleBroken(
                lazy_ngettext(
                    "%(name)s has %(num)s game. Delete those first.",
                    "%(name)s has %(num)s games. Delete those first.",
                    games,
                    name=division.name,
                ),
                code="games",
            )
        teams = [team for team in event.teams if team.division_id == division.id]
        require_free_names(event, {team.id: (team.name, None) for team in teams})
        for stage in stages_of(event, division.id):
            event.stages.remove(stage)
        for team in teams:
            team.division_id = None
        db.session.flush()
        before = {"division": division.name, "teams": [team.name for team in teams]}
        audit.record(gettext_noop("delete division"), division.name, by=by, event_id=event.id, before=before)
        event.divisions.remove(division)
        db.session.flush()
        if not event.divisions:
            enter_teams(event, [team for team in event.teams if not _is_entered(team)])
        follow_arranged(event)


def require_free_names(event: Event, wanted: Mapping[int, tuple[str, int | None]]) -> None:
    """Raises RuleBroken if two teams of one division would share a name; *wanted* is {team id: (name, division id)}.

    The field is "name-" and the team's id.
    """
    titles = {division.id: division.name for division in event.divisions}
    owners = {(same_name(team.name), team.division_id): team.id for team in event.teams if team.id not in wanted}
    for id_, (name, division_id) in wanted.items():
        if owners.setdefault((same_name(name), division_id), id_) != id_:
            division = titles.get(division_id or 0, "") if titles else None
            raise RuleBroken(
                name_is_taken(event.entrant.one, name, division),
                field=f"name-{id_}",
            )


def move_teams(
    event: Event, wanted: Mapping[int, int | None], called: Mapping[int, str] | None = None
) -> dict[int, int | None]:
    """The moves that were made, inside the running transaction. *wanted* is {team id: division id, None for none}.

    A team that moves to another division leaves the tables of the old one. If all teams of a division move together to
    a division that has nothing yet, their tables and games move with them. Raises RuleBroken for a team that would
    leave games behind, its field being "division-" and the team's id; *called* are the names for that message.
    """
    teams = {team.id: team for team in event.teams}
    there = {division.id for division in event.divisions}
    moves = {id_: target for id_, target in wanted.items() if id_ in teams and teams[id_].division_id != target}
    for id_, target in moves.items():
        if target is not None and target not in there:
            raise RuleBroken(lazy_gettext("Choose a division from the list."), field=f"division-{id_}")
    for old in {teams[id_].division_id for id_ in moves}:
        leaving = {id_: target for id_, target in moves.items() if teams[id_].division_id == old}
        if not _move_whole(event, old, leaving):
            _leave(event, leaving, called or {})
    for id_, target in moves.items():
        teams[id_].division_id = target
    db.session.flush()
    for target in set(moves.values()):
        arrived = [teams[id_] for id_ in moves if moves[id_] == target]
        enter_teams(event, [team for team in arrived if not _is_entered(team)], target)
    db.session.flush()
    return moves


def _move_whole(event: Event, old: int | None, leaving: Mapping[int, int | None]) -> bool:
    """Moves tables and games along if all teams move to the same, empty division. Returns whether it did."""
    targets = set(leaving.values())
    stages = stages_of(event, old)
    there = {team.id for team in event.teams if team.division_id == old}
    (target,) = targets if len(targets) == 1 else (None,)
    if target is None or there - set(leaving):
        return False
    if fixtures_of(event, target) or any(team.division_id == target for team in event.teams):
        return False
    for stage in stages_of(event, target):
        event.stages.remove(stage)
    db.session.flush()
    for stage in stages:
        stage.division_id = target
    db.session.flush()
    return True


def _leave(event: Event, leaving: Mapping[int, int | None], called: Mapping[int, str]) -> None:
    """Removes the teams from their tables, and then tables without teams."""
    for id_ in leaving:
        games = [one for one in event.fixtures if id_ in (one.home_team_id, one.away_team_id)]
        if games:
            name = called.get(id_) or db.session.get_one(Team, id_).name
            raise RuleBroken(
                lazy_ngettext(
                    "%(name)s plays in %(num)s game here. Delete those first.",
                    "%(name)s plays in %(num)s games here. Delete those first.",
                    len(games),
                    name=name,
                ),
                field=f"division-{id_}",
            )
    for stage in list(event.stages):
        for group in stage.groups:
            for entry in [entry for entry in group.entries if entry.team_id in leaving]:
                group.entries.remove(entry)
        is_empty = stage.kind != "knockout" and not any(group.entries for group in stage.groups)
        # In an event with divisions, a team in none of them has no table.
        is_idle = is_empty or (stage.division_id is None and any(leaving.values()))
        if is_idle and not any(fixture.stage_id == stage.id for fixture in event.fixtures):
            event.stages.remove(stage)
    db.session.flush()


def _is_entered(team: Team) -> bool:
    entered = db.session.scalar(select(Entry.id).where(Entry.team_id == team.id).limit(1))
    plays = select(Fixture.id).where((Fixture.home_team_id == team.id) | (Fixture.away_team_id == team.id)).limit(1)
    return entered is not None or db.session.scalar(plays) is not None
