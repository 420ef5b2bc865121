"""Chess."""

from timely.domain.sports.sport import Sport
from timely.domain.translation import gettext_noop, lazy_pgettext

CHESS = Sport(
    key="chess",
    name=gettext_noop("Chess"),
    score_unit="points",
    rulebook="fide-2023",
    walkover=(2, 0),  # half points: a forfeited game is 1-0
    walkover_source="FIDE Laws of Chess 2023, article 10.1",
    draws=True,
    played_on="chessboard",
    minutes=300,
    aliases=("schach", "échecs", "ajedrez"),
    heads={
        "gf": (lazy_pgettext("Game points", "GP"), lazy_pgettext("column of a table", "Game points")),
        "ga": (
            lazy_pgettext("Game points of the opponents", "GA"),
            lazy_pgettext("column of a table", "Game points of the opponents"),
        ),
        "gd": (
            lazy_pgettext("Difference of game points", "GD"),
            lazy_pgettext("column of a table", "Difference of game points"),
        ),
    },
    form="outcome",
    halves=True,
    laws="FIDE Laws of Chess 2023, article 10.1: win 1, draw ½, loss 0",
)
