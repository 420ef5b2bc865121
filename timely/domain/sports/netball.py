"""Netball."""

from timely.domain.sports.sport import Periods, Sport
from timely.domain.translation import gettext_noop

NETBALL = Sport(
    key="netball",
    name=gettext_noop("Netball"),
    score_unit="goals",
    rulebook="netball-2019",
    walkover=(20, 0),  # leagues differ; 20-0 is common
    draws=True,  # extra time only if a winner is needed
    played_on="court",
    minutes=75,
    form="periods",
    periods=Periods(4, "Quarter", "Extra time"),
    endings=("extra_time",),
    laws="INF Rules of Netball 2020, rule 4: four quarters, two halves of extra time",
)
