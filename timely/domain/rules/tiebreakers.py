"""Tie-breakers that order a table, by id."""

from timely.domain.errors import ValidationError
from timely.domain.validation import a_list, shown

TIEBREAKERS: dict[str, str] = {
    "points": "Points",
    "wins": "Games won",
    "goal_difference": "Goal difference",
    "goals_for": "Goals scored",
    "away_goals_for": "Away goals",
    "goal_average": "Goal average",
    "set_ratio": "Set ratio",
    "point_ratio": "Point ratio",
    "try_difference": "Try difference",
    "tries_for": "Tries scored",
    "net_run_rate": "Net run rate",
    "sonneborn_berger": "Sonneborn-Berger score",
    "head_to_head_points": "Head-to-head points",
    "head_to_head_wins": "Head-to-head games won",
    "head_to_head_goal_difference": "Head-to-head goal difference",
    "head_to_head_goals_for": "Head-to-head goals scored",
    "head_to_head_away_goals": "Head-to-head away goals",
    "fair_play": "Fair play",
    "external_rank": "Ranking list",
    "play_off": "Play-off",
    "drawing_of_lots": "Drawing of lots",
    "group_position": "Position in the group",
}

# The value that each head-to-head tie-breaker takes from the table of the games among the level teams.
HEAD_TO_HEAD: dict[str, str] = {
    "head_to_head_points": "points",
    "head_to_head_wins": "wins",
    "head_to_head_goal_difference": "goal_difference",
    "head_to_head_goals_for": "goals_for",
    "head_to_head_away_goals": "away_goals_for",
}

# Decided outside the games, by a list of teams, best first.
BY_HAND = ("external_rank", "play_off", "drawing_of_lots")

RESTARTS = ("never", "after_block", "immediate")


def read_tiebreakers(data: object, path: str, *, between_groups: bool = False) -> tuple[str, ...]:
    """The tie-breakers as listed; *between_groups* if teams of different groups are compared.

    Raises ValidationError for an unknown or repeated id, an empty list, and tie-breakers that make no sense here.
    """
    ids = a_list(data, path)
    if not ids:
        raise ValidationError(path, 'is empty: name at least one criterion, such as "points"')
    for place, name in enumerate(ids):
        where = f"{path}[{place}]"
        if not isinstance(name, str) or name not in TIEBREAKERS:
            raise ValidationError(where, f"{shown(name)} is not a criterion; choose from {', '.join(TIEBREAKERS)}")
        if name in ids[:place]:
            raise ValidationError(where, f'"{name}" is listed twice; the second could never decide anything, remove it')
        if between_groups and name in HEAD_TO_HEAD:
            raise ValidationError(where, f'"{name}" cannot compare teams of different groups: they have not met')
        if not between_groups and name == "group_position":
            raise ValidationError(where, '"group_position" only compares teams of different groups; remove it here')
    return tuple(ids)
