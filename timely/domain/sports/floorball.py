"""Floorball."""

from timely.domain.sports.sport import Periods, Sport
from timely.domain.translation import gettext_noop

FLOORBALL = Sport(
    key="floorball",
    name=gettext_noop("Floorball"),
    score_unit="goals",
    rulebook="club-two-points",
    walkover=(5, 0),
    walkover_source="IFF Rules of the Game 2022, walkover",
    draws=True,
    played_on="court",
    aliases=("unihockey", "innebandy", "salibandy"),
    form="periods",
    periods=Periods(3, "Period", one_by_one=True),
    endings=("overtime", "shootout"),
    sudden_death=True,
    laws="IFF Rules of the Game 2022, rule 2: extra time until the first goal",
)
