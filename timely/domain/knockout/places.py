"""Final places: what each tie of a knockout decides, and the place of each team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from timely.domain.knockout.advancement import Sides, Table
from timely.domain.knockout.source import LoserOf, Place, Rank, WinnerOf
from timely.domain.knockout.tie import Tie, Won, in_order
from timely.domain.knockout.tree import first_place_of
from timely.domain.standings.outcome import Team

KEPT = 20  # knockouts


@dataclass(frozen=True, slots=True)
class Deciding:
    """The final places of the winner and the loser; None for one that plays on."""

    winner: int | None
    loser: int | None


@dataclass(slots=True)
class Bracket:
    """The ties that lead to one last tie: the final, or the game for third place."""

    last: Tie
    rounds: list[list[Tie]]  # rounds[0] is the last tie alone, rounds[1] those whose winners meet in it
    first_place: int = 1  # the place of the winner of the last tie

    @property
    def ties(self) -> list[Tie]:
        return [tie for ties in self.rounds for tie in ties]


def brackets(ties: Sequence[Tie]) -> list[Bracket]:
    """The ties by the last tie that their winners lead to: the main bracket, then by the places they play for.

    A tie whose losers play on among themselves takes no place away: those places are what the losers play for.
    """
    ordered = in_order(ties)
    winner_to, loser_to = _followers(ordered)
    root: dict[str, str] = {}
    depth: dict[str, int] = {}
    for tie in reversed(ordered):
        after = winner_to.get(tie.code)
        root[tie.code] = root[after] if after else tie.code
        depth[tie.code] = depth[after] + 1 if after else 0
    found = {tie.code: Bracket(tie, []) for tie in ordered if root[tie.code] == tie.code}
    listed = {tie.code: number for number, tie in enumerate(ties)}
    for tie in sorted(ordered, key=lambda tie: (depth[tie.code], listed[tie.code])):
        rounds = found[root[tie.code]].rounds
        if len(rounds) <= depth[tie.code]:
            rounds.append([])
        rounds[depth[tie.code]].append(tie)

    lost = {code: _lost_ties(bracket, root) for code, bracket in found.items()}
    out = {code: _leaving(bracket, loser_to, root) for code, bracket in found.items()}
    settled: set[str] = set()
    taken = 0
    for bracket in sorted(found.values(), key=_best_side):
        if not lost[bracket.last.code]:
            # The code tells it where a team between has a place without a game.
            bracket.first_place = max(taken + 1, first_place_of(bracket.last.code) or 1)
            taken = bracket.first_place + sum(out[bracket.last.code])
            settled.add(bracket.last.code)
    # A bracket of losers comes after the one that they lost in, at any depth.
    waiting = [code for code in found if code not in settled]
    while waiting:
        ready = [code for code in waiting if all(root[tie] in settled for tie in lost[code])] or waiting[:1]
        for code in ready:
            found[code].first_place = min(
                found[root[tie]].first_place + 1 + sum(out[root[tie]][: depth[tie]]) for tie in lost[code]
            )
        settled.update(ready)
        waiting = [code for code in waiting if code not in settled]
    return sorted(found.values(), key=lambda bracket: (bracket.first_place, listed[bracket.last.code]))


def deciding(ties: Sequence[Tie]) -> dict[str, Deciding]:
    """The places that each tie decides. Losers who do not play on share a place: both beaten semi-finalists are 3rd."""
    ordered = in_order(ties)
    winner_to, loser_to = _followers(ordered)
    found: dict[str, Deciding] = {}
    found_brackets = brackets(ties)
    root = {tie.code: bracket.last.code for bracket in found_brackets for tie in bracket.ties}
    for bracket in found_brackets:
        place = bracket.first_place + 1
        for round_ties, leaving in zip(bracket.rounds, _leaving(bracket, loser_to, root), strict=True):
            for tie in round_ties:
                found[tie.code] = Deciding(
                    None if tie.code in winner_to else bracket.first_place, None if tie.code in loser_to else place
                )
            place += leaving
    return found


def final_places(
    ties: Sequence[Tie],
    sides: Sides,
    winners: Mapping[str, Won | None],
    tables: Mapping[str, Table] | None = None,
) -> dict[Team, int]:
    """{team: place} of all teams whose place is certain. Shared places occur more than once.

    Teams of *tables* that do not play on come after those that do, by their places in the groups.
    """
    places: dict[Team, int] = {}
    structure = _structure(tuple(ties))
    for code, decides in structure.deciding.items():
        won = winners.get(code)
        if won is None or code not in structure.placed:
            continue
        home, away = sides.get(code, (None, None))
        placed_at = {"home": (decides.winner, decides.loser), "away": (decides.loser, decides.winner)}
        # If neither team came, neither has won.
        for team, place in zip((home, away), placed_at.get(won, (decides.loser, decides.loser)), strict=True):
            if team is not None and place is not None:
                places[team] = min(place, places.get(team, place))
    if len(structure.placed) == len(ties):
        places |= _places_of_the_rest(structure, ties, sides, tables or {})
    return dict(sorted(places.items(), key=lambda one: one[1]))


@dataclass(frozen=True, slots=True)
class _Structure:
    """Places that the ties of a knockout decide, whatever their scores; `main` are the codes of its main bracket."""

    deciding: Mapping[str, Deciding]
    placed: frozenset[str]
    main: Sequence[str]


# Kept from one result to the next, because no score changes it.
@lru_cache(KEPT)
def _structure(ties: tuple[Tie, ...]) -> _Structure:
    main = [tie.code for bracket in brackets(ties)[:1] for tie in bracket.ties]
    return _Structure(deciding(ties), _placed(ties), main)


def _placed(ties: Sequence[Tie]) -> frozenset[str]:
    """The codes of the ties that decide places: those of the one bracket with the final, and the games for places.

    As long as several brackets lead nowhere yet, such as two semi-finals without a final, there can be no winner.
    """
    found = brackets(ties)
    root = {tie.code: bracket.last.code for bracket in found for tie in bracket.ties}
    starting = [one for one in found if not _lost_ties(one, root) and first_place_of(one.last.code) is None]
    if len(starting) > 1:
        starting = [one for one in starting if one.last.code == "F"]
    if len(starting) != 1:
        found = [one for one in found if first_place_of(one.last.code) is not None]
    else:
        others = [one for one in found if _lost_ties(one, root) or first_place_of(one.last.code) is not None]
        found = [starting[0], *others]
    return frozenset(tie.code for bracket in found for tie in bracket.ties)


def _places_of_the_rest(
    structure: _Structure, ties: Sequence[Tie], sides: Sides, tables: Mapping[str, Table]
) -> dict[Team, int]:
    """The places of the teams that play in no tie; none as long as a team may still come into one."""
    entering = [
        team
        for tie in ties
        for team, side in zip(sides[tie.code], (tie.home, tie.away), strict=True)
        if not isinstance(side, WinnerOf | LoserOf)
    ]
    if not entering or None in entering or not all(table.is_over for table in tables.values()):
        return {}
    in_group = {line.team: line.position for table in tables.values() for line in table.lines}
    playing_on = {team for pair in sides.values() for team in pair if team is not None}
    first = {team for code in structure.main for team in sides[code]}
    before = [0 if team in first else in_group.get(team, 0) for team in playing_on]
    rest = {team: position for team, position in in_group.items() if team not in playing_on}
    return {
        team: 1 + sum(one <= position for one in before) + sum(one < position for one in rest.values())
        for team, position in rest.items()
    }


def _followers(ties: Sequence[Tie]) -> tuple[dict[str, str], dict[str, str]]:
    """{code: the tie that its winner goes on to}, and the same for its loser."""
    winner_to: dict[str, str] = {}
    loser_to: dict[str, str] = {}
    for tie in ties:
        for side in (tie.home, tie.away):
            if isinstance(side, WinnerOf):
                winner_to.setdefault(side.code, tie.code)
            elif isinstance(side, LoserOf):
                loser_to.setdefault(side.code, tie.code)
    return winner_to, loser_to


def _lost_ties(bracket: Bracket, root: Mapping[str, str]) -> list[str]:
    """The ties of other brackets whose losers play in this one."""
    return [
        side.code
        for tie in bracket.ties
        for side in (tie.home, tie.away)
        if isinstance(side, LoserOf) and root.get(side.code) not in (None, bracket.last.code)
    ]


def _best_side(bracket: Bracket) -> tuple[bool, int, int]:
    """Sort key: the bracket of the final first, else those with the best places of the groups, then the larger one."""
    sides = [side for tie in bracket.ties for side in (tie.home, tie.away)]
    places = [side.position for side in sides if isinstance(side, Place)]
    places += [side.rank for side in sides if isinstance(side, Rank)]
    return bracket.last.code != "F", min(places, default=0), -len(bracket.ties)


def _leaving(bracket: Bracket, loser_to: Mapping[str, str], root: Mapping[str, str]) -> list[int]:
    """How many teams leave the bracket in each round, the last round first."""
    return [sum(root.get(loser_to.get(tie.code, "")) != bracket.last.code for tie in ties) for ties in bracket.rounds]
