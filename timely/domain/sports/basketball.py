"""Basketball."""

from timely.domain.sports.sport import POINTS_HEADS, Sport

BASKETBALL = Sport(
    key="basketball",
    name="Basketball",
    score_unit="points",
    rulebook="fiba-2022",
    walkover=(20, 0),  # FIBA Official Basketball Rules 2022, article 20
    draws=False,  # overtime is played until somebody has won
    heads=POINTS_HEADS,
)
