"""Ice hockey."""

from timely.domain.sports.sport import Sport

ICE_HOCKEY = Sport(
    key="ice_hockey",
    name="Ice hockey",
    score_unit="goals",
    rulebook="iihf-2018",
    walkover=(5, 0),  # IIHF Sport Regulations, forfeited games
    draws=True,  # a club's short games often have no overtime
    aliases=("eishockey", "inline hockey"),
)
