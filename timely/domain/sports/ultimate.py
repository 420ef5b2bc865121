"""Ultimate."""

from timely.domain.rules.set_rules import SetRules
from timely.domain.sports.sport import Sport
from timely.domain.translation import gettext_noop

ULTIMATE = Sport(
    key="ultimate",
    name=gettext_noop("Ultimate"),
    score_unit="goals",
    rulebook="wfdf-2021",
    walkover=(15, 0),  # the target score of a game
    draws=False,  # when time is up, one more goal decides
    minutes=100,
    aliases=("ultimate frisbee", "frisbee", "flying disc"),
    # To 15; if a lead of two is required, 17 at most. Time may end it before.
    sets=SetRules(to=15, cap=17),
    laws="WFDF Rules of Ultimate 2021-2024, rule 4, and USA Ultimate's cap at 17",
)
