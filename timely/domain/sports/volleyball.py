"""Volleyball."""

from timely.domain.sports.sport import Sport

VOLLEYBALL = Sport(
    key="volleyball",
    name="Volleyball",
    score_unit="sets",
    rulebook="fivb-2022",
    walkover=(3, 0),  # FIVB Rules 2021-2024, 6.4.1: every set 25-0
    draws=False,
    aliases=("indoor volleyball",),
)
