"""Rulebooks of football leagues."""

from timely.domain.rulebooks.cups import FOOTBALL
from timely.domain.rulebooks.rulebook import Rulebook
from timely.domain.rules.rules import Rules
from timely.domain.rules.withdrawals import Withdrawal
from timely.domain.translation import gettext_noop

FOOTBALL_LEAGUE_1888 = Rulebook(
    key="football-league-1888",
    name=gettext_noop("Football League, goal average"),
    date=gettext_noop("1888/89 to 1975/76"),
    source="Football League, sub-committee of 11 January 1889, point 10: two points for a win, then goal average",
    rules=Rules(win=2, tiebreakers=("points", "goal_average", "play_off")),
    sports=FOOTBALL,
)

FOOTBALL_LEAGUE_1992 = Rulebook(
    key="football-league-1992",
    name=gettext_noop("Football League, goals before difference"),
    date=gettext_noop("1992/93 to 1998/99"),
    source="Football League, goals scored before goal difference, as the Third Division of 1996/97 was ranked",
    rules=Rules(tiebreakers=("points", "goals_for", "goal_difference")),
    sports=FOOTBALL,
    note=gettext_noop("Accounts differ on whether this began in 1992 or in 1996."),
)

PREMIER_LEAGUE_1992 = Rulebook(
    key="premier-league-1992",
    name=gettext_noop("Premier League until 2019"),
    date=gettext_noop("1992/93 to 2018/19"),
    source="Premier League Handbook, section C, as in the seasons 1996/97 and 2011/12",
    rules=Rules(tiebreakers=("points", "goal_difference", "goals_for", "play_off")),
    sports=FOOTBALL,
    note=gettext_noop("A play-off was foreseen only for the title, relegation and European places."),
)

PREMIER_LEAGUE_2019 = Rulebook(
    key="premier-league-2019",
    name=gettext_noop("Premier League since 2019"),
    date=gettext_noop("since 2019/20"),
    source="Premier League Handbook 2019/20, section C",
    rules=Rules(
        tiebreakers=(
            "points",
            "goal_difference",
            "goals_for",
            "head_to_head_points",
            "head_to_head_away_goals",
            "play_off",
        ),
    ),
    sports=FOOTBALL,
    note=gettext_noop(
        "The games between them and a play-off are foreseen only for the title, relegation and European places."
    ),
)

LA_LIGA = Rulebook(
    key="la-liga",
    name=gettext_noop("La Liga"),
    date=gettext_noop("2006/07 to 2023/24 at least"),
    source="RFEF general regulations, article 201, league of two rounds",
    rules=Rules(
        tiebreakers=(
            "points",
            "head_to_head_points",
            "head_to_head_goal_difference",
            "goal_difference",
            "goals_for",
        ),
        # A club that one rule has separated is left out, and the rules begin again for the others.
        head_to_head_restart="immediate",
        walkover=(3, 0),  # RFEF disciplinary code, article 77; three points are taken off besides
    ),
    sports=FOOTBALL,
    note=gettext_noop(
        "Fair play would come last, by a scale of its own. The games between two clubs count only once both were "
        "played. Who does not appear also loses three points: enter them as a deduction."
    ),
)

BUNDESLIGA = Rulebook(
    key="bundesliga",
    name=gettext_noop("Bundesliga"),
    date=gettext_noop("2015/16 to 2022/23 at least"),
    source="DFL Spielordnung, placing of clubs level on points; DFB Spielordnung, § 6, for withdrawal",
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
        # Until both home and away game have been played, only the first criteria count.
        tiebreakers_while_running=("points", "goal_difference", "goals_for"),
    ),
    sports=FOOTBALL,
    note=gettext_noop("A play-off on neutral ground would come last."),
)

SERIE_A_2008 = Rulebook(
    key="serie-a-2008",
    name=gettext_noop("Serie A, 2008/09"),
    date=gettext_noop("2006/07 to 2021/22"),
    source="FIGC internal regulations (NOIF), articles 51 and 53, as in the season 2008/09",
    rules=Rules(
        tiebreakers=(
            "points",
            "head_to_head_points",
            "head_to_head_goal_difference",
            "goal_difference",
            "goals_for",
            "drawing_of_lots",
        ),
        walkover=(3, 0),
        # Article 53 as it was until 2019: annulled in the first round, awarded from the second on.
        withdrawal=Withdrawal("award", annul_below=50),
    ),
    sports=FOOTBALL,
    note=gettext_noop("Who does not appear also loses a point: enter it as a deduction."),
)

SERIE_A_2022 = Rulebook(
    key="serie-a-2022",
    name=gettext_noop("Serie A since 2022"),
    date=gettext_noop("since 2022/23"),
    source="FIGC internal regulations (NOIF), articles 51 and 53, as changed for 2022/23",
    rules=Rules(
        tiebreakers=(
            "points",
            "play_off",
            "head_to_head_points",
            "head_to_head_goal_difference",
            "goal_difference",
            "goals_for",
            "drawing_of_lots",
        ),
        walkover=(3, 0),
        # Article 53 since 2019: none of its games has any value.
        withdrawal=Withdrawal("annul"),
    ),
    sports=FOOTBALL,
    note=gettext_noop(
        "A play-off is for the title and for the place above relegation; the other criteria say which two clubs play "
        "it, and all other places. Who does not appear also loses a point: enter it as a deduction."
    ),
)

FA_STANDARD_CODE = Rulebook(
    key="fa-standard-code",
    name=gettext_noop("English grassroots football"),
    date=gettext_noop("2018/19 and later"),
    source="The Football Association, standard code of rules for step 7 and below, rule 12",
    rules=Rules(
        tiebreakers=("points", "goal_difference", "goals_for", "play_off"),
        # Expunged if it has completed less than three quarters of its games.
        withdrawal=Withdrawal("keep", annul_below=75),
    ),
    sports=FOOTBALL,
    note=gettext_noop("Each league fills in its own order; this is a usual one."),
)

LEAGUES = (
    PREMIER_LEAGUE_2019,
    PREMIER_LEAGUE_1992,
    FOOTBALL_LEAGUE_1992,
    FOOTBALL_LEAGUE_1888,
    LA_LIGA,
    BUNDESLIGA,
    SERIE_A_2022,
    SERIE_A_2008,
    FA_STANDARD_CODE,
)
