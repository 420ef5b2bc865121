"""Table tennis."""

from timely.domain.sports.sport import Sport

TABLE_TENNIS = Sport(
    key="table_tennis",
    name="Table tennis",
    score_unit="sets",
    rulebook="table-tennis-club",
    walkover=(3, 0),  # best of five
    draws=False,
    aliases=("ping pong", "tt"),
)
