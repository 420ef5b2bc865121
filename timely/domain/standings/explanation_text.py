"""Explanations as text: a sentence for each tie-breaker that was applied to a row."""

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from timely.domain.knockout.source import ordinal
from timely.domain.rules.tiebreaker import NO_VALUE
from timely.domain.rules.tiebreakers import TIEBREAKERS, by_hand
from timely.domain.standings.explanation import CHANGE_THE_ORDER, WAIT, Explanation
from timely.domain.standings.outcome import Team
from timely.domain.standings.ranking_step import MiniLeague, Step

Name = Callable[[Team], str]

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
MOST_NAMED = 3  # further ones can be read in the table beside it
MOST_LEVEL = 6

WAYS_OUT = {
    WAIT: "Wait: games are still to be played.",
    CHANGE_THE_ORDER: "Change the rules: add a criterion, such as a play-off or a lot.",
}


def way_out(way: str) -> str:
    """Sentence about a choice of the organiser, one of `Explanation.ways_out`."""
    return WAYS_OUT[way] if way in WAYS_OUT else by_hand()[way].remedy


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
    return listed(told)


def value_text(criterion: str, value: Any) -> str:
    """The value as a reader knows it: "+3", "1.333", "12½", "2nd"."""
    if value is None:
        return "not listed"
    number = TIEBREAKERS[criterion].number
    if number.place:
        return ordinal(-value)
    if value == math.inf:
        return "none against"
    if value == NO_VALUE:
        return "no value"
    text = decimals(value, cut=number.cut) if number.decimals or _is_broken(value) else str(int(value))
    if number.half and 2 * value == int(2 * value):
        text = f"{int(value)}½" if _is_broken(value) else text
    if not any(digit in text for digit in "123456789½"):
        return text  # a net run rate of less than half a thousandth has no sign
    if value < 0:
        return f"{MINUS}{text.lstrip('-')}"
    return f"+{text}" if number.signed and value > 0 else text


def _is_broken(value: Any) -> bool:
    return isinstance(value, Fraction | float) and value != int(value)


def decimals(value: Any, *, cut: bool = False) -> str:
    """Three decimals without a sign, rounded half away from zero, or truncated. The ranking compares exact values."""
    thousandths = int(abs(Fraction(value)) * 1000 + (0 if cut else Fraction(1, 2)))
    return f"{thousandths // 1000}.{thousandths % 1000:03}"


def some_of(teams: Sequence[Team], name: Name) -> str:
    """The names; if there are too many to read, the first and how many more."""
    if len(teams) <= MOST_LEVEL:
        return listed([name(one) for one in teams])
    named = [name(one) for one in teams[: MOST_LEVEL - 1]]
    return listed([*named, f"{len(teams) - len(named)} more"])


def listed(words: Sequence[str]) -> str:
    """The words as a list: "Ash", "Ash and Birch", "Ash, Birch and Cedar"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
