"""Texts about an event's rules, and the legend of its table zones."""

from collections.abc import Iterable

from timely.domain.rulebooks import RULEBOOKS
from timely.domain.rules.rules import Rules
from timely.domain.rules.tiebreaker_titles import titles
from timely.models.read_only import EventView
from timely.presenters.row import Row

ZONES = {
    "withdrawn": "Withdrawn",
    "expelled": "Expelled",
    "through": "Goes through",
    "playoff": "May go through, as one of the best of this place",
}


def legend(tables: Iterable[Row], to_come: Iterable[str] = ()) -> list[Row]:
    """Meanings of the zones in these tables, and of the zones *to_come* as games are played."""
    shown = [row["zone"] for table in tables for row in table["leaderboard"] if row["zone"]]
    zones = dict.fromkeys([*shown, *to_come])
    return [{"zone": zone, "text": ZONES.get(zone, zone)} for zone in zones]


def rules_text(event: EventView) -> list[str]:
    """The rules, one sentence each."""
    rules = event.order_rules
    book = RULEBOOKS.get(event.rulebook)
    words = titles(event.sport_kind)
    order = ", then ".join(words[one].lower() for one in rules.tiebreakers)
    sentences = [points_text(rules), f"Order: {order}."]
    if rules.has_head_to_head:
        sentences.append("Head-to-head counts only the games among the teams that are level.")
    if book:
        sentences.append(f"{book.name}.")
    return sentences


def points_text(rules: Rules) -> str:
    """ "3 points for a win, 1 for a draw, 0 for a loss."."""
    if rules.by_sets:
        scores = ", ".join(f"{points} for {score.replace('-', '–')}" for score, points in rules.by_sets.items())
        return f"Points by sets: {scores}."
    parts = [f"{rules.win} points for a win"]
    if rules.overtime_win is not None:
        parts.append(f"{rules.overtime_win} for a win in overtime")
    if rules.overtime_loss is not None:
        parts.append(f"{rules.overtime_loss} for a loss in overtime")
    else:
        parts.append(f"{rules.draw} for a draw")
    parts.append(f"{rules.loss} for a loss")
    bonus = []
    if rules.try_threshold is not None:
        bonus.append(f"a bonus point for {rules.try_threshold} tries")
    if rules.losing_margin is not None:
        bonus.append(f"one for a loss by {rules.losing_margin} or less")
    return ", ".join(parts + bonus) + "."
