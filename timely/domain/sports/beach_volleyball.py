"""Beach volleyball."""

from timely.domain.rules.set_rules import SetRules
from timely.domain.sports.sport import Sport
from timely.domain.translation import gettext_noop

BEACH_VOLLEYBALL = Sport(
    key="beach_volleyball",
    name=gettext_noop("Beach volleyball"),
    score_unit="sets",
    rulebook="beach-club",
    walkover=(2, 0),  # every set 21-0
    walkover_source="FIVB Official Beach Volleyball Rules 2021-2024, 6.4.1",
    draws=False,
    played_on="court",
    minutes=60,
    aliases=("beach volley", "beachvolleyball"),
    form="sets",
    sets=SetRules(to=21, last_to=15),
    best_ofs=(1, 3),
    laws="FIVB Official Beach Volleyball Rules 2021-2024, 6.2 and 6.3",
)
