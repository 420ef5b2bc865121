"""Form of an event's own rules."""

from collections.abc import Mapping
from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField, RadioField

from timely.blueprints.rules.tiebreaker_order import OrderList
from timely.domain.rules.points import BONUS_KEYS, MOST_POINTS
from timely.domain.rules.rules import MOST_IN_WALKOVER, MOST_OVERS, Rules
from timely.domain.rules.set_rules import KEYS as SET_KEYS
from timely.domain.rules.set_rules import LIMITS
from timely.domain.sports import GENERIC
from timely.domain.translation import Text, gettext, lazy_gettext, lazy_pgettext
from timely.models import Event
from timely.presenters.tiebreaker_text import titles
from timely.services.errors import RuleBroken
from timely.services.rules import own_rules
from timely.web.fields import BaseForm, ChoiceField, VersionField, WholeNumberField, lines, options

RESTARTS = [
    ("never", lazy_gettext("Never: one table of the games among them decides to the end")),
    ("after_block", lazy_gettext("When all head-to-head criteria have been asked, for those still level")),
    ("immediate", lazy_gettext("As soon as one team is separated, for the others")),
]
WAYS = [
    ("annul", lazy_gettext("None of its games counts any more")),
    ("keep", lazy_gettext("Those played stand, the others are cancelled")),
    ("award", lazy_gettext("Those played stand, the opponents win the others")),
]
CARDS = {
    "yellow": lazy_gettext("Yellow card"),
    "second_yellow_red": lazy_gettext("Second yellow"),
    "red": lazy_gettext("Red card"),
    "yellow_and_red": lazy_gettext("Yellow, then red"),
}
SETS = {
    "to": lazy_gettext("Points that win a set"),
    "clear": lazy_gettext("Ahead by at least"),
    "cap": lazy_gettext("A set ends at the latest at"),
    "last_to": lazy_gettext("Points that win the last set"),
    "last_cap": lazy_gettext("The last set ends at the latest at"),
    "best_of": lazy_gettext("Best of so many sets"),
    "tie_break": lazy_gettext("Points of a tie-break"),
    "match_tie_break": lazy_gettext("Points of a tie-break for the last set"),
    "periods": lazy_gettext("Quarters, thirds or halves of a game"),
}
# The field that shows an error of the rules, by the beginning of its path.
BESIDE = {
    "points.by_sets": "by_sets",
    "points.bonus.": "",
    "points.": "",
    "points": "win",
    "walkover": "walkover_won",
    "withdrawal": "annul_below",
    "sets.": "set_",
    "sets": "set_to",
}


def points(label: Text, *, required: bool = False) -> WholeNumberField:
    return WholeNumberField(label, -MOST_POINTS, MOST_POINTS, required=required)


