"""Standing: one team's line of a table."""

import math
from dataclasses import dataclass
from fractions import Fraction

from timely.domain.scores.overs import BALLS
from timely.domain.standings.outcome import Team

Ratio = Fraction | float  # the only float is math.inf


def ratio(won: int, lost: int) -> Ratio | None:
    """won ÷ lost, exact; infinite if only lost is 0, None if both are."""
    if lost:
        return Fraction(won, lost)
    return math.inf if won else None


@dataclass(slots=True)
class Standing:
    """One team's line. In games of sets `goals_for` and `goals_against` are the sets."""

    team: Team
    position: int = 0  # from 1; shared by teams that nothing separates
    tied: bool = False  # nothing separates it from a neighbour
    played: int = 0
    won: int = 0  # without overtime_won, likewise lost
    drawn: int = 0
    lost: int = 0
    overtime_won: int = 0  # stays 0 if the rules award no points of their own for it
    overtime_lost: int = 0
    goals_for: int = 0
    goals_against: int = 0
    away_goals_for: int = 0
    tries_for: int = 0
    tries_against: int = 0
    bonus_try: int = 0
    bonus_losing: int = 0
    sets_won: int = 0
    sets_lost: int = 0
    points_won: int = 0  # inside the sets
    points_lost: int = 0
    runs_for: int = 0  # cricket; a side that was all out is deemed to have faced all of its overs
    runs_against: int = 0
    balls_faced: int = 0
    balls_bowled: int = 0
    sonneborn_berger: Fraction | int = 0  # set only if the rules use it
    fair_play: int = 0
    deducted: int = 0
    points: int = 0
    form: str = ""  # the last five, oldest first: "WWDLW"

    @property
    def wins(self) -> int:
        return self.won + self.overtime_won

    @property
    def goal_difference(self) -> int:
        return self.goals_for - self.goals_against

    @property
    def try_difference(self) -> int:
        return self.tries_for - self.tries_against

    @property
    def bonus(self) -> int:
        return self.bonus_try + self.bonus_losing

    @property
    def goal_average(self) -> Ratio | None:
        return ratio(self.goals_for, self.goals_against)

    @property
    def set_ratio(self) -> Ratio | None:
        return ratio(self.sets_won, self.sets_lost)

    @property
    def point_ratio(self) -> Ratio | None:
        return ratio(self.points_won, self.points_lost)

    @property
    def net_run_rate(self) -> Fraction:
        """Runs scored an over, less runs conceded an over; exact."""
        scored = Fraction(self.runs_for * BALLS, self.balls_faced) if self.balls_faced else Fraction(0)
        given = Fraction(self.runs_against * BALLS, self.balls_bowled) if self.balls_bowled else Fraction(0)
        return scored - given
