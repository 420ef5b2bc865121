"""Rulebooks of football tournaments of national teams."""

from timely.domain.rulebooks.rulebook import AMONG_THEM, Rulebook
from timely.domain.rules.rules import Rules
from timely.domain.translation import gettext_noop

FOOTBALL = ("football", "futsal")

# Only the gravest card counts per player and game.
FIFA_CARDS = {"yellow": -1, "second_yellow_red": -3, "red": -4, "yellow_and_red": -5}
UEFA_CARDS = {"yellow": -1, "second_yellow_red": -3, "red": -3, "yellow_and_red": -4}

FIFA_1990 = Rulebook(
    key="fifa-1990",
    name=gettext_noop("FIFA World Cup 1990"),
    date="1990",
    source="FIFA World Cup 1990, as group F was ranked: Ireland and the Netherlands drew lots",
    rules=Rules(win=2, tiebreakers=("points", "goal_difference", "goals_for", "drawing_of_lots")),
    sports=FOOTBALL,
    note=gettext_noop(
        "The regulations themselves were not to be found: a game between the level teams, drawn in 1990, may have "
        "counted before the lot."
    ),
)

FIFA_1994 = Rulebook(
    key="fifa-1994",
    name=gettext_noop("FIFA World Cup 1994 to 2014"),
    date=gettext_noop("1994 to 2014"),
    source="Regulations FIFA World Cup 2006, article 31.5, and 2010; 1994 as group E was ranked",
    rules=Rules(tiebreakers=("points", "goal_difference", "goals_for", *AMONG_THEM, "drawing_of_lots")),
    sports=FOOTBALL,
)

FIFA_2022 = Rulebook(
    key="fifa-2022",
    name=gettext_noop("FIFA World Cup 2018 and 2022"),
    date=gettext_noop("2018 and 2022"),
    source="Regulations FIFA World Cup 2018 and 2022, group stage",
    rules=Rules(
        fair_play_points=FIFA_CARDS,
        tiebreakers=("points", "goal_difference", "goals_for", *AMONG_THEM, "fair_play", "drawing_of_lots"),
    ),
    sports=FOOTBALL,
)

FIFA_2026 = Rulebook(
    key="fifa-2026",
    name=gettext_noop("FIFA World Cup 2026"),
    date="2026",
    source="Regulations FIFA World Cup 2026, article 13",
    rules=Rules(
        fair_play_points=FIFA_CARDS,
        tiebreakers=("points", *AMONG_THEM, "goal_difference", "goals_for", "fair_play", "external_rank"),
        # Step 1 is applied again to the teams still level, before step 2.
        head_to_head_restart="after_block",
    ),
    sports=FOOTBALL,
    note=gettext_noop(
        "The ranking list is the FIFA ranking, and then its earlier editions. Third-placed teams: points, goal "
        "difference, goals scored, fair play, ranking list."
    ),
)

UEFA_EURO_2004 = Rulebook(
    key="uefa-euro-2004",
    name=gettext_noop("UEFA Euro 2004"),
    date="2004",
    source="Regulations of the UEFA European Football Championship 2002/04, final tournament",
    rules=Rules(
        tiebreakers=(
            "points",
            *AMONG_THEM,
            "goal_difference",
            "goals_for",
            "external_rank",
            "fair_play",
            "drawing_of_lots",
        ),
    ),
    sports=FOOTBALL,
    note=gettext_noop("The ranking list is the coefficient from the qualifiers."),
)

UEFA_EURO_2012 = Rulebook(
    key="uefa-euro-2012",
    name=gettext_noop("UEFA Euro 2012"),
    date="2012",
    source="Regulations of the UEFA European Football Championship 2010-12, article 8, equality of points",
    rules=Rules(
        fair_play_points=UEFA_CARDS,
        tiebreakers=(
            "points",
            *AMONG_THEM,
            "goal_difference",
            "goals_for",
            "external_rank",
            "fair_play",
            "drawing_of_lots",
        ),
        # a) to c) are applied again to the teams still level.
        head_to_head_restart="after_block",
    ),
    sports=FOOTBALL,
    note=gettext_noop(
        "The ranking list is the coefficient of the national teams. UEFA judged fair play on more than cards: enter "
        "published totals. A shoot-out between two teams that met in their last game is entered in the ranking list."
    ),
)

UEFA_EURO_2020 = Rulebook(
    key="uefa-euro-2020",
    name=gettext_noop("UEFA Euro 2020"),
    date=gettext_noop("2020, played in 2021"),
    source="Regulations of the UEFA European Football Championship 2018-20, article 20, equality of points",
    rules=Rules(
        fair_play_points=UEFA_CARDS,
        tiebreakers=(
            "points",
            *AMONG_THEM,
            "goal_difference",
            "goals_for",
            "play_off",
            "wins",
            "fair_play",
            "external_rank",
        ),
        head_to_head_restart="after_block",
    ),
    sports=FOOTBALL,
    note=gettext_noop(
        "The play-off is the shoot-out between two teams that met in their last game. The ranking list is that of the "
        "qualifiers."
    ),
)

UEFA_EURO_2024 = Rulebook(
    key="uefa-euro-2024",
    name=gettext_noop("UEFA Euro 2024"),
    date="2024",
    source="Regulations of the UEFA European Football Championship 2022-24, article 20, equality of points",
    rules=Rules(
        fair_play_points=UEFA_CARDS,
        tiebreakers=(
            "points",
            *AMONG_THEM,
            "goal_difference",
            "goals_for",
            "fair_play",
            "external_rank",
            "drawing_of_lots",
        ),
        # a) to c) begin again for the teams still level.
        head_to_head_restart="after_block",
    ),
    sports=FOOTBALL,
    note=gettext_noop(
        "The ranking list is the place in the qualifiers. A shoot-out between two teams that met in their last game "
        "is entered in the ranking list."
    ),
)

CUPS = (
    FIFA_2026,
    FIFA_2022,
    FIFA_1994,
    FIFA_1990,
    UEFA_EURO_2024,
    UEFA_EURO_2020,
    UEFA_EURO_2012,
    UEFA_EURO_2004,
)
