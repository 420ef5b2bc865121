"""Table tennis."""

from timely.domain.rules.set_rules import SetRules
from timely.domain.sports.sport import Sport
from timely.domain.translation import gettext_noop

TABLE_TENNIS = Sport(
    key="table_tennis",
    name=gettext_noop("Table tennis"),
    score_unit="sets",
    rulebook="table-tennis-club",
    walkover=(3, 0),  # best of five
    draws=False,
    played_on="table",
    minutes=45,
    aliases=("ping pong", "tt"),
    form="sets",
    sets=SetRules(to=11),
    set_name="Game",
    best_ofs=(1, 3, 5, 7, 9),  # any odd number
    laws="ITTF Laws of Table Tennis 2022, 2.11 and 2.12",
)
