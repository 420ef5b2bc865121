"""Badminton."""

from timely.domain.rules.set_rules import SetRules
from timely.domain.sports.sport import Sport
from timely.domain.translation import gettext_noop

BADMINTON = Sport(
    key="badminton",
    name=gettext_noop("Badminton"),
    score_unit="sets",
    rulebook="badminton-club",
    walkover=(2, 0),  # best of three
    draws=False,
    played_on="court",
    minutes=45,
    form="sets",
    sets=SetRules(to=21, cap=30),
    set_name="Game",
    best_ofs=(1, 3),
    laws="BWF Laws of Badminton 2022, law 7",
)
