"""Football."""

from timely.domain.sports.sport import Sport
from timely.domain.translation import gettext_noop

FOOTBALL = Sport(
    key="football",
    name=gettext_noop("Football"),
    score_unit="goals",
    rulebook="fifa-2022",
    walkover=(3, 0),
    walkover_source="FIFA Disciplinary Code 2023, forfeit",
    draws=True,
    minutes=110,
    aliases=("soccer", "association football", "fussball", "fútbol", "futbol", "calcio"),
    endings=("extra_time",),
    laws="IFAB Laws of the Game 2023/24, law 10",
)
