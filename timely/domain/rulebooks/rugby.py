"""Rulebooks of rugby union and sevens."""

from timely.domain.rulebooks.rulebook import Rulebook
from timely.domain.rules.rules import Rules
from timely.domain.translation import gettext_noop

RUGBY_WORLD_CUP_2019 = Rulebook(
    key="rugby-world-cup-2019",
    name=gettext_noop("Rugby World Cup 2015 to 2023"),
    date=gettext_noop("2015, 2019 and 2023"),
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
        walkover_win=5,
        walkover=(28, 0),
    ),
    sports=("rugby_union",),
    note=gettext_noop(
        "The ranking list is World Rugby's. A game that is cancelled for both was a 0-0 draw in 2019: enter it as "
        "cancelled. The score of a walkover, and its bonus point, are as in the Autumn Nations Cup 2020."
    ),
)

SIX_NATIONS_2017 = Rulebook(
    key="six-nations-2017",
    name=gettext_noop("Six Nations"),
    date=gettext_noop("since 2017"),
    source="Six Nations Championship rules 2018, rule 3; competition rules 2020 for a game that does not take place",
    rules=Rules(
        win=4,
        draw=2,
        try_threshold=4,
        losing_margin=7,
        tiebreakers=("points", "goal_difference", "tries_for"),
        walkover_win=5,
        walkover=(28, 0),
    ),
    sports=("rugby_union",),
    note=gettext_noop(
        "Teams still level share the position. The three points for a Grand Slam are entered by hand, as a deduction "
        "of -3."
    ),
)

SEVENS = Rulebook(
    key="sevens",
    name=gettext_noop("Rugby sevens"),
    date=gettext_noop("2010s and later"),
    source=gettext_noop("Usual order of sevens tournaments: 3 points for a win, 2 for a draw, 1 for a loss"),
    rules=Rules(
        win=3,
        draw=2,
        loss=1,
        forfeit=0,
        tiebreakers=(
            "points",
            "head_to_head_points",
            "goal_difference",
            "try_difference",
            "goals_for",
            "tries_for",
            "drawing_of_lots",
        ),
    ),
    sports=("rugby_sevens",),
    note=gettext_noop("World Rugby's own tournament manual was not to be found; compare it with that of your event."),
)

RUGBY = (RUGBY_WORLD_CUP_2019, SIX_NATIONS_2017, SEVENS)
