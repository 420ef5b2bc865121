"""Texts about an event's rules, and the legend of its table zones."""

from collections.abc import Iterable

from timely.domain.rulebooks import RULEBOOKS
from timely.domain.rules.rules import Rules
from timely.domain.translation import gettext, lazy_pgettext, ngettext
from timely.models.read_only import EventView
from timely.presenters.row import Row
from timely.presenters.tiebreaker_text import order_text

ZONES = {
    "withdrawn": lazy_pgettext("team in a table", "Withdrawn"),
    "expelled": lazy_pgettext("team in a table", "Expelled"),
    "through": lazy_pgettext("team in a table", "Goes through"),
    "playoff": lazy_pgettext("team in a table", "May go through, as one of the best of this place"),
}


def legend(tables: Iterable[Row], to_come: Iterable[str] = ()) -> list[Row]:
    """Meanings of the zones in these tables, and of the zones *to_come* as games are played."""
    shown = [row["zone"] for table in tables for row in table["leaderboard"] if row["zone"]]
    zones = dict.fromkeys([*shown, *to_come])
    return [{"zone": zone, "text": str(ZONES.get(zone, zone))} for zone in zones]


def rules_text(event: EventView) -> list[str]:
    """The rules, one sentence each."""
    rules = event.order_rules
    book = RULEBOOKS.get(event.rulebook)
    order = order_text(event.sport_kind, rules.tiebreakers)
    sentences = [points_text(rules), gettext("Order: %(criteria)s.", criteria=order)]
    if rules.has_head_to_head:
        sentences.append(gettext("Head-to-head counts only the games among the teams that are level."))
    if book:
        sentences.append(f"{gettext(book.name)}.")
    return sentences


def points_text(rules: Rules) -> str:
    """ "3 points for a win, 1 for a draw, 0 for a loss."."""
    if rules.by_sets:
        scores = ", ".join(
            gettext("%(points)s for %(score)s", points=points, score=score.replace("-", "–"))
            for score, points in rules.by_sets.items()
        )
        return gettext("Points by sets: %(scores)s.", scores=scores)
    parts = [ngettext("%(num)s point for a win", "%(num)s points for a win", rules.win)]
    if rules.overtime_win is not None:
        parts.append(gettext("%(points)s for a win in overtime", points=rules.overtime_win))
    if rules.overtime_loss is not None:
        parts.append(gettext("%(points)s for a loss in overtime", points=rules.overtime_loss))
    else:
        parts.append(gettext("%(points)s for a draw", points=rules.draw))
    parts.append(gettext("%(points)s for a loss", points=rules.loss))
    if rules.try_threshold is not None:
        parts.append(ngettext("a bonus point for %(num)s try", "a bonus point for %(num)s tries", rules.try_threshold))
    if rules.losing_margin is not None:
        parts.append(gettext("one for a loss by %(points)s or less", points=rules.losing_margin))
    return f"{', '.join(parts)}."
