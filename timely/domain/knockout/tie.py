"""Ties: one knockout meeting of one game or two legs, and its winner."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from timely.domain.knockout.source import LoserOf, Source, WinnerOf
from timely.domain.standings.outcome import Team
from timely.domain.translation import Text, lazy_gettext

Side = Literal["home", "away"]
Won = Literal["home", "away", "none"]  # the side that goes on; "none": neither, because neither team came
Decided = Literal["", "home", "away", "none"]  # by a lot or a ruling; "" by neither
Key = TypeVar("Key", bound=Hashable)

DECISIONS: dict[str | None, Decided] = {"home": "home", "away": "away", "none": "none"}
MOST_LISTED = 6  # of ties that wait for each other


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie, *home* and *away* as in the first leg. `code` names it: QF1, R32-5, F, 3P."""

    code: str
    round: str  # "Quarter-finals", "3rd place", "Places 5–8"
    number: int  # within its round, from 1, down the page
    home: Team | Source
    away: Team | Source
    legs: int = 1


@dataclass(frozen=True, slots=True)
class TieGame:
    """One game of a tie, with home and away as in that game: in the second leg they are swapped.

    The score is the one after extra time. `decided` is a lot or a ruling, which takes precedence over any score; by a
    ruling neither of the two may go on ("none").
    """

    home_score: int
    away_score: int
    home_pens: int | None = None
    away_pens: int | None = None
    decided: Decided = ""

    def turned(self) -> "TieGame":
        """The same game with its sides swapped."""
        other: dict[str, Literal["", "home", "away", "none"]] = {"home": "away", "away": "home"}
        return replace(
            self,
            home_score=self.away_score,
            away_score=self.home_score,
            home_pens=self.away_pens,
            away_pens=self.home_pens,
            decided=other.get(self.decided, self.decided),
        )


def is_turned_leg(leg: int | None) -> bool:
    """Whether the sides are swapped compared with the first leg. A replay on the same ground skips a number."""
    return leg is not None and leg % 2 == 0


def tie_winner(
    games: Sequence[TieGame | None], *, away_goals: bool = False, turned: Sequence[bool] | None = None
) -> Won | None:
    """The side of the first leg that goes on; None as long as that is open, "none" if neither does.

    *games* has one entry for each leg, None for a leg without a result. Two legs: the aggregate, then the away goals if
    the rules have them (those of extra time count too), then the penalties after the last leg. Of more games, which are
    replays, the last decides. *turned* says which games have the sides swapped; by default every second one.
    """
    around = turned if turned is not None else [bool(number % 2) for number in range(len(games))]
    legs = [game.turned() if game and is_turned else game for game, is_turned in zip(games, around, strict=True)]
    for game in reversed(legs):
        if game and game.decided:
            return game.decided
    played = [game for game in legs if game]
    if not played or len(played) < len(legs):
        return None
    counted = played if len(played) <= 2 else played[-1:]
    home, away = sum(game.home_score for game in counted), sum(game.away_score for game in counted)
    if home == away and away_goals and len(counted) > 1:
        home = sum(game.home_score for game in played[1::2])
        away = sum(game.away_score for game in played[::2])
    if home == away:
        home, away = played[-1].home_pens or 0, played[-1].away_pens or 0
    if home == away:
        return None
    return "home" if home > away else "away"


def fed_by(tie: Tie) -> list[str]:
    """The codes of the ties that its sides come from."""
    return [side.code for side in (tie.home, tie.away) if isinstance(side, WinnerOf | LoserOf)]


def circle_in(waits: Mapping[Key, Iterable[Key]]) -> list[Key]:
    """A cycle in *waits* (key: the keys it waits for), in order; empty if there is none."""
    settled: set[Key] = set()
    for first in waits:
        on_the_way: dict[Key, Iterator[Key]] = {first: iter(waits[first])} if first not in settled else {}
        while on_the_way:
            at = next(reversed(on_the_way))
            after = next((one for one in on_the_way[at] if one in waits and one not in settled), None)
            if after is None:
                settled.add(at)
                del on_the_way[at]
            elif after in on_the_way:
                way = list(on_the_way)
                return way[way.index(after) :]
            else:
                on_the_way[after] = iter(waits[after])
    return []


def circle_text(codes: Sequence[str]) -> Text:
    """ "QF1 waits for QF2 waits for QF1" for the codes of a cycle, of which only so many are listed."""
    *names, last = [*codes[:MOST_LISTED], "…" if len(codes) > MOST_LISTED else codes[0]]
    text: Text = last
    for name in reversed(names):
        text = lazy_gettext("%(game)s waits for %(next)s", game=name, next=text)
    return text


def unwound(ties: Sequence[Tie]) -> list[Tie]:
    """The ties; those in a cycle, and those that wait for these, lose their sources.

    No such knockout is accepted now; earlier versions of Timely accepted some.
    """
    there = {tie.code for tie in in_order(ties)}
    return [tie if tie.code in there else _of_nobody(tie) for tie in ties]


def _of_nobody(tie: Tie) -> Tie:
    home, away = (
        (side, tie.code) if isinstance(one, WinnerOf | LoserOf) else one
        for side, one in (("home", tie.home), ("away", tie.away))
    )
    return replace(tie, home=home, away=away)


def in_order(ties: Sequence[Tie]) -> list[Tie]:
    """The ties, each after those that its sides come from; ties that wait for themselves are left out."""
    # No recursion: an imported file may chain its ties to any depth.
    known = {tie.code: tie for tie in ties}
    waits = {tie.code: len({code for code in fed_by(tie) if code in known}) for tie in ties}
    followers: dict[str, list[Tie]] = {code: [] for code in known}
    for tie in known.values():
        for code in sorted(set(fed_by(tie)) & known.keys()):
            followers[code].append(tie)
    ready = [tie for tie in known.values() if not waits[tie.code]]
    for tie in ready:  # grows during the loop
        for follower in followers[tie.code]:
            waits[follower.code] -= 1
            if not waits[follower.code]:
                ready.append(follower)
    return ready
