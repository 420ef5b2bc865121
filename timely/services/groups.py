"""Groups: lets a team without table games join or change a group, even after the other teams have begun."""

from collections.abc import Iterable

from timely.database.transactions import writing
from timely.domain.formats.plan import MOST_IN_A_TABLE
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.extensions import db
from timely.models import Event, Fixture, Group, Team, User
from timely.services import audit
from timely.services.advancement import Rulings, follow_arranged
from timely.services.errors import RuleBroken, require_current
from timely.services.fixtures import require_room
from timely.services.stages import enter, members, table_stage


def open_groups(event: Event, team: Team) -> list[Group]:
    """The tables that the team may join: those of its division. Empty if it has no division, or that no tables."""
    if event.divisions and team.division_id is None:
        return []
    stage = table_stage(event, team.division_id)
    return list(stage.groups) if stage else []


def group_of(event: Event, team: Team) -> Group | None:
    entered = [one for one in open_groups(event, team) if any(entry.team_id == team.id for entry in one.entries)]
    return entered[0] if entered else None


def without_games(event: Event) -> set[int]:
    """The ids of the teams that have not withdrawn and have no table game."""
    busy = {id_ for one in event.fixtures if one.group_id for id_ in (one.home_team_id, one.away_team_id)}
    return {team.id for team in event.teams if team.id not in busy and not team.withdrawn}


def late_entries(event: Event) -> set[int]:
    """The ids of the teams without games in divisions whose table games are arranged already."""
    free = without_games(event)
    arranged = {one.group_id for one in event.fixtures}
    found = set()
    for team in event.teams:
        if team.id in free and any(group.id in arranged for group in open_groups(event, team)):
            found.add(team.id)
    return found


def join_group(
    team: Team,
    group: Group,
    *,
    arrange: bool,
    by: User | None,
    rulings: Rulings | None = None,
    seen_group: int | None = None,
) -> list[Fixture]:
    """The new games against every other team of the group, without times, if *arrange* asks for them.

    *seen_group* is the id of the team's group when the form was drawn, 0 for none; raises StaleVersion if that has
    changed.
    Raises RuleBroken once the team has a game in a table, and for a group that is not of its division; NeedsRuling
    where a knockout game has begun that a finished group had filled.
    """
    with writing():
        event = db.session.get_one(Event, team.event_id)
        old = group_of(event, team)
        require_current(seen_group, old.id if old else 0)
        if team.id not in without_games(event):
            raise RuleBroken(
                lazy_gettext("%(team)s has games in its table, or has left, so it stays where it is.", team=team.name)
            )
        if group not in open_groups(event, team):
            raise RuleBroken(lazy_gettext("Choose a group of its division."), field="group")
        before = members(event, team.division_id)
        if old is not group:
            if len(group.entries) >= MOST_IN_A_TABLE:
                raise RuleBroken(
                    lazy_gettext("A table has at most %(most)s.", most=MOST_IN_A_TABLE),
                    field="group",
                )
            if old is not None:
                old.entries = [entry for entry in old.entries if entry.team_id != team.id]
            db.session.flush()
            enter(group, [team])
            _mark_as_listed(group)
            db.session.flush()
        games = _against_everybody(event, team, group) if arrange else []
        event.fixtures.extend(games)
        db.session.flush()
        if old is not group or games:
            after = members(event, team.division_id)
            changed = {name: names for name, names in after.items() if before.get(name) != names}
            audit.record(
                gettext_noop("join a group"),
                team.name,
                by=by,
                event_id=event.id,
                before={name: before.get(name, []) for name in changed},
                after=changed | ({"games": len(games)} if games else {}),
            )
            follow_arranged(event, rulings)
    return games


def _mark_as_listed(group: Group) -> None:
    """Marks the groups as listed, since they differ from the draw now; the format still says how often two meet."""
    chosen = group.stage.options.get("format")
    if chosen and chosen.get("kind") == "groups":
        chosen = {key: value for key, value in chosen.items() if key != "draw_number"} | {"draw": "listed"}
        group.stage.options = {**group.stage.options, "format": chosen}


def _against_everybody(event: Event, team: Team, group: Group) -> list[Fixture]:
    """Fixtures against each other team as often as the format says, alternately at home and away."""
    times = int(group.stage.options.get("format", {}).get("times", 1))
    gone = {one.id for one in event.teams if one.withdrawn}
    others = [entry.team_id for entry in group.entries if entry.team_id not in gone | {team.id}]
    require_room(event, times * len(others))
    games = []
    for time in range(times):
        for number, other in enumerate(others):
            is_home = (time + number) % 2 == 0
            pair = (team.id, other) if is_home else (other, team.id)
            game = Fixture(event_id=event.id, stage_id=group.stage_id, group_id=group.id)
            game.home_team_id, game.away_team_id = pair
            games.append(game)
    return games


def ungrouped(event: Event, teams: Iterable[Team]) -> list[Team]:
    """The teams whose division plays in several groups, and which are in none of them."""
    free = without_games(event)
    return [
        team
        for team in teams
        if team.id in free and len(open_groups(event, team)) > 1 and group_of(event, team) is None
    ]
