"""Annuls games of withdrawn teams in an event file, if the rules say so."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from timely.domain.rules.rules import Rules
from timely.event_file.contents import MatchPart
from timely.event_file.roster import Roster


def teams_that_left(roster: Roster) -> frozenset[str]:
    return frozenset(name for name, team in roster.teams.items() if team.withdrawn)


def without_the_withdrawn(
    matches: Sequence[MatchPart], listed: Sequence[Mapping[str, Any]], gone: frozenset[str], rules: Rules
) -> list[MatchPart]:
    """The matches; if the rules annul, no table game of a team that is *gone* counts or is still to be played.

    `annulled` and `status` of *listed*, the matches as in the file, take precedence.
    """
    found = list(matches)
    tables: dict[tuple[str, str | None, str | None], list[int]] = {}
    for number, match in enumerate(matches):
        for team in {match.home, match.away} & gone:
            if not match.knockout and team is not None:
                tables.setdefault((team, match.division, match.group), []).append(number)
    for numbers in tables.values():
        played = sum(_is_played(matches[number]) for number in numbers)
        if rules.withdrawal.way(played, len(numbers)) == "annul":
            for number in numbers:
                found[number] = _annulled(found[number], listed[number])
    return found


def _is_played(match: MatchPart) -> bool:
    return match.score is not None and not match.score.running


def _annulled(match: MatchPart, said: Mapping[str, Any]) -> MatchPart:
    if match.score is None:
        return match if said.get("status") is not None else replace(match, status="CANCELLED")
    if match.score.running or said.get("annulled") is not None:
        return match
    return replace(match, score=replace(match.score, annulled=True))
