"""Explanations as English text: a sentence for each tie-breaker that was applied to a row."""

from collections.abc import Callable, Mapping, Sequence

from timely.domain.rules.tiebreakers import TIEBREAKERS
from timely.domain.standings.explanation import Explanation
from timely.domain.standings.outcome import Team
from timely.domain.standings.ranking_step import MiniLeague, Step
from timely.presenters.list_text import list_text
from timely.presenters.number_text import DASH
from timely.presenters.value_text import some_of, value_text, way_out

Name = Callable[[Team], str]

MOST_NAMED = 3


def sentences(explanation: Explanation, name: Name = str, titles: Mapping[str, str] | None = None) -> list[str]:
    """The explanation: a sentence for each step, then which teams nothing separates and what may be done about it.

    *titles* are the tie-breakers in the terms of the sport; None: it counts goals.
    """
    team = explanation.team
    told = []
    among: MiniLeague | None = None
    for step in explanation.steps:
        if step.among is not among:
            among = step.among
            if among:
                told.append(among_text(among, name))
        told.append(step_text(step, team, name, titles))
    if explanation.level_with:
        sharing = (team, *explanation.level_with)
        told.append(f"Nothing separates {some_of(sharing, name)}; they share position {explanation.position}.")
        told += [way_out(way) for way in explanation.ways_out]
    if explanation.source:
        told.append(f"Rule: {explanation.source}.")
    return told


def step_text(step: Step, team: Team, name: Name = str, titles: Mapping[str, str] | None = None) -> str:
    """One tie-breaker as it was for *team*: "Goal difference: +3, behind Ash (+5), level with Cedar."."""
    title = titles[step.criterion] if titles else TIEBREAKERS[step.criterion].title
    own = step.values[team]
    if own is None or (None in step.values.values()):
        unnamed = tuple(one for one, value in step.values.items() if value is None)
        are = "is" if len(unnamed) == 1 else "are"
        return f"{title}: decides nothing, because {some_of(unnamed, name)} {are} not listed."
    ahead = [one for one, value in step.values.items() if value > own]
    behind = [one for one, value in step.values.items() if value < own]
    level = step.level_with(team)
    parts = []
    if ahead:
        parts.append(f"behind {_with_values(ahead[-MOST_NAMED:], step, name, more=len(ahead) - MOST_NAMED)}")
    if behind:
        parts.append(f"ahead of {_with_values(behind[:MOST_NAMED], step, name, more=len(behind) - MOST_NAMED)}")
    if level:
        parts.append(f"level with {some_of(level, name)}")
    return f"{title}: {value_text(step.criterion, own)}" + "".join(f", {part}" for part in parts) + "."


def among_text(among: MiniLeague, name: Name = str) -> str:
    """The games that the following tie-breakers consider: "Among Ash and Birch: Ash 2–1 Birch."."""
    again = "Again among" if among.again else "Among"
    teams = some_of(tuple(among.lines), name)
    if not among.games:
        return f"{again} {teams}: they have not met."
    if len(among.games) > MOST_NAMED:
        return f"{again} {teams}: their {len(among.games)} games."
    games = [f"{name(game.home)} {game.home_score}{DASH}{game.away_score} {name(game.away)}" for game in among.games]
    return f"{again} {teams}: {', '.join(games)}."


def _with_values(teams: Sequence[Team], step: Step, name: Name, more: int) -> str:
    told = [f"{name(one)} ({value_text(step.criterion, step.values[one])})" for one in teams]
    if more > 0:
        told.append(f"{more} more")
    return list_text(told)
