"""Teams, pairs or persons: added from a list, changed, deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from timely.database.transactions import writing
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.extensions import db
from timely.models import Division, Entry, Event, Fixture, Team, User
from timely.queries.teams import team_names
from timely.services import audit
from timely.services.advancement import follow_arranged
from timely.services.divisions import move_teams, require_free_names
from timely.services.entrant_texts import NEEDS_NAME, still_plays
from timely.services.errors import RuleBroken
from timely.services.name_lists import new_names
from timely.services.stages import enter_teams

MOST_TEAMS = 500
MOST_CHARACTERS = 80
MOST_MEMBERS = 2000  # characters


@dataclass(frozen=True, slots=True)
class TeamDetails:
    """The editable details of a team; `members` are names, one a line."""

    name: str
    colour: str = ""
    members: str = ""
    division_id: int | None = None


def add_teams(event: Event, text: str, *, by: User | None, division: Division | None = None) -> list[Team]:
    """The new teams, one for each line of *text*. Raises RuleBroken listing every line that cannot be accepted."""
    with writing():
        if division is not None and division.event_id != event.id:
            raise RuleBroken(lazy_gettext("That division is not one of this event."), field="division")
        division_id = division.id if division else None
        names = new_names(
            text,
            [team for team in event.teams if team.division_id == division_id],
            most_characters=MOST_CHARACTERS,
            room=MOST_TEAMS - len(event.teams),
            noun=event.entrant.one,
            division=division.name if division else "",
        )
        teams = [Team(event_id=event.id, name=name, division_id=division_id) for name in names]
        event.teams.extend(teams)
        db.session.flush()
        enter_teams(event, teams, division_id)
        after = {"teams": names} | ({"division": division.name} if division else {})
        audit.record(gettext_noop("add teams"), event.name, by=by, event_id=event.id, after=after)
        follow_arranged(event)
    return teams


def change_teams(event: Event, changes: Mapping[int, TeamDetails], *, by: User | None) -> int:
    """The number of teams that were changed. *changes* is {team id: details}; two teams may swap names or divisions.

    Raises RuleBroken, its field being "name-" or "division-" and the team's id.
    """
    with writing():
        teams = {team.id: team for team in event.teams if team.id in changes}
        wanted = {id_: changes[id_] for id_, team in teams.items() if details_of(team) != changes[id_]}
        for id_, details in wanted.items():
            if not details.name:
                raise RuleBroken(lazy_gettext(NEEDS_NAME[event.entrant.one]), field=f"name-{id_}")
        require_free_names(event, {id_: (details.name, details.division_id) for id_, details in wanted.items()})
        called = team_names(event)
        before = {called[id_]: _audit_values(event, details_of(teams[id_])) for id_ in wanted}
        keys = {(team.name, team.division_id) for team in event.teams}
        moves = [id_ for id_, details in wanted.items() if details.name != teams[id_].name]
        moves += [id_ for id_, details in wanted.items() if details.division_id != teams[id_].division_id]
        passed = {(wanted[id_].name, teams[id_].division_id) for id_ in moves}
        passed |= {(wanted[id_].name, wanted[id_].division_id) for id_ in moves}
        if passed & keys:
            # A wanted name is taken until this transaction ends. Names are unique at every moment, so use a temporary
            # one first.
            for id_ in moves:
                teams[id_].name = f"\N{HORIZONTAL ELLIPSIS}{id_}"
            db.session.flush()
        move_teams(event, {id_: details.division_id for id_, details in wanted.items()}, called)
        for id_, details in wanted.items():
            teams[id_].name, teams[id_].colour, teams[id_].members = details.name, details.colour, details.members
        db.session.flush()
        if wanted:
            called = team_names(event)
            after = {called[id_]: _audit_values(event, details) for id_, details in wanted.items()}
            audit.record(gettext_noop("change teams"), event.name, by=by, event_id=event.id, before=before, after=after)
            follow_arranged(event)
    return len(wanted)


def details_of(team: Team) -> TeamDetails:
    return TeamDetails(team.name, team.colour, team.members, team.division_id)


def delete_team(team: Team, *, by: User | None) -> None:
    """Raises RuleBroken while games of the team are arranged."""
    with writing():
        event = db.session.get_one(Event, team.event_id)
        games = games_of(team)
        if games:
            raise RuleBroken(still_plays(event.entrant.one, team.name, games))
        _forget(event, team.id)
        for entry in db.session.scalars(select(Entry).where(Entry.team_id == team.id)):
            db.session.delete(entry)
        for deduction in [one for one in event.deductions if one.team_id == team.id]:
            event.deductions.remove(deduction)
        db.session.flush()
        name = team_names(event)[team.id]
        audit.record(gettext_noop("delete team"), name, by=by, event_id=event.id, before={"team": name})
        event.teams.remove(team)
        follow_arranged(event)


def games_of(team: Team) -> int:
    """The number of games that the team is arranged to play, or has played."""
    plays = or_(Fixture.home_team_id == team.id, Fixture.away_team_id == team.id)
    return db.session.scalar(select(func.count()).select_from(Fixture).where(plays)) or 0


def _audit_values(event: Event, details: TeamDetails) -> dict[str, str]:
    """The details as the audit log stores them."""
    division = next((one.name for one in event.divisions if one.id == details.division_id), "")
    values = {"colour": details.colour, "members": details.members, "division": division}
    return {key: value for key, value in values.items() if value}


def _forget(event: Event, team_id: int) -> None:
    """Removes the team from lists that the event keeps as JSON. New objects, or the save would miss the change."""

    def without(order: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
        return {criterion: [id_ for id_ in teams if id_ != team_id] for criterion, teams in order.items()}

    event.manual_order = without(event.manual_order)
    event.fair_play_totals = {key: total for key, total in event.fair_play_totals.items() if key != str(team_id)}
    for name in ("third_place_ranking", "cross_group_ranking"):
        ranking = getattr(event, name)
        if ranking:
            setattr(event, name, {**ranking, "manual_order": without(ranking["manual_order"])})
