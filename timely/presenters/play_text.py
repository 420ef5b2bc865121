"""Formats sets, periods and innings, and scores in half points."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from timely.domain.translation import pgettext

DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"


def half_text(count: Fraction | int) -> str:
    """*count* half points: 2 are "1", 1 is "½", 9 are "4½"; quarters, as in Sonneborn-Berger, are "¼" and "¾"."""
    whole, rest = divmod(abs(Fraction(count)) / 2, 1)
    part = {Fraction(0): "", Fraction(1, 4): "¼", Fraction(1, 2): "½", Fraction(3, 4): "¾"}[rest]
    sign = MINUS if count < 0 else ""
    return f"{sign}{whole or ('' if part else 0)}{part}"


def signed_half_text(count: int) -> str:
    """ "+1½", "0", "−½"."""
    return f"+{half_text(count)}" if count > 0 else half_text(count)


def play_text(extra: Mapping[str, Any]) -> str:
    """ "25–19, 22–25, 15–12", "7–6 (5), 6–4", "150/7 (20 overs), 148 all out (19.3 overs)"; "" without any."""
    if extra.get("innings"):
        return _innings_text(extra["innings"])
    return _sets_text(extra.get("sets") or (), extra.get("tie_breaks") or ()) or _pairs(extra.get("periods") or ())


def _pairs(points: Sequence[Sequence[int]]) -> str:
    return ", ".join(f"{home}{DASH}{away}" for home, away in points)


def _sets_text(sets: Sequence[Sequence[int]], tie_breaks: Sequence[Sequence[int] | None]) -> str:
    parts = []
    for number, (home, away) in enumerate(sets):
        tie_break = tie_breaks[number] if number < len(tie_breaks) else None
        # Tennis convention: the loser's points of the tie-break imply the winner's.
        parts.append(f"{home}{DASH}{away}" + (f" ({min(tie_break)})" if tie_break else ""))
    return ", ".join(parts)


def _innings_text(innings: Mapping[str, Any]) -> str:
    return ", ".join(_side_text(one) for side in ("home", "away") if (one := innings.get(side)))


def _side_text(one: Mapping[str, Any]) -> str:
    runs, overs = one.get("runs"), one.get("overs")
    if one.get("all_out") or one.get("wickets") == 10:
        return pgettext("cricket", "%(runs)s all out (%(overs)s overs)", runs=runs, overs=overs)
    score = f"{runs}/{one['wickets']}" if one.get("wickets") is not None else runs
    return pgettext("cricket", "%(score)s (%(overs)s overs)", score=score, overs=overs)
