"""Field hockey, outdoor and indoor."""

from timely.domain.sports.sport import USUAL_CARDS, Periods, Sport
from timely.domain.translation import gettext_noop

FIELD_HOCKEY = Sport(
    key="field_hockey",
    name=gettext_noop("Field hockey"),
    score_unit="goals",
    rulebook="fih-2018",
    walkover=(5, 0),  # associations differ between 3-0 and 5-0
    draws=True,
    aliases=("hockey", "indoor hockey"),
    form="periods",
    periods=Periods(4, "Quarter"),
    cards=("green", *USUAL_CARDS),
    laws="FIH Rules of Hockey 2022, rule 5: four quarters",
)
