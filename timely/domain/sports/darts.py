"""Darts."""

from timely.domain.sports.sport import Sport
from timely.domain.translation import gettext_noop, lazy_pgettext

DARTS = Sport(
    key="darts",
    name=gettext_noop("Darts"),
    score_unit="legs",
    rulebook="darts-club",
    walkover=(3, 0),  # best of five legs
    draws=False,  # but an even number of legs may end level: then the rules award points for a draw
    played_on="dartboard",
    minutes=45,
    aliases=("steel darts", "soft darts"),
    heads={
        "gf": (lazy_pgettext("Legs won", "LF"), lazy_pgettext("column of a table", "Legs won")),
        "ga": (lazy_pgettext("Legs lost", "LA"), lazy_pgettext("column of a table", "Legs lost")),
        "gd": (lazy_pgettext("Difference of legs", "LD"), lazy_pgettext("column of a table", "Difference of legs")),
    },
    form="legs",
    laws="WDF Playing and Tournament Rules: a match is the best of so many legs",
)
