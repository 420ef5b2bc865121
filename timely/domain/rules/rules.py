"""Rules of a table: what a game earns, and which tie-breakers order it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.number_text import thousands
from timely.domain.rules.points import BONUS_KEYS, MOST_POINTS, PLAIN, read_points
from timely.domain.rules.points import KEYS as POINTS_KEYS
from timely.domain.rules.set_rules import KEYS as SET_KEYS
from timely.domain.rules.set_rules import SetRules, read_set_rules
from timely.domain.rules.tiebreakers import RESTARTS, TIEBREAKERS, read_tiebreakers
from timely.domain.rules.withdrawals import ANNULLED, Withdrawal, read_withdrawal
from timely.domain.rules.withdrawals import KEYS as WITHDRAWAL_KEYS
from timely.domain.translation import lazy_gettext
from timely.domain.validation import a_list, a_mapping, inside, is_within, one_of, require_few, shown, whole_number

SCORINGS = ("goals", "sets")
POINTS_FIELDS = (*(key for key in POINTS_KEYS if key != "bonus"), *BONUS_KEYS)
KEYS = (
    "points",
    "scoring",
    "fair_play_points",
    "tiebreakers",
    "tiebreakers_while_running",
    "head_to_head_restart",
    "walkover",
    "withdrawal",
    "overs",
    "sets",
)
MOST_IN_WALKOVER = 99
MOST_OVERS = 100
MOST_CARDS = 20
LONGEST_CARD = 40
MOST_CHARACTERS = 6000  # as JSON; the longest rulebook has under 1,000


@dataclass(frozen=True)
class Rules:
    """The rules of a table. Defaults: 3-1-0, then goal difference, then goals scored."""

    win: int = 3
    draw: int = 1
    loss: int = 0
    overtime_win: int | None = None  # None: a win in overtime earns the same as any win
    overtime_loss: int | None = None
    walkover_win: int | None = None  # for a win against a team that did not appear; None: as any win
    forfeit: int | None = None  # for the team that did not appear; None: as any loss
    by_sets: Mapping[str, int] | None = None  # "3-2": 2, own sets first; in place of win and loss
    try_threshold: int | None = None  # one bonus point for at least so many tries
    losing_margin: int | None = None  # one bonus point for a loss by at most so many
    scoring: str = "goals"
    fair_play_points: Mapping[str, int] = field(default_factory=dict)  # the weight of each card
    tiebreakers: tuple[str, ...] = ("points", "goal_difference", "goals_for")
    tiebreakers_while_running: tuple[str, ...] | None = None  # while games are left; None: the same
    head_to_head_restart: str = "never"
    walkover: tuple[int, int] | None = None  # the winner's score first; None: as in the sport
    withdrawal: Withdrawal = ANNULLED
    overs: int | None = None  # of a cricket innings: what a side that is all out is deemed to have faced
    sets: SetRules | None = None  # how long a set is, how many there are; None: as in the sport

    def order(self, *, complete: bool = True) -> tuple[str, ...]:
        """The tie-breakers of a table that is *complete*, or has games left."""
        return self.tiebreakers if complete else self.tiebreakers_while_running or self.tiebreakers

    @property
    def all_tiebreakers(self) -> frozenset[str]:
        """All tie-breakers that its tables use, complete or not."""
        return frozenset(self.tiebreakers + (self.tiebreakers_while_running or ()))

    @property
    def has_head_to_head(self) -> bool:
        return any(TIEBREAKERS[key].of for key in self.tiebreakers)

    @property
    def pays_overtime(self) -> bool:
        """Whether overtime earns other points than normal time."""
        return self.overtime_win is not None or self.overtime_loss is not None

    @property
    def has_bonus(self) -> bool:
        return self.try_threshold is not None or self.losing_margin is not None

    def as_dict(self) -> dict[str, Any]:
        """The rules as in an event file; `read_rules` is the inverse."""
        points: dict[str, Any] = {n: getattr(self, n) for n in PLAIN if getattr(self, n) is not None}
        if self.by_sets is not None:
            points["by_sets"] = dict(self.by_sets)
        if self.has_bonus:
            points["bonus"] = {n: getattr(self, n) for n in BONUS_KEYS if getattr(self, n) is not None}
        data: dict[str, Any] = {
            "points": points,
            "scoring": self.scoring,
            "fair_play_points": dict(self.fair_play_points),
            "tiebreakers": list(self.tiebreakers),
            "head_to_head_restart": self.head_to_head_restart,
        }
        if self.tiebreakers_while_running is not None:
            data["tiebreakers_while_running"] = list(self.tiebreakers_while_running)
        if self.walkover is not None:
            data["walkover"] = list(self.walkover)
        if self.withdrawal != ANNULLED:
            data["withdrawal"] = self.withdrawal.as_data()
        if self.overs is not None:
            data["overs"] = self.overs
        if self.sets is not None:
            data["sets"] = self.sets.as_data()
        return data


MOST_KNOWN = 100
_known: dict[str, Rules] = {}


def rules_of(data: object) -> Rules:
    """As `read_rules`, for the rules of saved events: each page, save and message reads the same ones again.

    Raises ValidationError.
    """
    key = repr(data)
    found = _known.get(key)
    if found is None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        found = _known[key] = read_rules(data)
    return found


def read_rules(data: object, path: str = "rules", *, base: Rules | None = None) -> Rules:
    """The rules in parsed JSON; what they leave out is as in *base*, such as the sport's own rules.

    Points and scoring go together, and so do the tie-breakers, those while running and their restart: giving the first
    resets the others to their defaults.
    Raises ValidationError for the first error; unknown keys are left to `unknown_keys`.
    """
    rules = a_mapping(data, path)
    base = base or Rules()
    found: dict[str, Any] = {name: getattr(base, name) for name in Rules.__dataclass_fields__}
    if rules.get("points") is not None:
        for name in POINTS_FIELDS:
            found[name] = getattr(Rules(), name)
        found.update(read_points(rules["points"], inside(path, "points")))
        # Points by sets can only be earned in a game of sets.
        found["scoring"] = "sets" if found["by_sets"] else "goals"
    if rules.get("scoring") is not None:
        found["scoring"] = one_of(rules["scoring"], inside(path, "scoring"), SCORINGS)
    if rules.get("tiebreakers") is not None:
        found["tiebreakers"] = read_tiebreakers(rules["tiebreakers"], inside(path, "tiebreakers"))
        found["tiebreakers_while_running"] = None
        found["head_to_head_restart"] = "never"
    if rules.get("tiebreakers_while_running") is not None:
        where = inside(path, "tiebreakers_while_running")
        found["tiebreakers_while_running"] = read_tiebreakers(rules["tiebreakers_while_running"], where)
    if rules.get("head_to_head_restart") is not None:
        restart = one_of(rules["head_to_head_restart"], inside(path, "head_to_head_restart"), RESTARTS)
        found["head_to_head_restart"] = restart
    if rules.get("fair_play_points") is not None:
        where = inside(path, "fair_play_points")
        cards = a_mapping(rules["fair_play_points"], where)
        found["fair_play_points"] = {
            card: whole_number(weight, inside(where, card), -MOST_POINTS, MOST_POINTS) for card, weight in cards.items()
        }
    if rules.get("walkover") is not None:
        found["walkover"] = _read_walkover(rules["walkover"], inside(path, "walkover"))
    if rules.get("withdrawal") is not None:
        found["withdrawal"] = read_withdrawal(rules["withdrawal"], inside(path, "withdrawal"))
    if rules.get("overs") is not None:
        found["overs"] = whole_number(rules["overs"], inside(path, "overs"), 1, MOST_OVERS)
    if rules.get("sets") is not None:
        found["sets"] = read_set_rules(rules["sets"], inside(path, "sets"))
    return Rules(**found)


def require_small(data: object, path: str = "rules") -> None:
    """Raises ValidationError for rules that are too large; called before new rules are read and stored.

    Larger rules that an earlier version of Timely stored can still be read.
    """
    if not is_within(data, MOST_CHARACTERS):
        raise ValidationError(
            path, lazy_gettext("are too much: rules have at most %(most)s characters", most=thousands(MOST_CHARACTERS))
        )
    cards = data.get("fair_play_points") if isinstance(data, Mapping) else None
    if isinstance(cards, Mapping):
        where = inside(path, "fair_play_points")
        require_few(cards, MOST_CARDS, where)
        for card in cards:
            if not isinstance(card, str) or not 0 < len(card.strip()) <= LONGEST_CARD:
                raise ValidationError(
                    where,
                    lazy_gettext(
                        "%(card)s is no name of a card; it has 1 to %(most)s characters",
                        card=shown(card),
                        most=LONGEST_CARD,
                    ),
                )


def unknown_keys(data: object, path: str = "rules") -> dict[str, tuple[str, ...]]:
    """{the path of a key that `read_rules` ignores: the keys that are allowed in its place}."""
    if not isinstance(data, Mapping):
        return {}
    found = _unknown(data, KEYS, path)
    found |= _unknown(data.get("sets"), SET_KEYS, inside(path, "sets"))
    found |= _unknown(data.get("withdrawal"), WITHDRAWAL_KEYS, inside(path, "withdrawal"))
    points, where = data.get("points"), inside(path, "points")
    found |= _unknown(points, POINTS_KEYS, where)
    if isinstance(points, Mapping):
        found |= _unknown(points.get("bonus"), BONUS_KEYS, inside(where, "bonus"))
    return found


def _unknown(data: object, known: tuple[str, ...], path: str) -> dict[str, tuple[str, ...]]:
    keys = data if isinstance(data, Mapping) else ()
    return {inside(path, str(key)): known for key in keys if key not in known}


def _read_walkover(value: object, path: str) -> tuple[int, int]:
    score = a_list(value, path)
    if len(score) != 2:
        raise ValidationError(path, lazy_gettext("needs the score of both sides, the winner's first, such as [3, 0]"))
    won, lost = (whole_number(goals, path, 0, MOST_IN_WALKOVER) for goals in score)
    if won <= lost:
        raise ValidationError(
            path,
            lazy_gettext(
                "%(won)s-%(lost)s has no winner; write the winner's score first, such as [3, 0]", won=won, lost=lost
            ),
        )
    return won, lost
