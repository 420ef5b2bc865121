"""Rugby union."""

from timely.domain.sports.sport import POINTS_HEADS, Sport

RUGBY_UNION = Sport(
    key="rugby_union",
    name="Rugby union",
    score_unit="points",
    rulebook="rugby-world-cup-2019",
    walkover=(28, 0),  # Six Nations and European cups, since 2020
    draws=True,
    aliases=("rugby", "rugby football"),
    heads=POINTS_HEADS,
    bonus_points=True,
)
