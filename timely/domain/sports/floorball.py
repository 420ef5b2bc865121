"""Floorball."""

from timely.domain.sports.sport import Sport

FLOORBALL = Sport(
    key="floorball",
    name="Floorball",
    score_unit="goals",
    rulebook="club-two-points",
    walkover=(5, 0),  # IFF Rules of the Game, walkover
    draws=True,
    aliases=("unihockey", "innebandy", "salibandy"),
)
