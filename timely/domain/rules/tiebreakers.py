"""Tie-breakers that order a table: the one table of them, by key."""

from collections.abc import Container, Iterable, Mapping
from operator import attrgetter

from timely.domain.errors import ValidationError
from timely.domain.rules.tiebreaker import (
    CUT_RATIO,
    HALF,
    PLACE,
    RATE,
    RATIO,
    SIGNED,
    ByHand,
    HeadToHead,
    Tiebreaker,
    last_if_none,
)
from timely.domain.standings.outcome import Outcome, Team
from timely.domain.standings.sonneborn_berger import add_sonneborn_berger
from timely.domain.standings.standing import Standing
from timely.domain.translation import gettext_noop, lazy_gettext, pgettext_noop
from timely.domain.validation import a_list, shown

# In the order in which pages offer them; the head-to-head forms follow the last of OF_THE_GAMES.
OF_THE_GAMES = (
    Tiebreaker(
        "points",
        gettext_noop("Points"),
        attrgetter("points"),
        in_halves=True,
        head_to_head=HeadToHead("head_to_head_points", gettext_noop("Head-to-head points")),
    ),
    Tiebreaker(
        "wins",
        gettext_noop("Games won"),
        attrgetter("wins"),
        head_to_head=HeadToHead("head_to_head_wins", gettext_noop("Head-to-head games won")),
    ),
    Tiebreaker(
        "goal_difference",
        gettext_noop("Goal difference"),
        attrgetter("goal_difference"),
        SIGNED,
        in_units={
            "points": gettext_noop("Points difference"),
            "sets": gettext_noop("Set difference"),
            "legs": gettext_noop("Leg difference"),
            "runs": gettext_noop("Run difference"),
        },
        in_halves=True,
        head_to_head=HeadToHead(
            "head_to_head_goal_difference",
            gettext_noop("Head-to-head goal difference"),
            {
                "points": gettext_noop("Head-to-head points difference"),
                "sets": gettext_noop("Head-to-head set difference"),
                "legs": gettext_noop("Head-to-head leg difference"),
                "runs": gettext_noop("Head-to-head run difference"),
            },
        ),
    ),
    Tiebreaker(
        "goals_for",
        gettext_noop("Goals scored"),
        attrgetter("goals_for"),
        in_units={
            "points": gettext_noop("Points scored"),
            "sets": gettext_noop("Sets won"),
            "legs": gettext_noop("Legs won"),
            "runs": gettext_noop("Runs scored"),
        },
        in_halves=True,
        head_to_head=HeadToHead(
            "head_to_head_goals_for",
            gettext_noop("Head-to-head goals scored"),
            {
                "points": gettext_noop("Head-to-head points scored"),
                "sets": gettext_noop("Head-to-head sets won"),
                "legs": gettext_noop("Head-to-head legs won"),
                "runs": gettext_noop("Head-to-head runs scored"),
            },
        ),
    ),
    Tiebreaker(
        "away_goals_for",
        gettext_noop("Away goals"),
        attrgetter("away_goals_for"),
        in_halves=True,
        head_to_head=HeadToHead("head_to_head_away_goals", gettext_noop("Head-to-head away goals")),
    ),
    Tiebreaker(
        "goal_average",
        gettext_noop("Goal average"),
        lambda line: last_if_none(line.goal_average),
        RATIO,
        per_game=False,
        in_units={
            "points": gettext_noop("Points average"),
            "sets": gettext_noop("Set average"),
            "legs": gettext_noop("Leg average"),
            "runs": gettext_noop("Run average"),
        },
        column="goal_average",
        head=pgettext_noop("Goal average", "GAvg"),
    ),
    Tiebreaker(
        "set_ratio", gettext_noop("Set ratio"), lambda line: last_if_none(line.set_ratio), CUT_RATIO, per_game=False
    ),
    Tiebreaker(
        "point_ratio",
        gettext_noop("Point ratio"),
        lambda line: last_if_none(line.point_ratio),
        CUT_RATIO,
        per_game=False,
    ),
    Tiebreaker("try_difference", gettext_noop("Try difference"), attrgetter("try_difference"), SIGNED),
    Tiebreaker("tries_for", gettext_noop("Tries scored"), attrgetter("tries_for")),
    Tiebreaker(
        "net_run_rate",
        gettext_noop("Net run rate"),
        attrgetter("net_run_rate"),
        RATE,
        per_game=False,
        column="nrr",
        head=pgettext_noop("Net run rate", "NRR"),
    ),
    Tiebreaker(
        "sonneborn_berger",
        gettext_noop("Sonneborn-Berger score"),
        attrgetter("sonneborn_berger"),
        HALF,
        in_halves=True,
        count=add_sonneborn_berger,
        column="sb",
        head=pgettext_noop("Sonneborn-Berger score", "SB"),
    ),
)
BESIDE_THE_GAMES = (
    Tiebreaker("fair_play", gettext_noop("Fair play"), attrgetter("fair_play")),
    Tiebreaker(
        "external_rank",
        gettext_noop("Ranking list"),
        number=PLACE,
        by_hand=ByHand(
            title=gettext_noop("The order"),
            choice=gettext_noop("By an order of the organiser"),
            action=gettext_noop("record an order"),
            remedy=gettext_noop("Enter the ranking list that the rules speak of."),
        ),
    ),
    Tiebreaker(
        "play_off",
        gettext_noop("Play-off"),
        number=PLACE,
        by_hand=ByHand(
            title=gettext_noop("The play-off"),
            choice=gettext_noop("By a play-off"),
            action=gettext_noop("record a play-off"),
            remedy=gettext_noop("Arrange a play-off, and record its order."),
        ),
    ),
    Tiebreaker(
        "drawing_of_lots",
        gettext_noop("Drawing of lots"),
        number=PLACE,
        by_hand=ByHand(
            title=gettext_noop("The lot"),
            choice=gettext_noop("By lot"),
            action=gettext_noop("record a lot"),
            remedy=gettext_noop("Draw lots, and record the order."),
        ),
    ),
    Tiebreaker(
        "group_position",
        gettext_noop("Position in the group"),
        lambda line: -line.position,
        PLACE,
        per_game=False,
        across_groups_alone=True,
    ),
)

