"""Beach volleyball."""

from timely.domain.sports.sport import Sport

BEACH_VOLLEYBALL = Sport(
    key="beach_volleyball",
    name="Beach volleyball",
    score_unit="sets",
    rulebook="beach-club",
    walkover=(2, 0),  # FIVB beach rules 2021-2024, 6.4.1: every set 21-0
    draws=False,
    aliases=("beach volley", "beachvolleyball"),
)
