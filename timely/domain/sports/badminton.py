"""Badminton."""

from timely.domain.sports.sport import Sport

BADMINTON = Sport(
    key="badminton",
    name="Badminton",
    score_unit="sets",
    rulebook="badminton-club",
    walkover=(2, 0),  # best of three
    draws=False,
)
