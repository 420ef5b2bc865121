"""Basketball."""

from timely.domain.sports.sport import POINTS_HEADS, Periods, Sport
from timely.domain.translation import gettext_noop

BASKETBALL = Sport(
    key="basketball",
    name=gettext_noop("Basketball"),
    score_unit="points",
    rulebook="fiba-2022",
    walkover=(20, 0),
    walkover_source="FIBA Official Basketball Rules 2022, article 20",
    draws=False,  # overtime is played until one side has won
    played_on="court",
    heads=POINTS_HEADS,
    form="periods",
    periods=Periods(4, "Quarter", one_by_one=True),
    endings=("overtime",),
    laws="FIBA Official Basketball Rules 2022, article 8",
)
