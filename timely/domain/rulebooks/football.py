"""Orders of football's cups and leagues."""

from timely.domain.rulebooks.rulebook import Rulebook
from timely.domain.rules import Rules

AMONG_THEM = ("head_to_head_points", "head_to_head_goal_difference", "head_to_head_goals_for")

FIFA_2022 = Rulebook(
    key="fifa-2022",
    name="FIFA World Cup 2018 and 2022",
    source="Regulations FIFA World Cup 2018 and 2022, group stage",
    rules=Rules(
        # One card counts per player and game, the dearest.
        fair_play_points={"yellow": -1, "second_yellow_red": -3, "red": -4, "yellow_and_red": -5},
        tiebreakers=("points", "goal_difference", "goals_for", *AMONG_THEM, "fair_play", "drawing_of_lots"),
    ),
)

UEFA_EURO_2004 = Rulebook(
    key="uefa-euro-2004",
    name="UEFA Euro 2004",
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
)

UEFA_EURO_2024 = Rulebook(
    key="uefa-euro-2024",
    name="UEFA Euro 2024",
    source="Regulations of the UEFA European Football Championship 2022-24, equality of points",
    rules=Rules(
        fair_play_points={"yellow": -1, "second_yellow_red": -3, "red": -3, "yellow_and_red": -4},
        # The last two: the place in the qualifiers, then a lot. A shoot-out between two teams that met in
        # their last game is entered as a lot too.
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
)

PREMIER_LEAGUE_2019 = Rulebook(
    key="premier-league-2019",
    name="Premier League since 2019",
    source="Premier League Handbook 2019/20, section C; before that season, goals scored came last",
    rules=Rules(
        tiebreakers=(
            "points",
            "goal_difference",
            "goals_for",
            "head_to_head_points",
            "head_to_head_away_goals",
        ),
    ),
)

LA_LIGA = Rulebook(
    key="la-liga",
    name="La Liga",
    source="RFEF general regulations, league of two rounds; as in the seasons 2006/07 to 2023/24",
    rules=Rules(
        tiebreakers=(
            "points",
            "head_to_head_points",
            "head_to_head_goal_difference",
            "goal_difference",
            "goals_for",
        ),
        # A club that one rule has separated drops out, and the rules begin again for the others.
        head_to_head_restart="immediate",
    ),
)

BUNDESLIGA = Rulebook(
    key="bundesliga",
    name="Bundesliga",
    source="DFL Spielordnung, as in the season 2015/16; a play-off would come last",
    rules=Rules(
        tiebreakers=(
            "points",
            "goal_difference",
            "goals_for",
            "head_to_head_points",
            "head_to_head_goal_difference",
            "head_to_head_away_goals",
            "away_goals_for",
        ),
    ),
)

SERIE_A_2008 = Rulebook(
    key="serie-a-2008",
    name="Serie A, 2008/09",
    source="FIGC internal regulations (NOIF), as in the season 2008/09",
    rules=Rules(
        tiebreakers=(
            "points",
            "head_to_head_points",
            "head_to_head_goal_difference",
            "goal_difference",
            "goals_for",
            "drawing_of_lots",
        ),
    ),
)

FOOTBALL = (
    FIFA_2022,
    UEFA_EURO_2024,
    UEFA_EURO_2004,
    PREMIER_LEAGUE_2019,
    LA_LIGA,
    BUNDESLIGA,
    SERIE_A_2008,
)
