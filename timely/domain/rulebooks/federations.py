"""Rulebooks of federations of other sports."""

from timely.domain.rulebooks.rulebook import AMONG_THEM, Rulebook
from timely.domain.rules.rules import Rules
from timely.domain.rules.withdrawals import Withdrawal
from timely.domain.translation import gettext_noop

IHF_2023 = Rulebook(
    key="ihf-2023",
    name=gettext_noop("IHF handball"),
    date="2023",
    source="IHF regulations for competitions, as at the World Championship 2023; penalties and fines, article 17",
    rules=Rules(
        win=2,
        tiebreakers=("points", *AMONG_THEM, "goal_difference", "goals_for", "drawing_of_lots"),
        tiebreakers_while_running=("points", "goal_difference", "goals_for"),
        walkover=(10, 0),
    ),
    sports=("handball",),
    note=gettext_noop(
        "The games of a team that withdrew were taken out (U20 World Championship 2018). The order while the group "
        "is being played is the EHF's; a source of the IHF's own for it was not to be found."
    ),
)

EHF_2022 = Rulebook(
    key="ehf-2022",
    name=gettext_noop("EHF handball"),
    date="2022",
    source="EHF Euro regulations 2022, ranking during and after the completion of the group matches",
    rules=Rules(
        win=2,
        tiebreakers=("points", *AMONG_THEM, "goal_difference", "goals_for", "drawing_of_lots"),
        tiebreakers_while_running=("points", "goal_difference", "goals_for"),
        walkover=(10, 0),
    ),
    sports=("handball",),
)

IIHF_2018 = Rulebook(
    key="iihf-2018",
    name=gettext_noop("IIHF ice hockey"),
    date="2018",
    source="IIHF sport regulations, tie-breaking system, as at the Olympic Games 2018",
    rules=Rules(
        overtime_win=2,
        overtime_loss=1,
        # For the last two the IIHF compares results against the next best team; the outcome is entered as a ranking
        # list.
        tiebreakers=("points", *AMONG_THEM, "external_rank"),
        head_to_head_restart="after_block",
    ),
    sports=("ice_hockey", "floorball"),
    note=gettext_noop(
        "Three teams still level are compared by their results against the next best team: enter what comes of it, "
        "and then the seeding, as the ranking list."
    ),
)

FIH_2018 = Rulebook(
    key="fih-2018",
    name=gettext_noop("FIH field hockey"),
    date=gettext_noop("2013 to 2026"),
    source="FIH tournament regulations 2013, appendix 3, ranking in a pool; as at the World Cup 2018",
    rules=Rules(
        tiebreakers=("points", "wins", "goal_difference", "goals_for", "head_to_head_points", "play_off"),
    ),
    sports=("field_hockey",),
    note=gettext_noop("The play-off is a shoot-out competition."),
)

FIBA_2022 = Rulebook(
    key="fiba-2022",
    name=gettext_noop("FIBA basketball"),
    date=gettext_noop("since 2017"),
    source="FIBA Official Basketball Rules 2022, D.1: Classification of teams; articles 20 and 21",
    rules=Rules(
        win=2,
        loss=1,
        forfeit=0,  # D.1.1; a game lost by default, 2-0, still earns one
        tiebreakers=("points", *AMONG_THEM, "goal_difference", "goals_for", "drawing_of_lots"),
        # Whenever a team has been placed, the others begin again: D.1.4.
        head_to_head_restart="immediate",
        walkover=(20, 0),  # article 20.2
        withdrawal=Withdrawal("annul"),  # article 20.2: all games of a team that is disqualified are nullified
    ),
    sports=("basketball",),
)

FIVB_2022 = Rulebook(
    key="fivb-2022",
    name=gettext_noop("FIVB volleyball"),
    date=gettext_noop("since 2017"),
    source="FIVB pool ranking criteria, as in the Nations League 2022; rules of the game 6.4, default",
    rules=Rules(
        by_sets={"3-0": 3, "3-1": 3, "3-2": 2, "2-3": 1, "1-3": 0, "0-3": 0},
        scoring="sets",
        # Points do not come first.
        tiebreakers=("wins", "points", "set_ratio", "point_ratio", "head_to_head_points"),
        walkover=(3, 0),  # each set 25-0
    ),
    sports=("volleyball",),
)

NETBALL_2019 = Rulebook(
    key="netball-2019",
    name=gettext_noop("Netball, goal average"),
    date="2019",
    source=gettext_noop("As at the Netball World Cup 2019; the regulations themselves were not to be found"),
    rules=Rules(win=2, tiebreakers=("points", "goal_average", "goals_for", "head_to_head_points")),
    sports=("netball",),
    note=gettext_noop("National leagues differ: some rank by goal difference, and some give bonus points."),
)

ICC_2019 = Rulebook(
    key="icc-2019",
    name=gettext_noop("ICC cricket, 50 overs"),
    date=gettext_noop("2015 and 2019"),
    source="ICC World Cup playing conditions 2015, 21.10, and 2019: wins, net run rate, the games between them",
    rules=Rules(
        win=2,
        tiebreakers=("points", "wins", "net_run_rate", "head_to_head_points", "external_rank"),
        overs=50,
    ),
    sports=("cricket",),
    note=gettext_noop(
        "A game without a result earns a point each: enter it as cancelled, so that it does not count for the net "
        "run rate. The ranking list is the seeding."
    ),
)

WFDF_2021 = Rulebook(
    key="wfdf-2021",
    name=gettext_noop("WFDF ultimate"),
    date=gettext_noop("2021 to 2024"),
    source="WFDF rules of ultimate 2021-2024, appendix B3: ranking criteria and tie-breakers",
    rules=Rules(
        win=1,
        draw=0,
        tiebreakers=(
            "wins",
            "head_to_head_wins",
            "head_to_head_goal_difference",
            "goal_difference",
            "head_to_head_goals_for",
            "goals_for",
            "drawing_of_lots",
        ),
        # Teams still level are ranked anew from the first criterion: B3.3.2.
        head_to_head_restart="immediate",
    ),
    sports=("ultimate",),
    note=gettext_noop(
        "The games against common opponents are those of the pool. Fewest games forfeited, B3.4.2, is left out; the "
        "lot is the throw at the brick mark."
    ),
)

FIDE_2023 = Rulebook(
    key="fide-2023",
    name=gettext_noop("Chess, all play all"),
    date=gettext_noop("since 2023"),
    source="FIDE Handbook C.07, tie-break regulations 2023, which leave the choice to the organiser",
    rules=Rules(
        win=2,
        tiebreakers=("points", "head_to_head_points", "wins", "sonneborn_berger", "play_off"),
        withdrawal=Withdrawal("award", annul_below=50),
    ),
    sports=("chess",),
    note=gettext_noop(
        "Points are counted twice, so that half a point is one. Withdrawal as FIDE's general regulations are usually "
        "quoted: below half of the games nothing counts, from then on the others are lost by forfeit."
    ),
)

FEDERATIONS = (
    IHF_2023,
    EHF_2022,
    IIHF_2018,
    FIH_2018,
    FIBA_2022,
    FIVB_2022,
    NETBALL_2019,
    ICC_2019,
    WFDF_2021,
    FIDE_2023,
)
