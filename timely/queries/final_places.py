"""Final places: the order of the teams in each division, and its champion, as far as they are decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from timely.domain.knockout import advancement, places
from timely.domain.standings.outcome import have_all_met
from timely.domain.statuses import WITHDRAWALS
from timely.models import Division, Team
from timely.models.read_only import EventView
from timely.queries.brackets import EventBracket, event_brackets
from timely.queries.knockouts import has_knockout
from timely.queries.tables import Table

PODIUM = 3


@dataclass(frozen=True, slots=True)
class FinalPlaces:
    """The final places of one division, or of an event without divisions.

    `places` are (place, team), the best first; shared places occur more than once. A league, whose table has all
    places, lists the first three only (`is_podium`). `left` is how many teams have no place yet.
    """

    division: Division | None
    places: Sequence[tuple[int, Team]] = ()
    champion: Team | None = None
    left: int = 0
    is_podium: bool = False


def final_places(
    event: EventView, boards: Sequence[Table], brackets: Sequence[EventBracket] | None = None
) -> list[FinalPlaces]:
    """One for each division, or for an event without.

    *boards* are the event's tables, *brackets* its brackets if the caller has read them already.
    """
    # A league's places are computed after each result, so do not load a knockout's games for it.
    if brackets is None:
        brackets = event_brackets(event) if has_knockout(event) else ()
    knockouts = {one.stage.division_id: one for one in brackets}
    found = []
    divisions: list[Division | None] = [*event.divisions] or [None]
    for division in divisions:
        division_id = division.id if division else None
        tables = [table for table in boards if table.group.stage.division_id == division_id]
        bracket = knockouts.get(division_id)
        if bracket is not None:
            found.append(_of_knockout(division, bracket, tables))
        else:
            found.append(_of_league(event, division, tables))
    return found


def _of_knockout(division: Division | None, bracket: EventBracket, tables: Sequence[Table]) -> FinalPlaces:
    ties = [played.tie for played in bracket.ties]
    firsts = {played.tie.code: played.fixtures[0] for played in bracket.ties}
    teams = {line.team.id: line.team for table in tables for line in table.lines if line.zone not in WITHDRAWALS}
    of_ties = [team for one in firsts.values() for team in (one.home_team, one.away_team) if team is not None]
    teams |= {team.id: team for team in of_ties}
    decided = places.final_places(
        ties,
        {code: (one.home_team_id, one.away_team_id) for code, one in firsts.items()},
        {played.tie.code: played.winner for played in bracket.ties},
        {
            table.group.name: advancement.Table(
                [line.standing for line in table.lines if line.team.id in teams], table.is_over
            )
            for table in tables
        },
    )
    return FinalPlaces(division, *_places_and_champion(decided, teams), left=len(teams) - len(decided))


def _of_league(event: EventView, division: Division | None, tables: Sequence[Table]) -> FinalPlaces:
    """The places of a division that has one table only.

    While games are arranged one by one the table is complete again and again, so every two teams must have met.
    """
    if len(tables) != 1 or not tables[0].is_over:
        return FinalPlaces(division)
    lines = [line for line in tables[0].lines if line.zone not in WITHDRAWALS]
    teams = {line.team.id: line.team for line in lines}
    if event.status != "COMPLETED" and not have_all_met(list(teams), tables[0].outcomes):
        return FinalPlaces(division)
    positions = {line.team.id: line.standing.position for line in lines if line.standing.position <= PODIUM}
    return FinalPlaces(division, *_places_and_champion(positions, teams), is_podium=True)


def _places_and_champion(
    decided: Mapping[Any, int], teams: Mapping[int, Team]
) -> tuple[list[tuple[int, Team]], Team | None]:
    """The places in order, and the champion: the only team that is first."""
    found = [(place, teams[team_id]) for team_id, place in decided.items()]
    found.sort(key=lambda one: (one[0], one[1].name.casefold()))
    first = [team for place, team in found if place == 1]
    return found, first[0] if len(first) == 1 else None
