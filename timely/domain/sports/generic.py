"""Any other sport: the higher score wins."""

from timely.domain.sports.sport import POINTS_HEADS, USUAL_CARDS, Sport
from timely.domain.translation import gettext_noop

GENERIC = Sport(
    key="generic",
    name=gettext_noop("Another sport"),
    score_unit="points",
    rulebook="club-simple",
    walkover=(1, 0),  # the smallest score that has a winner
    draws=True,
    aliases=("other", "another"),
    heads=POINTS_HEADS,
    cards=(*USUAL_CARDS, "green", "blue", "black", "white"),
    most=9999,  # a round of archery has 1,440 points
)
