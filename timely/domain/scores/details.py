"""Details of a score: sets, periods, innings, tries, cards, ending. Checks those that need no other knowledge."""

from collections.abc import Mapping
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.number_text import thousands
from timely.domain.rules.rules import Rules
from timely.domain.scores.cricket import KEYS as INNINGS_KEYS
from timely.domain.sports import Sport
from timely.domain.translation import lazy_gettext
from timely.domain.validation import a_list, a_mapping, inside, is_within, shown, whole_number, yes_or_no

SIDES = ("home", "away")
BONUSES = ("try", "losing")
FLAGS = ("overtime", "shootout", "extra_time", "cancelled", "silver_goal")
KEYS = ("sets", "tie_breaks", "periods", "innings", "tries", "bonus", "cards", "score_90", *FLAGS)

MOST_CARDS = 99
MOST_BYTES = 4096  # of all details of one game, as JSON; the real seasons have up to 140
MOST_NAMED = 8  # unknown keys that are reported
LONGEST_KEY = 40

# The keys that may stand inside each key; None: no further ones.
Shape = Mapping[str, "Shape | None"]


def known_cards(sport: Sport, rules: Rules) -> tuple[str, ...]:
    """The cards that the sport has, and those that the rules weigh."""
    return tuple(dict.fromkeys((*sport.cards, *rules.fair_play_points)))


def known_extra(extra: object, sport: Sport, rules: Rules) -> tuple[dict[str, Any], list[str]]:
    """(*extra* without unknown keys, some of those keys as paths: "attendance", "cards.home.pink").

    Values of a wrong type stay as they are, for `check_extra` to refuse.
    """
    shape: Shape = dict.fromkeys(KEYS) | {
        "tries": dict.fromkeys(SIDES),
        "bonus": dict.fromkeys(SIDES, dict.fromkeys(BONUSES)),
        "cards": dict.fromkeys(SIDES, dict.fromkeys(known_cards(sport, rules))),
        "innings": dict.fromkeys(SIDES, dict.fromkeys(INNINGS_KEYS)) | {"quota": None},
    }
    unknown: list[str] = []
    return (_known(extra, shape, "", unknown) if isinstance(extra, Mapping) else {}), unknown


def _known(data: Mapping[str, Any], shape: Shape, path: str, unknown: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in data.items():
        if key in shape:
            inner = shape[key]
            is_deeper = inner is not None and isinstance(value, Mapping)
            found[key] = _known(value, inner or {}, inside(path, key), unknown) if is_deeper else value
        elif len(unknown) < MOST_NAMED:
            unknown.append(inside(path, str(key)[:LONGEST_KEY]))
    return found


def check_extra(extra: object, home_score: int, away_score: int, path: str, *, most: int = MOST_BYTES) -> None:
    """Raises ValidationError for too much, for a wrong type and for what contradicts the score, in any sport."""
    if extra is None:
        return
    given = a_mapping(extra, path)
    if not is_within(given, most):
        raise ValidationError(
            path,
            lazy_gettext("is too much: what is told of one game has at most %(most)s characters", most=thousands(most)),
        )
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
        if count > points:  # even in the youngest age groups a try is worth a point
            raise ValidationError(
                inside(path, side),
                lazy_gettext("%(count)s tries are more than the %(points)s points scored", count=count, points=points),
            )


def _check_score_90(data: object, score: tuple[int, int], path: str) -> None:
    goals = a_list(data, path)
    if len(goals) != 2:
        raise ValidationError(path, lazy_gettext("needs the goals of both sides after 90 minutes, such as [1, 1]"))
    for number, final in enumerate(score):
        after_90 = whole_number(goals[number], f"{path}[{number}]", 0, 999)
        if after_90 > final:
            raise ValidationError(
                f"{path}[{number}]",
                lazy_gettext(
                    "%(after_90)s after 90 minutes is more than %(final)s in the end", after_90=after_90, final=final
                ),
            )


def _check_counts(data: object, most: int, path: str, names: tuple[str, ...] | None) -> None:
    sides = a_mapping(data, path)
    for side in SIDES:
        if sides.get(side) is None:
            continue
        counts: Mapping[str, Any] = a_mapping(sides[side], inside(path, side))
        for name, count in counts.items():
            if not isinstance(name, str):
                raise ValidationError(inside(path, side), lazy_gettext("%(name)s is not a name", name=shown(name)))
            if names is None or name in names:
                whole_number(count, f"{inside(path, side)}.{name}", 0, most)
