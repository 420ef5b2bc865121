"""Volleyball."""

from timely.domain.rules.set_rules import SetRules
from timely.domain.sports.sport import Sport
from timely.domain.translation import gettext_noop

VOLLEYBALL = Sport(
    key="volleyball",
    name=gettext_noop("Volleyball"),
    score_unit="sets",
    rulebook="fivb-2022",
    walkover=(3, 0),  # every set 25-0
    walkover_source="FIVB Official Volleyball Rules 2021-2024, 6.4.1",
    draws=False,
    played_on="court",
    minutes=100,
    aliases=("indoor volleyball",),
    form="sets",
    sets=SetRules(to=25, last_to=15),
    best_ofs=(1, 3, 5),
    laws="FIVB Official Volleyball Rules 2021-2024, 6.2 and 6.3",
)
