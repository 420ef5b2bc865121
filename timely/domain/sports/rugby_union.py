"""Rugby union."""

from timely.domain.sports.sport import POINTS_HEADS, Sport
from timely.domain.translation import gettext_noop

RUGBY_UNION = Sport(
    key="rugby_union",
    name=gettext_noop("Rugby union"),
    score_unit="points",
    rulebook="rugby-world-cup-2019",
    walkover=(28, 0),
    walkover_source="Six Nations and European cups, since 2020",
    draws=True,
    minutes=105,
    aliases=("rugby", "rugby football"),
    heads=POINTS_HEADS,
    bonus_points=True,
    tries=True,
    endings=("extra_time",),
    laws="World Rugby Laws of the Game 2023, law 8: try 5, conversion 2, penalty try 7, kicks 3",
)
