"""Darts."""

from timely.domain.sports.sport import Sport

DARTS = Sport(
    key="darts",
    name="Darts",
    score_unit="legs",
    rulebook="darts-club",
    walkover=(3, 0),  # best of five legs
    draws=False,  # but an even number of legs may end level: then the rules award points for a draw
    minutes=45,
    aliases=("steel darts", "soft darts"),
    heads={
        "gf": ("LF", "Legs won"),
        "ga": ("LA", "Legs lost"),
        "gd": ("LD", "Difference of legs"),
    },
    form="legs",
    laws="WDF Playing and Tournament Rules: a match is the best of so many legs",
)
