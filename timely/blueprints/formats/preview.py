"""Preview of a planned format: groups, rounds, byes, number of games."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from timely.domain.formats.plan import Plan
from timely.domain.knockout.source import SOURCES, LoserOf, WinnerOf
from timely.domain.knockout.tie import Tie
from timely.domain.translation import gettext, pgettext
from timely.models import Event
from timely.presenters.bracket_svg import byes
from timely.presenters.format_text import format_words
from timely.presenters.round_text import label_text, round_text
from timely.services.formats import FormatChoice


@dataclass(frozen=True, slots=True)
class ShownGame:
    home: str
    away: str
    code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownRound:
    name: str
    games: Sequence[ShownGame]
    byes: Sequence[str] = ()


def shown(event: Event, choice: FormatChoice, planned: Plan) -> dict[str, Any]:
    """The template's context."""
    names: dict[Hashable, str] = {team.id: team.name for team in choice.teams}
    first = planned.ties[0].round if planned.ties else ""
    sizes = [len(group.teams) for group in planned.groups]
    legs = any(tie.legs > 1 for tie in planned.ties)
    return {
        "words": format_words(sizes, choice.format.times, first, len(names), event.entrant, legs=legs),
        "game_count": planned.games,
        "each": each_text(choice, planned),
        "groups": [
            {
                "name": pgettext("table", "Group %(name)s", name=group.name) if group.name else gettext("The table"),
                "teams": [names[id_] for id_ in group.teams],
                "games": sum(len(one.games) for one in group.rounds),
                "rounds": [
                    ShownRound(
                        pgettext("round", "Round %(number)s", number=one.number),
                        [ShownGame(names[home], names[away]) for home, away in one.games],
                        [names[one.bye]] if one.bye is not None else [],
                    )
                    for one in group.rounds
                ],
            }
            for group in planned.groups
        ],
        "rounds": knockout_rounds(planned.ties, names),
    }


def knockout_rounds(ties: Sequence[Tie], names: Mapping[Hashable, str]) -> list[ShownRound]:
    """The bracket by rounds; a side that enters later has a bye in the round before."""
    rounds: dict[str, list[Tie]] = {}
    for tie in ties:
        rounds.setdefault(tie.round, []).append(tie)
    late = byes(ties)
    found = []
    for name, here in rounds.items():
        games = [
            ShownGame(
                side_name(tie.home, names),
                side_name(tie.away, names),
                tie.code,
                pgettext("two games in a knockout", "two legs") if tie.legs > 1 else "",
            )
            for tie in here
        ]
        sitting_out = [side_name(getattr(tie, side), names) for tie, side in late.get(name, ())]
        found.append(ShownRound(round_text(name), games, sitting_out))
    return found


def side_name(side: Any, names: Mapping[Hashable, str]) -> str:
    return label_text(side.label) if isinstance(side, SOURCES) else names[side]


def each_text(choice: FormatChoice, planned: Plan) -> str:
    """The number of games per team: "3 to 6"."""
    fixed = Counter(id_ for group in planned.groups for one in group.rounds for pair in one.games for id_ in pair)
    least, most = (min(fixed.values()), max(fixed.values())) if fixed else (0, 0)
    if planned.ties:
        paths = _paths(planned.ties)
        starts = [
            paths[tie.code]
            for tie in planned.ties
            for side in (tie.home, tie.away)
            if not isinstance(side, WinnerOf | LoserOf)
        ]
        most += max(high for _, high in starts)
        # Not all teams of a table go on.
        if not planned.groups or len(starts) == len(choice.teams):
            least += min(low for low, _ in starts)
    return f"{least}" if least == most else gettext("%(least)s to %(most)s", least=least, most=most)


def _paths(ties: Sequence[Tie]) -> dict[str, tuple[int, int]]:
    """{code: (fewest, most) games still to play for a team in that tie}."""
    after: dict[str, dict[type, str]] = {}
    for tie in ties:
        for side in (tie.home, tie.away):
            if isinstance(side, WinnerOf | LoserOf):
                after.setdefault(side.code, {})[type(side)] = tie.code
    legs = {tie.code: tie.legs for tie in ties}
    found: dict[str, tuple[int, int]] = {}

    def path(code: str) -> tuple[int, int]:
        if code not in found:
            ways = [path(after[code][way]) if way in after.get(code, {}) else (0, 0) for way in (WinnerOf, LoserOf)]
            found[code] = (legs[code] + min(low for low, _ in ways), legs[code] + max(high for _, high in ways))
        return found[code]

    for tie in ties:
        path(tie.code)
    return found
