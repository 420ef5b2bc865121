"""Teams: added from a list, renamed, coloured, deleted."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, or_, select

from timely.database import writing
from timely.extensions import db
from timely.models import Entry, Event, Fixture, Team, User
from timely.services import audit
from timely.services.faults import RuleBroken
from timely.services.name_lists import new_names, same
from timely.services.stages import enter_teams

MOST_TEAMS = 500
MOST_CHARACTERS = 80


def add_teams(event: Event, text: str, *, by: User | None) -> list[Team]:
    """The new teams, one for each line of *text*. Raises RuleBroken with every line that cannot be taken."""
    with writing():
        names = new_names(text, event.teams, most_characters=MOST_CHARACTERS, most_names=MOST_TEAMS, noun="team")
        teams = [Team(event_id=event.id, name=name) for name in names]
        event.teams.extend(teams)
        db.session.flush()
        enter_teams(event, teams)
        audit.record("add teams", event.name, by=by, event_id=event.id, after={"teams": names})
    return teams


def change_teams(event: Event, changes: Mapping[int, tuple[str, str]], *, by: User | None) -> int:
    """How many teams were changed. *changes* is {team id: (name, colour)}; swapping two names is fine.

    Raises RuleBroken, its field being "name-" and the team's id.
    """
    with writing():
        teams = {team.id: team for team in event.teams if team.id in changes}
        wanted = {id_: changes[id_] for id_, team in teams.items() if (team.name, team.colour) != changes[id_]}
        final = {team.id: wanted[team.id][0] if team.id in wanted else team.name for team in event.teams}
        _require_different(final, wanted)
        before = {teams[id_].name: teams[id_].colour for id_ in wanted}
        renamed = [id_ for id_, (name, _) in wanted.items() if name != teams[id_].name]
        if {wanted[id_][0] for id_ in renamed} & {team.name for team in event.teams}:
            # A name that is free only after this deed: step aside first, for names are unique at every moment.
            for id_ in renamed:
                teams[id_].name = f"\N{HORIZONTAL ELLIPSIS}{id_}"
            db.session.flush()
        for id_, (name, colour) in wanted.items():
            teams[id_].name, teams[id_].colour = name, colour
        if wanted:
            after = dict(wanted.values())
            audit.record("change teams", event.name, by=by, event_id=event.id, before=before, after=after)
    return len(wanted)


def delete_team(team: Team, *, by: User | None) -> None:
    """Raises RuleBroken while games of the team are arranged."""
    with writing():
        event = db.session.get_one(Event, team.event_id)
        games = games_of(team)
        if games:
            raise RuleBroken(
                f"{team.name} plays in {games} {'game' if games == 1 else 'games'}. Delete those first, or rename "
                "the team that takes its place."
            )
        _forget(event, team.id)
        for entry in db.session.scalars(select(Entry).where(Entry.team_id == team.id)):
            db.session.delete(entry)
        for deduction in [one for one in event.deductions if one.team_id == team.id]:
            event.deductions.remove(deduction)
        db.session.flush()
        audit.record("delete team", team.name, by=by, event_id=event.id, before={"team": team.name})
        event.teams.remove(team)


def games_of(team: Team) -> int:
    """In how many games it is arranged to play, or has played."""
    plays = or_(Fixture.home_team_id == team.id, Fixture.away_team_id == team.id)
    return db.session.scalar(select(func.count()).select_from(Fixture).where(plays)) or 0


def _require_different(final: Mapping[int, str], wanted: Mapping[int, tuple[str, str]]) -> None:
    owner: dict[str, int] = {same(name): id_ for id_, name in final.items() if id_ not in wanted}
    for id_ in wanted:
        name = final[id_]
        if not name:
            raise RuleBroken("A team needs a name.", field=f"name-{id_}")
        if owner.setdefault(same(name), id_) != id_:
            raise RuleBroken(f"Another team is called “{name}”.", field=f"name-{id_}")


def _forget(event: Event, team_id: int) -> None:
    """Takes the team out of the lists that the event keeps as JSON. New objects, or the save would miss them."""

    def without(order: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
        return {criterion: [id_ for id_ in teams if id_ != team_id] for criterion, teams in order.items()}

    event.manual_order = without(event.manual_order)
    event.fair_play_totals = {key: total for key, total in event.fair_play_totals.items() if key != str(team_id)}
    for name in ("third_place_ranking", "cross_group_ranking"):
        ranking = getattr(event, name)
        if ranking:
            setattr(event, name, {**ranking, "manual_order": without(ranking["manual_order"])})
