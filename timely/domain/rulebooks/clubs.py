"""Simple orders of our own, for a club's day out; where an association has rules, take those."""

from timely.domain.rulebooks.rulebook import Rulebook
from timely.domain.rules import Rules

OWN = "Timely's own; compare it with what your association asks for"

CLUB_SIMPLE = Rulebook(
    key="club-simple",
    name="Club: 3-1-0, then goal difference",
    source=OWN,
    rules=Rules(tiebreakers=("points", "goal_difference", "goals_for", "head_to_head_points")),
)

CLUB_TWO_POINTS = Rulebook(
    key="club-two-points",
    name="Club: 2-1-0, then goal difference",
    source=OWN,
    rules=Rules(win=2, tiebreakers=("points", "goal_difference", "goals_for", "head_to_head_points")),
)

VOLLEYBALL_BEST_OF_THREE = Rulebook(
    key="volleyball-best-of-three",
    name="Volleyball: short games to two sets",
    source=f"{OWN}. The order of fivb-2022, with two sets to win",
    rules=Rules(
        win=3,
        by_sets={"2-0": 3, "2-1": 2, "1-2": 1, "0-2": 0},
        scoring="sets",
        tiebreakers=("wins", "points", "set_ratio", "point_ratio", "head_to_head_points"),
    ),
)

BEACH_CLUB = Rulebook(
    key="beach-club",
    name="Beach volleyball: 2-1, then the game between them",
    source=OWN,
    rules=Rules(
        win=2,
        loss=1,
        scoring="sets",
        tiebreakers=("points", "head_to_head_points", "set_ratio", "point_ratio"),
        head_to_head_restart="after_block",
    ),
)

TABLE_TENNIS_CLUB = Rulebook(
    key="table-tennis-club",
    name="Table tennis: 2-1, then the games among the level ones",
    source=f"{OWN}. After ITTF regulation 3.7.5, with the difference of sets where that has their ratio",
    rules=Rules(
        win=2,
        loss=1,
        scoring="sets",
        tiebreakers=(
            "points",
            "head_to_head_points",
            "head_to_head_goal_difference",
            "set_ratio",
            "point_ratio",
        ),
        # Whoever has a place is left out of what follows: ITTF 3.7.5.
        head_to_head_restart="immediate",
    ),
)

BADMINTON_CLUB = Rulebook(
    key="badminton-club",
    name="Badminton: games won, then the game between them",
    source=OWN,
    rules=Rules(
        win=1,
        draw=0,
        scoring="sets",
        tiebreakers=("points", "head_to_head_points", "set_ratio", "point_ratio"),
        head_to_head_restart="after_block",
    ),
)

CLUBS = (
    CLUB_SIMPLE,
    CLUB_TWO_POINTS,
    VOLLEYBALL_BEST_OF_THREE,
    BEACH_CLUB,
    TABLE_TENNIS_CLUB,
    BADMINTON_CLUB,
)