TIEBREAKERS: dict[str, Tiebreaker] = {
    one.key: one
    for one in (
        *OF_THE_GAMES,
        *(form for one in OF_THE_GAMES for form in one.forms() if form.of),
        *BESIDE_THE_GAMES,
    )
}

RESTARTS = ("never", "after_block", "immediate")


def by_hand() -> dict[str, ByHand]:
    """{key: its words} of the tie-breakers that are decided by hand."""
    return {key: one.by_hand for key, one in TIEBREAKERS.items() if one.by_hand}


def with_columns(used: Container[str]) -> dict[str, Tiebreaker]:
    """{key of the column: tie-breaker} of those *used* that have a column of their own, in the order of the columns."""
    return {one.column: one for one in TIEBREAKERS.values() if one.column and one.key in used}


def count_for(used: Iterable[str], table: Mapping[Team, Standing], outcomes: Iterable[Outcome]) -> None:
    """Counts into the lines what the tally leaves to the tie-breakers that are *used*."""
    for key in used:
        count = TIEBREAKERS[key].count
        if count is not None:
            count(table, outcomes)


def read_tiebreakers(data: object, path: str, *, between_groups: bool = False) -> tuple[str, ...]:
    """The tie-breakers as listed; *between_groups* if teams of different groups are compared.

    Raises ValidationError for an unknown or repeated key, an empty list, and tie-breakers that make no sense here.
    """
    keys = a_list(data, path)
    if not keys:
        raise ValidationError(path, lazy_gettext('is empty: name at least one criterion, such as "points"'))
    for place, key in enumerate(keys):
        where = f"{path}[{place}]"
        if not isinstance(key, str) or key not in TIEBREAKERS:
            raise ValidationError(
                where,
                lazy_gettext(
                    "%(key)s is not a criterion; choose from %(choices)s",
                    key=shown(key),
                    choices=", ".join(TIEBREAKERS),
                ),
            )
        if key in keys[:place]:
            raise ValidationError(
                where,
                lazy_gettext('"%(key)s" is listed twice; the second could never decide anything, remove it', key=key),
            )
        if between_groups and TIEBREAKERS[key].of:
            raise ValidationError(
                where, lazy_gettext('"%(key)s" cannot compare teams of different groups: they have not met', key=key)
            )
        if not between_groups and TIEBREAKERS[key].across_groups_alone:
            raise ValidationError(
                where, lazy_gettext('"%(key)s" only compares teams of different groups; remove it here', key=key)
            )
    return tuple(keys)