class OwnRulesForm(BaseForm):
    """All settings of the rules; the lists `order` and `running` are not WTForms fields."""

    scoring = RadioField(
        lazy_gettext("A game is counted in"),
        choices=options(
            [("goals", lazy_gettext("Goals or points")), ("sets", lazy_pgettext("how a game is counted", "Sets"))]
        ),
    )
    win = points(lazy_gettext("A win"), required=True)
    draw = points(lazy_gettext("A draw"), required=True)
    loss = points(lazy_gettext("A loss"), required=True)
    overtime_win = points(lazy_gettext("A win in overtime"))
    overtime_loss = points(lazy_gettext("A loss in overtime"))
    walkover_win = points(lazy_gettext("A win by walkover"))
    forfeit = points(lazy_gettext("Not appearing"))
    by_sets = lines(lazy_gettext("Points by sets"), 400)
    try_threshold = WholeNumberField(lazy_gettext("Bonus point from so many tries"), 1, 99, required=False)
    losing_margin = WholeNumberField(lazy_gettext("Bonus point for a loss by at most"), 1, 99, required=False)
    head_to_head_restart = RadioField(
        lazy_gettext("Begin head-to-head again"), choices=options(RESTARTS), default="never"
    )
    has_running = BooleanField(lazy_gettext("Another order while games are still to come"))
    yellow, second_yellow_red, red, yellow_and_red = (points(label) for label in CARDS.values())
    walkover_won = WholeNumberField(lazy_gettext("Walkover: the winner's score"), 0, MOST_IN_WALKOVER, required=False)
    walkover_lost = WholeNumberField(lazy_gettext("The other's"), 0, MOST_IN_WALKOVER, required=False)
    withdrawal = ChoiceField(lazy_gettext("A team that withdraws or is expelled"), WAYS)
    annul_below = WholeNumberField(
        lazy_gettext("Nothing counts if it has played less than (%)"), 1, 100, required=False
    )
    overs = WholeNumberField(lazy_gettext("Overs of an innings"), 1, MOST_OVERS, required=False)
    version = VersionField()
    was = HiddenField()  # fingerprint of the event's rules when the form was rendered

    def for_event(self, event: Event, base: Rules) -> None:
        """*base*: the rules to start from; settings that the form does not show are kept from it."""
        self.base = base
        self.sport = event.sport_kind
        words = titles(self.sport)
        self.order = OrderList("order", base.tiebreakers, words)
        self.running = OrderList("running", base.tiebreakers_while_running or base.tiebreakers, words)
        if request.method == "POST":
            for one in self.lists:
                one.read(request.form)

    @property
    def lists(self) -> tuple[OrderList, OrderList]:
        return self.order, self.running

    @property
    def is_of_sets(self) -> bool:
        return bool(self.scoring.data == "sets")

    @property
    def may_choose_scoring(self) -> bool:
        return self.sport is GENERIC

    @property
    def is_being_changed(self) -> bool:
        """Whether a list's button was pressed, or the second list has yet to be shown."""
        is_new = bool(self.has_running.data) and not self.running.is_on_page(request.form)
        return request.method == "POST" and (is_new or any(one.is_asked_to_change(request.form) for one in self.lists))

    def rules(self) -> dict[str, Any]:
        """The rules in the event file's format. Raises RuleBroken for the field that is wrong."""
        for one in self.lists[: 2 if self.has_running.data else 1]:
            if one.error:
                raise RuleBroken(one.error, field=one.name)
        scoring = self.scoring.data if self.may_choose_scoring else self.base.scoring
        earned: dict[str, Any] = {key: self[key].data for key in PLAIN if self[key].data is not None}
        if scoring == "sets" and (self.by_sets.data or "").strip():
            earned["by_sets"] = read_by_sets(self.by_sets.data or "")
        bonus = {key: self[key].data for key in BONUS_KEYS if self[key].data is not None}
        if bonus:
            earned["bonus"] = bonus
        cards = {key: weight for key, weight in self.base.fair_play_points.items() if key not in CARDS}
        cards |= {key: self[key].data for key in CARDS if self[key].data is not None}
        data: dict[str, Any] = {
            "points": earned,
            "scoring": scoring,
            "fair_play_points": cards,
            "tiebreakers": list(self.order.chosen),
            "head_to_head_restart": self.head_to_head_restart.data,
            "withdrawal": {"annul_below": self.annul_below.data, "then": self.withdrawal.data}
            if self.annul_below.data and self.withdrawal.data != "annul"
            else self.withdrawal.data,
        }
        if self.has_running.data:
            data["tiebreakers_while_running"] = list(self.running.chosen)
        scores = (self.walkover_won.data, self.walkover_lost.data)
        if None in scores and scores != (None, None):
            missing = "walkover_won" if scores[0] is None else "walkover_lost"
            raise RuleBroken(gettext("Type both scores of a walkover, or neither."), field=missing)
        if None not in scores:
            data["walkover"] = [self.walkover_won.data, self.walkover_lost.data]
        overs = self.overs.data if self.overs.name in request.form else self.base.overs  # only cricket has the field
        if overs is not None:
            data["overs"] = overs
        sets = {key: self[f"set_{key}"].data for key in SET_KEYS if self[f"set_{key}"].data is not None}
        if sets:
            data["sets"] = sets
        try:
            own_rules(data)
        except RuleBroken as broken:
            raise RuleBroken(broken.message, field=field_for(next(iter(broken.fields)))) from None
        return data


for _key, _label in SETS.items():
    setattr(OwnRulesForm, f"set_{_key}", WholeNumberField(_label, *LIMITS[_key], required=False))

PLAIN = ("win", "draw", "loss", "overtime_win", "overtime_loss", "walkover_win", "forfeit")


def field_for(path: str) -> str:
    """The field that shows an error at this path of the rules."""
    if path.startswith("tiebreakers_while_running"):
        return "running"
    if path.startswith("tiebreakers"):
        return "order"
    for start, field in BESIDE.items():
        if path.startswith(start):
            rest = path.removeprefix(start)
            return f"{field}{rest}" if start.endswith(".") else field
    return path


def read_by_sets(text: str) -> dict[str, int]:
    """Points by set score from lines such as "3-2: 2". Raises RuleBroken."""
    found: dict[str, int] = {}
    for line in text.splitlines():
        score, _, earned = line.replace("\N{EN DASH}", "-").partition(":")
        score, earned = score.replace(" ", ""), earned.strip()
        if not line.strip():
            continue
        digits = earned.removeprefix("-").removeprefix("+")
        if not (digits.isascii() and digits.isdecimal() and len(digits) < 5):
            typed = line.strip()[:40]
            fault = gettext("“%(typed)s” is no score with its points: write such as 3-2: 2.", typed=typed)
            raise RuleBroken(fault, field="by_sets")
        if score in found:
            raise RuleBroken(gettext("%(score)s stands there twice.", score=score), field="by_sets")
        found[score] = int(earned)
    return found


def saved(rules: Rules) -> Mapping[str, Any]:
    """The form's values for these rules."""
    by_sets = rules.by_sets or {}
    walkover = rules.walkover or (None, None)
    sets = rules.sets
    return {
        **{key: getattr(rules, key) for key in (*PLAIN, *BONUS_KEYS)},
        "scoring": rules.scoring,
        "by_sets": "\n".join(f"{score}: {earned}" for score, earned in by_sets.items()),
        "head_to_head_restart": rules.head_to_head_restart,
        "has_running": rules.tiebreakers_while_running is not None,
        **{key: rules.fair_play_points.get(key) for key in CARDS},
        "walkover_won": walkover[0],
        "walkover_lost": walkover[1],
        "withdrawal": rules.withdrawal.then,
        "annul_below": rules.withdrawal.annul_below or None,
        "overs": rules.overs,
        **{f"set_{key}": value for key, value in (sets.as_data() if sets else {}).items()},
    }
