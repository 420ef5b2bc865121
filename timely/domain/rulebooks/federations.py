"""Orders of the federations of other sports."""

from timely.domain.rulebooks.rulebook import Rulebook
from timely.domain.rules import Rules

AMONG_THEM = ("head_to_head_points", "head_to_head_goal_difference", "head_to_head_goals_for")

RUGBY_WORLD_CUP_2019 = Rulebook(
    key="rugby-world-cup-2019",
    name="Rugby World Cup 2015 to 2023",
    source="Rugby World Cup 2019 tournament rules, pool phase",
    rules=Rules(
        win=4,
        draw=2,
        try_threshold=4,
        losing_margin=7,
        tiebreakers=(
            "points",
            "head_to_head_points",
            "goal_difference",
            "try_difference",
            "goals_for",
            "tries_for",
            "external_rank",
        ),
        head_to_head_restart="after_block",
    ),
)

IHF_2023 = Rulebook(
    key="ihf-2023",
    name="IHF and EHF handball",
    source="IHF regulations for competitions, as at the World Championship 2023",
    rules=Rules(
        win=2,
        tiebreakers=("points", *AMONG_THEM, "goal_difference", "goals_for", "drawing_of_lots"),
    ),
)

IIHF_2018 = Rulebook(
    key="iihf-2018",
    name="IIHF ice hockey",
    source="IIHF tournament rules, as at the Olympic Games 2018",
    rules=Rules(
        overtime_win=2,
        overtime_loss=1,
        # Between the last two the IIHF compares results against the next best team; enter what comes of it
        # as a ranking list.
        tiebreakers=("points", *AMONG_THEM, "external_rank"),
        head_to_head_restart="after_block",
    ),
)

FIH_2018 = Rulebook(
    key="fih-2018",
    name="FIH field hockey",
    source="FIH tournament regulations, as at the World Cup 2018; a shoot-out would come last",
    rules=Rules(tiebreakers=("points", "wins", "goal_difference", "goals_for", "head_to_head_points")),
)

FIBA_2022 = Rulebook(
    key="fiba-2022",
    name="FIBA basketball",
    source="FIBA Official Basketball Rules 2022, D: Classification of teams",
    rules=Rules(
        win=2,
        loss=1,
        tiebreakers=("points", *AMONG_THEM, "goal_difference", "goals_for"),
        head_to_head_restart="immediate",
    ),
)

FIVB_2022 = Rulebook(
    key="fivb-2022",
    name="FIVB volleyball",
    source="FIVB and Volleyball World ranking system, as in the Nations League 2022",
    rules=Rules(
        by_sets={"3-0": 3, "3-1": 3, "3-2": 2, "2-3": 1, "1-3": 0, "0-3": 0},
        scoring="sets",
        # Points do not come first.
        tiebreakers=("wins", "points", "set_ratio", "point_ratio", "head_to_head_points"),
    ),
)

FEDERATIONS = (RUGBY_WORLD_CUP_2019, IHF_2023, IIHF_2018, FIH_2018, FIBA_2022, FIVB_2022)
