"""Formats of an event, or of one of its divisions: planned as a preview, then made exactly as shown."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from timely import fingerprint
from timely.database.transactions import writing
from timely.domain.errors import ValidationError
from timely.domain.formats.format import TIE_OPTIONS, Format, read_format
from timely.domain.formats.plan import Plan, make_plan
from timely.domain.knockout.source import SOURCES
from timely.domain.knockout.tie import Tie
from timely.domain.translation import gettext_noop, lazy_gettext, lazy_ngettext
from timely.extensions import db
from timely.models import Division, Event, Fixture, Group, Stage, Team, User
from timely.services import audit
from timely.services.errors import RuleBroken, require_fingerprint
from timely.services.fixtures import require_room
from timely.services.stages import add_stage, enter, fixtures_of, has_begun, stages_of, table_stage


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """The requested format. `teams` are in the order that its draw reads; `by_hand` are the groups if chosen."""

    format: Format
    teams: Sequence[Team]
    by_hand: Sequence[Sequence[Team]] = ()
    tie_options: Mapping[str, bool] = field(default_factory=dict)


def teams_of(event: Event, division: Division | None) -> list[Team]:
    """The teams of the division that have not withdrawn."""
    division_id = division.id if division else None
    return [team for team in event.teams if team.division_id == division_id and not team.withdrawn]


def plan(event: Event, division: Division | None, choice: FormatChoice) -> Plan:
    """The plan, its teams being ids. Raises RuleBroken with the field."""
    _require_division(event, division)
    if {team.id for team in choice.teams} != {team.id for team in teams_of(event, division)}:
        raise RuleBroken(lazy_gettext("Every team has to stand in the list once."), field="order")
    by_hand = [[team.id for team in members] for members in choice.by_hand]
    try:
        planned = make_plan(choice.format, [team.id for team in choice.teams], by_hand)
    except ValidationError as fault:
        name = fault.path.split(".")[-1].split("[")[0]
        where = {"sides": "order", "teams": "order"}.get(name, name)
        raise RuleBroken(fault.sentence, field=where) from fault
    require_room(event, planned.games - len(fixtures_of(event, division.id if division else None)))
    return planned


def fingerprint_of(event: Event, division: Division | None, choice: FormatChoice) -> str:
    """Fingerprint of this plan and the present fixtures; a repeated or stale submit no longer matches it."""
    there = sorted((one.id, one.version) for one in fixtures_of(event, division.id if division else None))
    parts = (choice.format, [team.id for team in choice.teams], sorted(choice.tie_options.items()), there)
    hand = [[team.id for team in members] for members in choice.by_hand]
    return fingerprint.fingerprint(parts, hand)


def make_format(
    event: Event,
    division: Division | None,
    choice: FormatChoice,
    *,
    by: User | None,
    seen_fingerprint: str | None = None,
) -> list[Fixture]:
    """The new fixtures, without times; they replace whatever was arranged in the division before.

    Raises RuleBroken once a game has begun, and with the code "stale" if *seen_fingerprint* is of another plan.
    """
    with writing():
        require_unplayed(event, division)
        planned = plan(event, division, choice)
        require_fingerprint(seen_fingerprint, fingerprint_of(event, division, choice))
        division_id = division.id if division else None
        old_fixtures, old_stages = fixtures_of(event, division_id), stages_of(event, division_id)
        # The new stages are made before the old ones are deleted: an id that is given out twice could not be undone.
        fixtures = [
            *_make_tables(event, division_id, choice, planned),
            *_make_ties(event, division_id, choice, planned),
        ]
        for fixture in old_fixtures:
            event.fixtures.remove(fixture)
        db.session.flush()
        for stage in old_stages:
            event.stages.remove(stage)
        if division is None:
            event.slots = []  # they name groups that no longer exist
        event.fixtures.extend(fixtures)
        db.session.flush()
        audit.record(
            gettext_noop("make format"),
            f"{event.name} · {division.name}" if division else event.name,
            by=by,
            event_id=event.id,
            before={"games": len(old_fixtures)} if old_fixtures else None,
            after={"format": choice.format.as_dict(), "games": len(fixtures)},
        )
        db.session.expire(event, ["stages", "fixtures"])
    return fixtures


def require_unplayed(event: Event, division: Division | None) -> None:
    """Raises RuleBroken once a game of the division has a score or is live."""
    begun = [one for one in fixtures_of(event, division.id if division else None) if has_begun(one)]
    if begun:
        raise RuleBroken(
            lazy_ngettext(
                "%(num)s game has been played or begun, so the format stays as it is. "
                "To choose another, take those scores back first.",
                "%(num)s games have been played or begun, so the format stays as it is. "
                "To choose another, take those scores back first.",
                len(begun),
            ),
            code="played",
        )


def format_of(event: Event, division: Division | None) -> Format | None:
    """The format that the division was made by; None if it was arranged by hand."""
    for stage in stages_of(event, division.id if division else None):
        if "format" in stage.options:
            return read_format(stage.options["format"])
    return None


def tie_options_of(event: Event, division: Division | None) -> dict[str, bool]:
    stages = [stage for stage in stages_of(event, division.id if division else None) if stage.kind == "knockout"]
    return {name: bool(stage.options.get(name)) for stage in stages for name in TIE_OPTIONS}


def groups_of(event: Event, division: Division | None) -> list[list[Team]]:
    """The present groups, with their teams in order."""
    teams = {team.id: team for team in event.teams}
    stage = table_stage(event, division.id if division else None)
    return [[teams[entry.team_id] for entry in group.entries] for group in (stage.groups if stage else ())]


def order_of(event: Event, division: Division | None) -> list[Team]:
    """The teams in the order from which the present format was made; in order of entry if there is none."""
    entered = teams_of(event, division)
    chosen = format_of(event, division)
    if chosen is None or len(entered) < 2:
        return entered
    try:
        # Make the same plan of list indexes: the team that now stands where the plan has n is the nth of the order.
        numbered = make_plan(chosen, range(len(entered)))
    except ValidationError:
        return entered
    found: dict[Hashable, Team] = {}
    for group, members in zip(numbered.groups, groups_of(event, division), strict=False):
        found |= dict(zip(group.teams, members, strict=False))
    games = {one.code: one for one in fixtures_of(event, division.id if division else None) if one.leg in (None, 1)}
    for tie in numbered.ties:
        game = games.get(tie.code)
        for number, team in ((tie.home, game.home_team), (tie.away, game.away_team)) if game else ():
            if isinstance(number, int) and team is not None:
                found[number] = team
    order = [found[number] for number in range(len(entered)) if number in found]
    left = [team for team in entered if team not in order]
    return [team for team in order if team in entered] + left


def _require_division(event: Event, division: Division | None) -> None:
    if division is None and event.divisions:
        raise RuleBroken(lazy_gettext("Choose the division."), field="division")
    if division is not None and division.event_id != event.id:
        raise RuleBroken(lazy_gettext("That division is not one of this event."), field="division")


def _make_tables(event: Event, division_id: int | None, choice: FormatChoice, planned: Plan) -> list[Fixture]:
    if not planned.groups:
        return []
    teams: dict[Hashable, Team] = {team.id: team for team in event.teams}
    stage = add_stage(event, division_id, choice.format.kind)
    stage.options = {"format": choice.format.as_dict()}
    groups = []
    for position, one in enumerate(planned.groups, 1):
        group = Group(event_id=event.id, name=one.name, position=position)
        stage.groups.append(group)
        db.session.flush()
        enter(group, [teams[id_] for id_ in one.teams])
        db.session.flush()
        groups.append(group)
    fixtures = []
    # Games of the same round stand together, across groups.
    for together in zip_longest(*(one.rounds for one in planned.groups)):
        for group, single in zip(groups, together, strict=True):
            for home, away in single.games if single else ():
                game = Fixture(event_id=event.id, stage_id=stage.id, group_id=group.id)
                game.home_team_id, game.away_team_id = teams[home].id, teams[away].id
                game.round = f"Round {single.number}"
                fixtures.append(game)
    return fixtures


def _make_ties(event: Event, division_id: int | None, choice: FormatChoice, planned: Plan) -> list[Fixture]:
    if not planned.ties:
        return []
    stage = add_stage(event, division_id, "knockout")
    stage.options = {name: True for name in TIE_OPTIONS if choice.tie_options.get(name)}
    if not planned.groups:
        stage.options = {"format": choice.format.as_dict(), **stage.options}
    return [_leg(stage, tie, leg) for tie in planned.ties for leg in range(1, tie.legs + 1)]


def _leg(stage: Stage, tie: Tie, leg: int) -> Fixture:
    game = Fixture(event_id=stage.event_id, stage_id=stage.id, round=tie.round, code=tie.code)
    game.leg = leg if tie.legs > 1 else None
    home, away = (tie.home, tie.away) if leg == 1 else (tie.away, tie.home)
    game.home_team_id, game.home_source = _side(home)
    game.away_team_id, game.away_source = _side(away)
    return game


def _side(side: Any) -> tuple[int | None, dict[str, Any] | None]:
    """(team id, source)."""
    return (None, side.as_dict()) if isinstance(side, SOURCES) else (side, None)
