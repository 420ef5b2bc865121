"""Sport: what the pages and the forms need to know of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from timely.domain.rules.set_rules import SetRules

USUAL_CARDS = ("yellow", "red", "second_yellow_red", "yellow_and_red")

# Where points are scored, not goals, the keys stay and the heads change.
POINTS_HEADS = {
    "gf": ("PF", "Points for"),
    "ga": ("PA", "Points against"),
    "gd": ("PD", "Points difference"),
}

FORMS = ("goals", "sets", "periods", "legs", "overs", "outcome")


@dataclass(frozen=True)
class Periods:
    """How a game is divided: quarters, thirds or halves, and then overtime."""

    count: int
    name: str  # of one: "Quarter"
    overtime: str = "Overtime"
    one_by_one: bool = False  # each overtime is only played because the one before ended level


@dataclass(frozen=True)
class Sport:
    """The games of a sport. Who is ahead of whom is its rulebook's matter: it may have several."""

    key: str
    name: str
    score_unit: str  # "goals", "points", "sets", "legs" or "runs"
    rulebook: str  # key of the one that a new event begins with
    walkover: tuple[int, int]  # for the team that was there, and for the absent one
    draws: bool  # may a table game end level?
    minutes: int = 90  # that a game of grown-ups takes, breaks and all, where nobody says how long games are
    walkover_source: str = ""  # the regulation and its year; "" where none was found: the choice is ours
    aliases: tuple[str, ...] = ()
    heads: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # key: (head, title)
    bonus_points: bool = False
    form: str = "goals"  # one of FORMS: what is typed in when the game is over
    sets: SetRules | None = None  # of a set; without sets, of the whole game
    set_name: str = "Set"
    best_ofs: tuple[int, ...] = ()  # how many sets a game may be the best of, where the rules name none
    periods: Periods | None = None
    endings: tuple[str, ...] = ()  # of the flags of extras.py: how a game may end late
    sudden_death: bool = False  # the first goal of overtime ends it
    tries: bool = False  # scored as in rugby: by tries, conversions and kicks at goal
    halves: bool = False  # scores are counted in half points: 2-0 is shown as 1-0, 1-1 as ½-½
    cards: tuple[str, ...] = USUAL_CARDS  # that a game may have, beside those that the rules weigh
    most: int = 999  # of one side: what has a figure more is a slip of the finger
    laws: str = ""  # where it is written what a possible score is
