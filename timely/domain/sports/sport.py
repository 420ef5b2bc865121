"""Sport: the properties of a sport that pages, forms and checks need."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from timely.domain.rules.set_rules import SetRules
from timely.domain.translation import Text, lazy_pgettext

USUAL_CARDS = ("yellow", "red", "second_yellow_red", "yellow_and_red")

# In sports that score points, not goals, the keys stay and the heads change.
POINTS_HEADS = {
    "gf": (lazy_pgettext("Points for", "PF"), lazy_pgettext("column of a table", "Points for")),
    "ga": (lazy_pgettext("Points against", "PA"), lazy_pgettext("column of a table", "Points against")),
    "gd": (lazy_pgettext("Points difference", "PD"), lazy_pgettext("column of a table", "Points difference")),
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
    """A sport. The order of tables is a matter of rulebooks, of which it may have several."""

    key: str
    name: str
    score_unit: str  # "goals", "points", "sets", "legs" or "runs"
    rulebook: str  # key of the one that a new event begins with
    walkover: tuple[int, int]  # for the team that was there, and for the absent one
    draws: bool  # may a table game end level?
    played_on: str = "pitch"  # where one game fits: a key of presenters/pitch_text.py
    minutes: int = 90  # length of an adults' game with breaks, used if no length is set
    walkover_source: str = ""  # the regulation and its year; "" if none was found: then the score is Timely's choice
    aliases: tuple[str, ...] = ()
    heads: Mapping[str, tuple[Text, Text]] = field(default_factory=dict)  # key: (head, title)
    bonus_points: bool = False
    form: str = "goals"  # one of FORMS: what is typed in when the game is over
    sets: SetRules | None = None  # of a set; in a sport without sets, of the whole game
    set_name: str = "Set"
    best_ofs: tuple[int, ...] = ()  # the numbers of sets that a game may be the best of, if the rules name none
    periods: Periods | None = None
    endings: tuple[str, ...] = ()  # of the flags of scores/details.py: how a game may end late
    sudden_death: bool = False  # the first goal of overtime ends it
    tries: bool = False  # scored as in rugby: by tries, conversions and kicks at goal
    halves: bool = False  # scores are counted in half points: 2-0 is shown as 1-0, 1-1 as ½-½
    cards: tuple[str, ...] = USUAL_CARDS  # that a game may have, beside those that the rules weigh
    most: int = 999  # of one side: a number with one more digit is a typing error
    laws: str = ""  # the regulation that says which scores are possible
