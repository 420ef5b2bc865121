"""Sport: what the pages and the forms need to know of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Where points are scored, not goals, the keys stay and the heads change.
POINTS_HEADS = {
    "gf": ("PF", "Points for"),
    "ga": ("PA", "Points against"),
    "gd": ("PD", "Points difference"),
}


@dataclass(frozen=True)
class Sport:
    """The games of a sport. Who is ahead of whom is its rulebook's matter: it may have several."""

    key: str
    name: str
    score_unit: str  # "goals", "points" or "sets"
    rulebook: str  # key of the one that a new event begins with
    walkover: tuple[int, int]  # for the team that was there, and for the absent one
    draws: bool  # may a table game end level?
    aliases: tuple[str, ...] = ()
    heads: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # key: (head, title)
    bonus_points: bool = False
