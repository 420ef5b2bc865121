"""Checks innings of cricket: runs, wickets and overs have to be possible, and to agree with the score."""

from collections.abc import Mapping
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.rules.rules import MOST_OVERS, Rules
from timely.domain.scores.overs import balls, overs_text
from timely.domain.standings.innings import ALL_OUT
from timely.domain.translation import lazy_gettext
from timely.domain.validation import a_mapping, inside, shown, whole_number, yes_or_no

SIDES = ("home", "away")
KEYS = ("runs", "wickets", "overs", "all_out", "quota")
MOST_RUNS = 9999


def read_innings(data: object, path: str) -> None:
    """Raises ValidationError for a wrong type; the details of an awarded game need not agree with its score."""
    innings = a_mapping(data, path)
    if innings.get("quota") is not None:
        _overs(innings["quota"], inside(path, "quota"))
    for side in SIDES:
        if innings.get(side) is not None:
            _read_side(innings[side], inside(path, side))
            if innings[side].get("quota") is not None:
                _overs(innings[side]["quota"], f"{path}.{side}.quota")


def check_innings(data: object, score: tuple[int, int], rules: Rules, path: str, *, running: bool) -> None:
    """Raises ValidationError.

    A side's quota of overs is its own `quota`, else the one of both sides, else the rules'.
    """
    innings = a_mapping(data, path)
    faced: dict[str, int] = {}
    quotas: dict[str, int | None] = {}
    for side, runs in zip(SIDES, score, strict=True):
        if innings.get(side) is None:
            if not running:
                raise ValidationError(
                    inside(path, side), lazy_gettext("is missing: give the innings of both sides, or of none")
                )
            continue
        quotas[side] = _quota(innings, side, rules, path)
        faced[side] = _check_side(innings[side], runs, quotas[side], inside(path, side))
    if running:
        return
    for side, runs, other in zip(SIDES, score, reversed(score), strict=True):
        was_cut_off = _is_open(innings[side], faced[side], quotas[side])
        if was_cut_off and runs <= other:
            raise ValidationError(
                f"{path}.{side}.overs",
                lazy_gettext(
                    "who is neither all out nor has faced every over can only have won, and %(runs)s-%(other)s after "
                    "%(overs)s overs has not; if the innings was cut short, give its quota",
                    runs=runs,
                    other=other,
                    overs=overs_text(faced[side]),
                ),
            )


def _check_side(data: object, runs: int, quota: int | None, path: str) -> int:
    """The balls faced."""
    own, faced = _read_side(data, path)
    if own != runs:
        raise ValidationError(
            inside(path, "runs"),
            lazy_gettext(
                "%(own)s runs are not the score of %(runs)s; correct the one or the other", own=own, runs=runs
            ),
        )
    if quota is not None and faced > quota:
        message = lazy_gettext(
            "%(overs)s overs are more than the %(most)s of an innings here",
            overs=overs_text(faced),
            most=overs_text(quota),
        )
        raise ValidationError(inside(path, "overs"), message)
    return faced


def _read_side(data: object, path: str) -> tuple[int, int]:
    """(runs, balls faced)."""
    side = a_mapping(data, path)
    runs = whole_number(side.get("runs"), inside(path, "runs"), 0, MOST_RUNS)
    wickets = side.get("wickets")
    if wickets is not None:
        whole_number(wickets, inside(path, "wickets"), 0, ALL_OUT)
    all_out = side.get("all_out")
    if all_out is not None and not yes_or_no(all_out, inside(path, "all_out")) and wickets == ALL_OUT:
        raise ValidationError(
            inside(path, "all_out"),
            lazy_gettext("a side that has lost %(wickets)s wickets is all out", wickets=ALL_OUT),
        )
    faced = _overs(side.get("overs"), inside(path, "overs"))
    if (wickets or 0) > 0 and faced == 0:
        raise ValidationError(
            inside(path, "wickets"),
            lazy_gettext("%(wickets)s wickets cannot fall before the first ball", wickets=wickets),
        )
    return runs, faced


def _overs(value: object, path: str) -> int:
    count = balls(value)
    if count is None or count > MOST_OVERS * 6:
        raise ValidationError(
            path,
            lazy_gettext(
                'needs overs and balls such as "19.3", the balls from 0 to 5, not %(value)s', value=shown(value)
            ),
        )
    return count


def _quota(innings: Mapping[str, Any], side: str, rules: Rules, path: str) -> int | None:
    own = innings[side].get("quota") if isinstance(innings[side], Mapping) else None
    for value, where in ((own, f"{path}.{side}.quota"), (innings.get("quota"), f"{path}.quota")):
        if value is not None:
            return _overs(value, where)
    return rules.overs * 6 if rules.overs is not None else None


def _is_open(side: Mapping[str, Any], faced: int, quota: int | None) -> bool:
    """Whether the side could have batted on."""
    if side.get("all_out") or side.get("wickets") == ALL_OUT or quota is None:
        return False
    return faced < quota
