"""Any other sport: whoever has more wins."""

from timely.domain.sports.sport import POINTS_HEADS, Sport

GENERIC = Sport(
    key="generic",
    name="Another sport",
    score_unit="points",
    rulebook="club-simple",
    walkover=(1, 0),  # the smallest score that has a winner
    draws=True,
    aliases=("other", "another"),
    heads=POINTS_HEADS,
)
