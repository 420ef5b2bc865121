"""Rules of withdrawal: what becomes of the games of a team that withdraws or is expelled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from timely.domain.standings.outcome import Team
from timely.domain.validation import a_mapping, inside, one_of, whole_number

WAYS = ("annul", "keep", "award")
KEYS = ("annul_below", "then")


@dataclass(frozen=True)
class Withdrawal:
    """What the rules say of a withdrawal.

    `then` is "annul": none of the team's games counts any more; "keep": those that were played stand, the others are
    cancelled; or "award": those that were played stand, the opponents win the others.
    *annul_below*: no game counts if the team has played less than so many per cent of its games.
    """

    then: str = "annul"
    annul_below: int = 0

    def way(self, played: int, games: int) -> str:
        """ "annul", "keep" or "award", after *played* of the team's *games*."""
        return "annul" if played * 100 < self.annul_below * games else self.then

    def as_data(self) -> str | dict[str, Any]:
        """The rule as in an event file; `read_withdrawal` is the inverse."""
        return {"annul_below": self.annul_below, "then": self.then} if self.annul_below else self.then


ANNULLED = Withdrawal()


def read_withdrawal(data: object, path: str) -> Withdrawal:
    """The rule in parsed JSON: "annul", "keep", "award", or {"annul_below": 75, "then": "keep"}.

    Raises ValidationError.
    """
    if isinstance(data, str):
        return Withdrawal(one_of(data, path, WAYS))
    given: Mapping[str, Any] = a_mapping(data, path)
    share = whole_number(given.get("annul_below"), inside(path, "annul_below"), 1, 100)
    return Withdrawal(one_of(given.get("then"), inside(path, "then"), ("keep", "award")), share)


@dataclass(frozen=True, slots=True)
class Game:
    """One game of the table; `key` identifies it to the caller."""

    key: Any
    home: Team
    away: Team
    played: bool  # it has a result that counts: played, or awarded before


@dataclass(frozen=True, slots=True)
class WithdrawalOutcome:
    """What becomes of a game.

    `what` is "stands", "annulled" (its result is kept, but counts nowhere), "cancelled" (it will not be played) or
    "awarded", with the score, and the side that loses by forfeit.
    """

    what: str
    home_score: int | None = None
    away_score: int | None = None
    forfeit: str = ""


def withdrawal_outcomes(
    team: Team,
    games: Iterable[Game],
    withdrawal: Withdrawal,
    walkover: tuple[int, int],
    *,
    gone: frozenset[Team] = frozenset(),
) -> dict[Any, WithdrawalOutcome]:
    """{key: what becomes of it} of each game of *team* in one table; games of other teams are ignored.

    *walkover* is the score of a game that is awarded, the winner's first. *gone* are the teams that have withdrawn
    before: a game that both teams have left has no winner.
    """
    own = [game for game in games if team in (game.home, game.away)]
    way = withdrawal.way(sum(game.played for game in own), len(own))
    return {game.key: _fate(game, team, way, walkover, gone) for game in own}


def _fate(game: Game, team: Team, way: str, walkover: tuple[int, int], gone: frozenset[Team]) -> WithdrawalOutcome:
    if game.played:
        return WithdrawalOutcome("annulled" if way == "annul" else "stands")
    side, opponent = ("home", game.away) if game.home == team else ("away", game.home)
    if way != "award" or opponent in gone:
        return WithdrawalOutcome("cancelled")
    won, lost = walkover
    return (
        WithdrawalOutcome("awarded", lost, won, side)
        if side == "home"
        else WithdrawalOutcome("awarded", won, lost, side)
    )
