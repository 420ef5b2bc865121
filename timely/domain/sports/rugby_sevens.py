"""Rugby sevens."""

from timely.domain.sports.sport import POINTS_HEADS, Sport
from timely.domain.translation import gettext_noop

RUGBY_SEVENS = Sport(
    key="rugby_sevens",
    name=gettext_noop("Rugby sevens"),
    score_unit="points",
    rulebook="sevens",
    walkover=(28, 0),  # as in rugby of fifteen: the sevens rules that were found leave it to the tournament
    draws=True,
    minutes=20,
    aliases=("sevens", "7s", "rugby 7s", "seven a side"),
    heads=POINTS_HEADS,
    tries=True,
    endings=("extra_time",),
    laws="World Rugby Laws of the Game 2023, law 8 and the variations for sevens",
)
