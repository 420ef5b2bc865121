"""Handball."""

from timely.domain.sports.sport import USUAL_CARDS, Periods, Sport
from timely.domain.translation import gettext_noop

HANDBALL = Sport(
    key="handball",
    name=gettext_noop("Handball"),
    score_unit="goals",
    rulebook="ihf-2023",
    walkover=(10, 0),
    walkover_source="IHF Regulations for Competitions, as at the World Championship 2023",
    draws=True,
    played_on="court",
    minutes=80,
    aliases=("team handball",),
    form="periods",
    periods=Periods(2, "Half", "Extra time"),
    endings=("extra_time",),
    cards=(*USUAL_CARDS, "blue", "two_minutes"),
    laws="IHF Rules of the Game 2022, rule 2",
)
