"""Chess."""

from timely.domain.sports.sport import Sport

CHESS = Sport(
    key="chess",
    name="Chess",
    score_unit="points",
    rulebook="fide-2023",
    walkover=(2, 0),  # half points: a forfeited game is 1-0
    walkover_source="FIDE Laws of Chess 2023, article 10.1",
    draws=True,
    minutes=300,
    aliases=("schach", "échecs", "ajedrez"),
    heads={
        "gf": ("GP", "Game points"),
        "ga": ("GA", "Game points of the opponents"),
        "gd": ("GD", "Difference of game points"),
    },
    form="outcome",
    halves=True,
    laws="FIDE Laws of Chess 2023, article 10.1: win 1, draw ½, loss 0",
)
