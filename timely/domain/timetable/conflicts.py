"""Conflicts: games that could need the same team, by the teams that play and those that may still come."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from timely.domain.standings.outcome import Team
from timely.domain.timetable.games import Game, GameKey, Side
from timely.domain.translation import Text, lazy_gettext


@dataclass(frozen=True, slots=True)
class Known:
    """A side whose team is known."""

    team: Team


@dataclass(frozen=True, slots=True)
class Open:
    """A side whose team is not known yet."""

    division: Hashable
    source: Hashable


Player = Known | Open


def player(game: Game, side: Side, number: int) -> Player:
    if side.team is not None:
        return Known(side.team)
    # Without a source the side is unique to this game.
    return Open(game.division, side.source if side.source is not None else ("side", game.key, number))


def players(game: Game) -> tuple[Player, Player]:
    return player(game, game.home, 0), player(game, game.away, 1)


class Conflicts:
    """The sides that cannot play in two places at once.

    Two open sides of one division with different sources are never the same team at the same time: a team gets from one
    game to another only along the order of games, which is kept in any case. So the two semi-finals may be played at
    once although any team could be in either. Conflicts arise where divisions share a team, or where a known team could
    be an open side.
    """

    def __init__(self, games: Sequence[Game]) -> None:
        self.names: dict[Player, Text] = {}
        self.of: dict[GameKey, tuple[Player, Player]] = {}
        self.could: dict[Player, frozenset[Team]] = {}
        for game in games:
            pair = self.of[game.key] = players(game)
            for one, side in zip(pair, (game.home, game.away), strict=True):
                self.names.setdefault(one, side.name)
                if isinstance(one, Open):
                    self.could[one] = self.could.get(one, frozenset()) | side.could
        by_team: dict[Team, list[Player]] = defaultdict(list)
        for one, teams in self.could.items():
            for team in teams:
                by_team[team].append(one)
        self._by_team = by_team
        self._number = {one: number for number, one in enumerate(self.names)}
        self._divisions = len({one.division for one in self.could if isinstance(one, Open)}) > 1

    def rivals(self, one: Player) -> set[Player]:
        """The other players that could be the same team."""
        if isinstance(one, Known):
            return set(self._by_team.get(one.team, ()))
        found: set[Player] = set()
        for team in self.could[one]:
            if Known(team) in self.names:
                found.add(Known(team))
            if self._divisions:
                found.update(
                    other for other in self._by_team[team] if isinstance(other, Open) and other.division != one.division
                )
        return found

    def in_order(self, players: Iterable[Player]) -> list[Player]:
        """*players* in the order of their first games: the same in every language and whatever their names."""
        return sorted(players, key=self._number.__getitem__)

    def who(self, one: Player, other: Player) -> Text:
        """The team that would be both: `Ash`, or `Ash, who could be Winner QF1,`."""
        if one == other:
            return self.names[one]
        teams = self.teams(one) & self.teams(other)
        common = self.in_order(Known(team) for team in teams if Known(team) in self.names)
        unknown = one if isinstance(other, Known) else other
        return lazy_gettext(
            "%(team)s, who could be %(other)s,",
            team=self.names[common[0] if common else one],
            other=self.names[unknown],
        )

    def teams(self, one: Player) -> frozenset[Team]:
        return frozenset((one.team,)) if isinstance(one, Known) else self.could[one]

    def comes_from(self, game: GameKey, source: GameKey) -> bool:
        """Whether a team could come from *source* to *game*, and so must have its rest."""
        return any(self._fits(one, other) for one in self.of[game] for other in self.of[source])

    def _fits(self, one: Player, other: Player) -> bool:
        mine, theirs = self.teams(one), self.teams(other)
        # Without a list of possible teams any team could be the side.
        return bool(mine & theirs) or (isinstance(one, Open) and not mine) or (isinstance(other, Open) and not theirs)
