"""Cricket of limited overs."""

from timely.domain.sports.sport import Sport

CRICKET = Sport(
    key="cricket",
    name="Cricket",
    score_unit="runs",
    rulebook="cricket-club",
    walkover=(1, 0),  # no run was scored: the smallest score that has a winner, and no innings for the run rate
    draws=True,  # a tie
    minutes=480,
    aliases=("limited overs cricket", "t20", "one day cricket"),
    heads={
        "d": ("T", "Tied"),
        "gf": ("RF", "Runs for"),
        "ga": ("RA", "Runs against"),
        "gd": ("RD", "Difference of runs"),
    },
    form="overs",
    most=9999,  # an innings of 1,107 has been played
    laws="ICC Men's T20I Playing Conditions 2023, 12, 16 and 17",
)
