"""Checks games of quarters, thirds or halves: the scores of the periods must add up to the score."""

from collections.abc import Mapping, Sequence
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.rules.rules import Rules
from timely.domain.sports import Sport
from timely.domain.validation import a_list, whole_number

MOST_PERIODS = 24  # the longest games known had about eight overtimes
MOST_POINTS = 9999  # together they make the score, which has its own limit


def usual_periods(sport: Sport, rules: Rules) -> int | None:
    """The number of periods without overtime; None in a sport that has none."""
    own = rules.sets.periods if rules.sets else None
    return own or (sport.periods.count if sport.periods else None)


def read_periods(data: object, score: tuple[int, int], path: str) -> list[tuple[int, int]]:
    """The scores of both sides in each period, which add up to the score. Raises ValidationError."""
    periods = a_list(data, path)
    if len(periods) > MOST_PERIODS:
        raise ValidationError(path, f"has {len(periods)} periods; no game has more than {MOST_PERIODS}")
    found = []
    for number, points in enumerate(periods):
        where = f"{path}[{number}]"
        if len(a_list(points, where)) != 2:
            raise ValidationError(where, "needs what both sides scored, such as [21, 18]")
        home, away = (whole_number(side, where, 0, MOST_POINTS) for side in points)
        found.append((home, away))
    if found and score_of_periods(found) != score:
        home, away = score_of_periods(found)
        told = f"{score[0]}-{score[1]}"
        raise ValidationError(path, f"these make {home}-{away}, but the score is {told}; correct the one or the other")
    return found


def check_periods(
    periods: Sequence[tuple[int, int]],
    sport: Sport,
    rules: Rules,
    flags: Mapping[str, Any],
    path: str,
) -> None:
    """Raises ValidationError for overtime after a decided game, and for two goals where the first ends the game."""
    count = usual_periods(sport, rules)
    if count is None or sport.periods is None or len(periods) <= count:
        return
    word, late = sport.periods.name.lower(), sport.periods.overtime.lower()
    ended = len(periods) if sport.periods.one_by_one else count + 1
    for number in range(count, ended):
        home, away = score_of_periods(periods[:number])
        if home != away:
            after = f"after {count} {_plural(word)}" if number == count else f"before the last {late}"
            raise ValidationError(f"{path}[{number}]", f"it stood {home}-{away} {after}, so there was no more {late}")
    if sport.sudden_death and not (flags.get("overtime") or flags.get("shootout")):
        message = f"a game of more than {count} {_plural(word)} ended in overtime or a shoot-out; say so"
        raise ValidationError(f"{path}[{count}]", message)


def _plural(word: str) -> str:
    return "halves" if word == "half" else f"{word}s"


def score_of_periods(periods: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sum of the periods."""
    return sum(home for home, _ in periods), sum(away for _, away in periods)
