"""Parses the `points` of an event file's rules: what a game earns."""

import re
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.translation import lazy_gettext
from timely.domain.validation import a_mapping, inside, shown, whole_number

MOST_POINTS = 100  # for one game: more is a typing error

PLAIN = ("win", "draw", "loss", "overtime_win", "overtime_loss", "walkover_win", "forfeit")
KEYS = (*PLAIN, "by_sets", "bonus")
BONUS_KEYS = ("try_threshold", "losing_margin")


def read_points(data: object, path: str) -> dict[str, Any]:
    """The arguments of Rules that say what a game earns. Raises ValidationError."""
    points = a_mapping(data, path)
    found: dict[str, Any] = {}
    for name in PLAIN:
        if points.get(name) is not None:
            found[name] = whole_number(points[name], inside(path, name), -MOST_POINTS, MOST_POINTS)
    if points.get("by_sets") is not None:
        found["by_sets"] = _read_by_sets(points["by_sets"], inside(path, "by_sets"))
    elif "win" not in found:
        raise ValidationError(inside(path, "win"), lazy_gettext('is missing: say what a win earns, such as "win": 3'))
    if points.get("bonus") is not None:
        bonus = a_mapping(points["bonus"], inside(path, "bonus"))
        for name in BONUS_KEYS:
            if bonus.get(name) is not None:
                found[name] = whole_number(bonus[name], f"{inside(path, 'bonus')}.{name}", 1, 99)
    return found


def _read_by_sets(data: object, path: str) -> dict[str, int]:
    by_sets = a_mapping(data, path)
    if not by_sets:
        raise ValidationError(path, lazy_gettext('is empty: say what each score in sets earns, such as "3-2": 2'))
    for key in by_sets:
        sets = re.fullmatch(r"(\d{1,2})-(\d{1,2})", key, re.ASCII) if isinstance(key, str) else None
        if not sets:
            raise ValidationError(
                path,
                lazy_gettext('%(key)s is not a score in sets; write own sets first, such as "3-2"', key=shown(key)),
            )
        if int(sets[1]) == int(sets[2]):
            raise ValidationError(
                path, lazy_gettext('"%(key)s" has no winner, and a game of sets always has one; remove it', key=key)
            )
        if key != f"{int(sets[1])}-{int(sets[2])}":
            raise ValidationError(
                path,
                lazy_gettext(
                    'write "%(own)s-%(other)s" in place of "%(key)s"', own=int(sets[1]), other=int(sets[2]), key=key
                ),
            )
    return {key: whole_number(by_sets[key], inside(path, key), -MOST_POINTS, MOST_POINTS) for key in by_sets}
