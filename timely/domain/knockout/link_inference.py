"""Infers the links of a knockout of which only teams and results are known."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from timely.domain.knockout.source import SOURCES, LoserOf, Source, WinnerOf
from timely.domain.knockout.tie import Tie, TieGame, Won, is_turned_leg, tie_winner
from timely.domain.standings.outcome import Team

LONGEST_CODE = 20


@dataclass(frozen=True, slots=True)
class Meeting:
    """One knockout game as it was imported; *game* is its result, if it has one."""

    round: str
    home: Team | Source | None
    away: Team | Source | None
    game: TieGame | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """The ties, and for each meeting the code of its tie and its leg (None if the tie has one game)."""

    ties: list[Tie]
    meetings: list[tuple[str, int | None]]
    winners: dict[str, Won | None]


def infer_links(
    meetings: Sequence[Meeting], places: Mapping[Team, Source] | None = None, *, away_goals: bool = False
) -> Linked:
    """The ties behind *meetings*, which are in the order of play.

    A side is the winner or the loser of the latest earlier tie in which its team played; at a team's first tie it is
    its entry in *places* (A1, 5th overall), else the team itself. Two teams that meet twice in a round play two legs;
    as long as that decides nothing, further games are replays. A side that is a source already stays as it is.
    """
    together = _legs(meetings, away_goals=away_goals)
    codes = _codes([meetings[numbers[0]].round for numbers in together])
    latest: dict[Team, tuple[str, bool]] = {}  # team: its latest tie, and whether it won that
    ties: list[Tie] = []
    winners: dict[str, Won | None] = {}
    of: list[tuple[str, int | None]] = [("", None)] * len(meetings)
    used: set[Source] = set()
    for numbers, (code, number) in zip(together, codes, strict=True):
        first = meetings[numbers[0]]
        won = _won(meetings, numbers, away_goals=away_goals)
        sides: list[Team | Source] = []
        for team in (first.home, first.away):
            side: Team | Source = team
            if team is not None and not isinstance(team, SOURCES):
                side = (places or {}).get(team, team)
                if team in latest:
                    before, has_won = latest[team]
                    link = WinnerOf(before) if has_won else LoserOf(before)
                    # A team can go on from a tie only once: if it plays again, the side is the team itself.
                    side = team if link in used else link
            if isinstance(side, WinnerOf | LoserOf):
                used.add(side)
            sides.append(side)
        for side_name, team in (("home", first.home), ("away", first.away)):
            if team is not None and not isinstance(team, SOURCES):
                if won and won != "none":
                    latest[team] = code, won == side_name
                else:
                    latest.pop(team, None)
        ties.append(Tie(code, first.round, number, sides[0], sides[1], legs=len(numbers)))
        winners[code] = won
        for leg, one in zip(_leg_numbers(meetings, numbers), numbers, strict=True):
            of[one] = (code, leg if len(numbers) > 1 else None)
    return Linked(ties, of, winners)


def code_of_round(name: str) -> str:
    """The prefix of the codes of a round: QF of Quarter-finals, 3P of Bronze final, F of Final."""
    plain = name.casefold().strip()
    if re.search(r"\b(third|3rd|bronze)\b", plain):
        return "3P"
    place = re.search(r"\b(\d{1,3})(st|nd|rd|th) place\b", plain)
    if place:
        return f"{place[1]}P"
    if re.search(r"\bquarter|^1/4", plain):
        return "QF"
    if re.search(r"\bsemi|^1/2", plain):
        return "SF"
    part = re.match(r"1/(8|16|32|64)\b", plain)
    if part:
        return f"R{2 * int(part[1])}-"
    last = re.search(r"\b(?:round of|last) (\d{1,3})\b", plain)
    if last:
        return f"R{last[1]}-"
    if re.search(r"\bfinal\b", plain):
        return "F"
    initials = "".join(word[0] for word in re.findall(r"\w+", name)).upper()
    return f"{initials[: LONGEST_CODE - 8] or 'K'}-"


def code_by_hand(round_: str, taken: Collection[str]) -> str:
    """A free code for a game that was arranged by hand; F only if the round is called exactly Final."""
    start = code_of_round(round_)
    if start == "F" and round_.casefold().strip() != "final":
        start = code_of_round(re.sub(r"(?i)final", "game", round_))
    is_one = start == "F" or start.endswith("P")
    if is_one and start not in taken:
        return start
    number = next(number for number in count(1) if f"{start}{'-' * is_one}{number}" not in taken)
    return f"{start}{'-' * is_one}{number}"


def _legs(meetings: Sequence[Meeting], *, away_goals: bool) -> list[list[int]]:
    """The indexes of the meetings of each tie: of the same two teams in one round, until it is decided."""
    together: list[list[int]] = []
    latest: dict[tuple[str, frozenset[object]], list[int]] = {}
    for number, meeting in enumerate(meetings):
        pair = (meeting.round, frozenset((meeting.home, meeting.away)))
        known = meeting.home is not None and meeting.away is not None
        before = latest.get(pair) if known else None
        if before and _goes_on(meetings, before, number, away_goals=away_goals):
            before.append(number)
            continue
        together.append([number])
        if known:
            latest[pair] = together[-1]
    return together


def _goes_on(meetings: Sequence[Meeting], before: Sequence[int], number: int, *, away_goals: bool) -> bool:
    """Whether the tie of the games *before* continues with this one: as its second leg, or as a replay."""
    if len(before) == 1 and _is_turned(meetings, before, number):
        return True
    are_played = all(meetings[one].game for one in before)
    return are_played and _won(meetings, before, away_goals=away_goals) is None


def _is_turned(meetings: Sequence[Meeting], numbers: Sequence[int], number: int) -> bool:
    """Whether the sides of a game are swapped compared with the first game of the tie."""
    return meetings[number].home != meetings[numbers[0]].home


def _won(meetings: Sequence[Meeting], numbers: Sequence[int], *, away_goals: bool) -> Won | None:
    turned = [_is_turned(meetings, numbers, one) for one in numbers]
    return tie_winner([meetings[one].game for one in numbers], away_goals=away_goals, turned=turned)


def _leg_numbers(meetings: Sequence[Meeting], numbers: Sequence[int]) -> list[int]:
    """The leg numbers 1, 2, …, skipping one if the sides stayed the same: even legs have them swapped."""
    legs: list[int] = []
    for one in numbers:
        leg = legs[-1] + 1 if legs else 1
        legs.append(leg + (_is_turned(meetings, numbers, one) != is_turned_leg(leg)))
    return legs


def _codes(rounds: Sequence[str]) -> list[tuple[str, int]]:
    """(code, number within its round) of each tie; codes are unique."""
    numbers: dict[str, int] = {}
    by_start: dict[str, int] = {}
    for name in rounds:
        by_start[code_of_round(name)] = by_start.get(code_of_round(name), 0) + 1
    counted: dict[str, int] = {}
    codes = []
    for name in rounds:
        start = code_of_round(name)
        numbers[name] = numbers.get(name, 0) + 1
        counted[start] = counted.get(start, 0) + 1
        alone = by_start[start] == 1 and (start == "F" or start.endswith("P"))
        between = "-" if start.endswith("P") else ""
        codes.append((start if alone else f"{start}{between}{counted[start]}", numbers[name]))
    return codes
