"""Futsal."""

from timely.domain.sports.sport import Sport
from timely.domain.translation import gettext_noop

FUTSAL = Sport(
    key="futsal",
    name=gettext_noop("Futsal"),
    score_unit="goals",
    rulebook="fifa-2022",
    walkover=(5, 0),
    walkover_source="FIFA Disciplinary Code 2023, forfeit",
    draws=True,
    played_on="court",
    minutes=60,
    aliases=("indoor football", "indoor soccer", "five a side", "5 a side"),
    endings=("extra_time",),
    laws="FIFA Futsal Laws of the Game 2022/23, law 10",
)
