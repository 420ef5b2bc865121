"""Tennis."""

from timely.domain.rules.set_rules import SetRules
from timely.domain.sports.sport import Sport
from timely.domain.translation import gettext_noop

TENNIS = Sport(
    key="tennis",
    name=gettext_noop("Tennis"),
    score_unit="sets",
    rulebook="rackets-club",
    walkover=(2, 0),  # best of three
    draws=False,
    played_on="tennis court",
    minutes=120,
    aliases=("lawn tennis",),
    form="sets",
    sets=SetRules(to=6, cap=7, tie_break=7, match_tie_break=10),
    best_ofs=(1, 3, 5),
    laws="ITF Rules of Tennis 2023, rules 5 to 7 and appendix V: tie-break sets, match tie-break to 10",
)
