"""Sonneborn-Berger score: a win counts for more against a team that has many points."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from timely.domain.standings.outcome import Outcome, Team
from timely.domain.standings.standing import Standing


def add_sonneborn_berger(table: Mapping[Team, Standing], outcomes: Iterable[Outcome]) -> None:
    """Sets on each line the points of the opponents it has beaten, plus half of those it has drawn with."""
    halves = dict.fromkeys(table, 0)
    for game in outcomes:
        if game.forfeit == "both":
            continue
        home, away = table[game.home].points, table[game.away].points
        if game.home_score >= game.away_score:
            halves[game.home] += away if game.home_score == game.away_score else 2 * away
        if game.away_score >= game.home_score:
            halves[game.away] += home if game.home_score == game.away_score else 2 * home
    for team, line in table.items():
        line.sonneborn_berger = Fraction(halves[team], 2)
