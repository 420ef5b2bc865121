"""Sports that Timely knows by name; one file each."""

import re
from functools import lru_cache

from timely.domain.sports.badminton import BADMINTON
from timely.domain.sports.basketball import BASKETBALL
from timely.domain.sports.beach_volleyball import BEACH_VOLLEYBALL
from timely.domain.sports.chess import CHESS
from timely.domain.sports.cricket import CRICKET
from timely.domain.sports.darts import DARTS
from timely.domain.sports.field_hockey import FIELD_HOCKEY
from timely.domain.sports.floorball import FLOORBALL
from timely.domain.sports.football import FOOTBALL
from timely.domain.sports.futsal import FUTSAL
from timely.domain.sports.generic import GENERIC
from timely.domain.sports.handball import HANDBALL
from timely.domain.sports.ice_hockey import ICE_HOCKEY
from timely.domain.sports.netball import NETBALL
from timely.domain.sports.rugby_sevens import RUGBY_SEVENS
from timely.domain.sports.rugby_union import RUGBY_UNION
from timely.domain.sports.sport import Sport
from timely.domain.sports.squash import SQUASH
from timely.domain.sports.table_tennis import TABLE_TENNIS
from timely.domain.sports.tennis import TENNIS
from timely.domain.sports.ultimate import ULTIMATE
from timely.domain.sports.volleyball import VOLLEYBALL

__all__ = ["GENERIC", "SPORTS", "Sport", "find_sport"]

# In the order in which a form offers them.
SPORTS: dict[str, Sport] = {
    sport.key: sport
    for sport in (
        FOOTBALL,
        FUTSAL,
        HANDBALL,
        BASKETBALL,
        NETBALL,
        VOLLEYBALL,
        BEACH_VOLLEYBALL,
        RUGBY_UNION,
        RUGBY_SEVENS,
        ICE_HOCKEY,
        FIELD_HOCKEY,
        FLOORBALL,
        ULTIMATE,
        CRICKET,
        TABLE_TENNIS,
        BADMINTON,
        TENNIS,
        SQUASH,
        DARTS,
        CHESS,
        GENERIC,
    )
}


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text).strip().casefold()


_BY_NAME = {_plain(name): sport for sport in SPORTS.values() for name in (sport.key, sport.name, *sport.aliases)}


@lru_cache(200)  # asked for with every score
def find_sport(text: str) -> Sport:
    """The sport of that key or name ("Ice_Hockey", "rugby"); the generic one if it is unknown."""
    return _BY_NAME.get(_plain(text), GENERIC)
