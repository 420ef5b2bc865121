"""Ice hockey."""

from timely.domain.sports.sport import Periods, Sport
from timely.domain.translation import gettext_noop

ICE_HOCKEY = Sport(
    key="ice_hockey",
    name=gettext_noop("Ice hockey"),
    score_unit="goals",
    rulebook="iihf-2018",
    walkover=(5, 0),
    walkover_source="IIHF Sport Regulations, forfeited games",
    draws=True,  # a club's short games often have no overtime
    played_on="rink",
    minutes=135,
    aliases=("eishockey", "inline hockey"),
    form="periods",
    periods=Periods(3, "Period", one_by_one=True),
    endings=("overtime", "shootout"),
    sudden_death=True,
    laws="IIHF Official Rule Book 2023/24, rule 84: the shoot-out counts as one goal",
)
