"""Squash."""

from timely.domain.rules.set_rules import SetRules
from timely.domain.sports.sport import Sport
from timely.domain.translation import gettext_noop

SQUASH = Sport(
    key="squash",
    name=gettext_noop("Squash"),
    score_unit="sets",
    rulebook="rackets-club",
    walkover=(3, 0),  # best of five
    draws=False,
    played_on="court",
    minutes=60,
    form="sets",
    sets=SetRules(to=11),
    set_name="Game",
    best_ofs=(1, 3, 5),
    laws="World Squash Rules of Singles Squash 2020, rule 2",
)
