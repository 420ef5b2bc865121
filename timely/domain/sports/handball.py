"""Handball."""

from timely.domain.sports.sport import Sport

HANDBALL = Sport(
    key="handball",
    name="Handball",
    score_unit="goals",
    rulebook="ihf-2023",
    walkover=(10, 0),  # IHF regulations for competitions
    draws=True,
    aliases=("team handball",),
)
