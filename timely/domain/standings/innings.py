"""Counts innings of cricket into two lines of a table."""

from collections.abc import Mapping
from typing import Any

from timely.domain.rules.rules import Rules
from timely.domain.scores.overs import BALLS, balls
from timely.domain.standings.standing import Standing

ALL_OUT = 10  # wickets


def count_innings(home: Standing, away: Standing, innings: Mapping[str, Any], rules: Rules) -> None:
    """Adds runs and balls to both lines, for the net run rate."""
    sides = [innings.get(side) or {} for side in ("home", "away")]
    written = [balls(side.get("overs")) or 0 for side in sides]
    faced = []
    for side, count in zip(sides, written, strict=True):
        if side.get("all_out") or (side.get("wickets") or 0) >= ALL_OUT:
            # Deemed to have faced every over of its quota: ICC playing conditions, net run rate.
            quota = balls(side.get("quota") or innings.get("quota")) or (rules.overs or 0) * BALLS
            faced.append(quota or max(written))
        else:
            faced.append(count)
    runs = [side.get("runs") or 0 for side in sides]
    for line, own, other in ((home, 0, 1), (away, 1, 0)):
        line.runs_for += runs[own]
        line.runs_against += runs[other]
        line.balls_faced += faced[own]
        line.balls_bowled += faced[other]
