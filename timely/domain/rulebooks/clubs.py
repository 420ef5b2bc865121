"""Simple rulebooks of Timely's own, for a club's event without an association's rules."""

from timely.domain.rulebooks.rulebook import Rulebook
from timely.domain.rules.rules import Rules
from timely.domain.translation import gettext_noop

OWN = gettext_noop("Timely's own; compare it with what your association asks for")
ANY_YEAR = "any"

CLUB_SIMPLE = Rulebook(
    key="club-simple",
    name=gettext_noop("Club: 3-1-0, then goal difference"),
    date=ANY_YEAR,
    source=OWN,
    rules=Rules(tiebreakers=("points", "goal_difference", "goals_for", "head_to_head_points")),
)

CLUB_TWO_POINTS = Rulebook(
    key="club-two-points",
    name=gettext_noop("Club: 2-1-0, then goal difference"),
    date=ANY_YEAR,
    source=OWN,
    rules=Rules(win=2, tiebreakers=("points", "goal_difference", "goals_for", "head_to_head_points")),
)

VOLLEYBALL_BEST_OF_THREE = Rulebook(
    key="volleyball-best-of-three",
    name=gettext_noop("Volleyball: short games to two sets"),
    date=ANY_YEAR,
    source=gettext_noop(
        "Timely's own; compare it with what your association asks for. The order of fivb-2022, with two sets to win"
    ),
    rules=Rules(
        win=3,
        by_sets={"2-0": 3, "2-1": 2, "1-2": 1, "0-2": 0},
        scoring="sets",
        tiebreakers=("wins", "points", "set_ratio", "point_ratio", "head_to_head_points"),
    ),
    sports=("volleyball",),
)

BEACH_CLUB = Rulebook(
    key="beach-club",
    name=gettext_noop("Beach volleyball: 2-1, then the game between them"),
    date=ANY_YEAR,
    source=OWN,
    rules=Rules(
        win=2,
        loss=1,
        scoring="sets",
        tiebreakers=("points", "head_to_head_points", "set_ratio", "point_ratio"),
        head_to_head_restart="after_block",
    ),
    sports=("beach_volleyball",),
)

TABLE_TENNIS_CLUB = Rulebook(
    key="table-tennis-club",
    name=gettext_noop("Table tennis: 2-1, then the games among the level ones"),
    date=ANY_YEAR,
    source=gettext_noop(
        "Timely's own; compare it with what your association asks for. After ITTF regulation 3.7.5, with the "
        "difference of sets where that has their ratio"
    ),
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
        # A team that has been placed is left out of what follows: ITTF 3.7.5.
        head_to_head_restart="immediate",
    ),
    sports=("table_tennis",),
)

BADMINTON_CLUB = Rulebook(
    key="badminton-club",
    name=gettext_noop("Badminton: games won, then the game between them"),
    date=ANY_YEAR,
    source=OWN,
    rules=Rules(
        win=1,
        draw=0,
        scoring="sets",
        tiebreakers=("points", "head_to_head_points", "set_ratio", "point_ratio"),
        head_to_head_restart="after_block",
    ),
    sports=("badminton",),
)

RACKETS_CLUB = Rulebook(
    key="rackets-club",
    name=gettext_noop("Tennis and squash: games won, then the game between them, then sets"),
    date=ANY_YEAR,
    source=gettext_noop(
        "Timely's own; compare it with what your association asks for. After the round robins of professional tennis"
    ),
    rules=Rules(
        win=1,
        draw=0,
        scoring="sets",
        tiebreakers=("points", "head_to_head_points", "set_ratio", "point_ratio"),
        # Once two are left, the game between them decides.
        head_to_head_restart="immediate",
    ),
    sports=("tennis", "squash"),
)

DARTS_CLUB = Rulebook(
    key="darts-club",
    name=gettext_noop("Darts: 2-1-0, then the difference of legs"),
    date=ANY_YEAR,
    source=OWN,
    rules=Rules(win=2, tiebreakers=("points", "goal_difference", "goals_for", "head_to_head_points")),
    sports=("darts",),
)

CRICKET_CLUB = Rulebook(
    key="cricket-club",
    name=gettext_noop("Cricket: 20 overs, wins, then net run rate"),
    date=ANY_YEAR,
    source=gettext_noop(
        "Timely's own; compare it with what your association asks for. The order of icc-2019, with 20 overs"
    ),
    rules=Rules(
        win=2,
        tiebreakers=("points", "wins", "net_run_rate", "head_to_head_points", "drawing_of_lots"),
        overs=20,
    ),
    sports=("cricket",),
)

CLUBS = (
    CLUB_SIMPLE,
    CLUB_TWO_POINTS,
    VOLLEYBALL_BEST_OF_THREE,
    BEACH_CLUB,
    TABLE_TENNIS_CLUB,
    BADMINTON_CLUB,
    RACKETS_CLUB,
    DARTS_CLUB,
    CRICKET_CLUB,
)
