"""What a game has beside its score: sets, periods, innings, tries, cards, how it ended. Checks what stands alone."""

from collections.abc import Mapping
from typing import Any

from timely.domain.batting import KEYS as INNINGS_KEYS
from timely.domain.checks import a_list, a_mapping, inside, shown, whole_number, yes_or_no
from timely.domain.faults import Fault

SIDES = ("home", "away")
BONUSES = ("try", "losing")
FLAGS = ("overtime", "shootout", "extra_time", "cancelled", "silver_goal")
KEYS = ("sets", "tie_breaks", "periods", "innings", "tries", "bonus", "cards", "score_90", *FLAGS)

MOST_CARDS = 99


def unknown_extra_keys(extra: object) -> list[str]:
    """The keys that mean nothing here, as they stand in *extra*: "attendance", "bonus.home.drop_goals"."""
    if not isinstance(extra, Mapping):
        return []
    unknown = [str(key) for key in extra if key not in KEYS]
    for name in ("tries", "bonus", "cards"):
        sides = extra.get(name)
        if isinstance(sides, Mapping):
            unknown += [f"{name}.{side}" for side in sides if side not in SIDES]
    unknown += _unknown_of_innings(extra.get("innings"))
    bonus = extra.get("bonus")
    if isinstance(bonus, Mapping):
        for side in SIDES:
            if isinstance(bonus.get(side), Mapping):
                unknown += [f"bonus.{side}.{name}" for name in bonus[side] if name not in BONUSES]
    return unknown


def _unknown_of_innings(innings: object) -> list[str]:
    if not isinstance(innings, Mapping):
        return []
    unknown = [f"innings.{key}" for key in innings if key not in (*SIDES, "quota")]
    for side in SIDES:
        if isinstance(innings.get(side), Mapping):
            unknown += [f"innings.{side}.{key}" for key in innings[side] if key not in INNINGS_KEYS]
    return unknown


def check_extra(extra: object, home_score: int, away_score: int, path: str) -> None:
    """Raises Fault for a wrong type and for what contradicts the score, whatever the sport."""
    if extra is None:
        return
    given = a_mapping(extra, path)
    for flag in FLAGS:
        if given.get(flag) is not None:
            yes_or_no(given[flag], inside(path, flag))
    score = (home_score, away_score)
    if given.get("tries") is not None:
        _check_tries(given["tries"], score, inside(path, "tries"))
    if given.get("score_90") is not None:
        _check_score_90(given["score_90"], score, inside(path, "score_90"))
    for name, most in (("bonus", 9), ("cards", MOST_CARDS)):
        if given.get(name) is not None:
            _check_counts(given[name], most, inside(path, name), BONUSES if name == "bonus" else None)


def _check_tries(data: object, score: tuple[int, int], path: str) -> None:
    tries = a_mapping(data, path)
    for side, points in zip(SIDES, score, strict=True):
        if tries.get(side) is None:
            continue
        count = whole_number(tries[side], inside(path, side), 0, 999)
        if count > points:  # even where the youngest play, a try is worth a point
            raise Fault(inside(path, side), f"{count} tries are more than the {points} points scored")


def _check_score_90(data: object, score: tuple[int, int], path: str) -> None:
    goals = a_list(data, path)
    if len(goals) != 2:
        raise Fault(path, "needs the goals of both sides after 90 minutes, such as [1, 1]")
    for number, final in enumerate(score):
        after_90 = whole_number(goals[number], f"{path}[{number}]", 0, 999)
        if after_90 > final:
            raise Fault(f"{path}[{number}]", f"{after_90} after 90 minutes is more than {final} in the end")


def _check_counts(data: object, most: int, path: str, names: tuple[str, ...] | None) -> None:
    sides = a_mapping(data, path)
    for side in SIDES:
        if sides.get(side) is None:
            continue
        counts: Mapping[str, Any] = a_mapping(sides[side], inside(path, side))
        for name, count in counts.items():
            if not isinstance(name, str):
                raise Fault(inside(path, side), f"{shown(name)} is not a name")
            if names is None or name in names:
                whole_number(count, f"{inside(path, side)}.{name}", 0, most)
