"""Cricket of limited overs."""

from timely.domain.sports.sport import Sport
from timely.domain.translation import gettext_noop, lazy_pgettext

CRICKET = Sport(
    key="cricket",
    name=gettext_noop("Cricket"),
    score_unit="runs",
    rulebook="cricket-club",
    walkover=(1, 0),  # no run was scored: the smallest score that has a winner, and no innings for the run rate
    draws=True,  # a tie
    minutes=480,
    aliases=("limited overs cricket", "t20", "one day cricket"),
    heads={
        "d": (lazy_pgettext("Tied", "T"), lazy_pgettext("column of a table", "Tied")),
        "gf": (lazy_pgettext("Runs for", "RF"), lazy_pgettext("column of a table", "Runs for")),
        "ga": (lazy_pgettext("Runs against", "RA"), lazy_pgettext("column of a table", "Runs against")),
        "gd": (lazy_pgettext("Difference of runs", "RD"), lazy_pgettext("column of a table", "Difference of runs")),
    },
    form="overs",
    most=9999,  # an innings of 1,107 has been played
    laws="ICC Men's T20I Playing Conditions 2023, 12, 16 and 17",
)
