"""Checks games of quarters, thirds or halves: the scores of the periods must add up to the score."""

from collections.abc import Mapping, Sequence
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.rules.rules import Rules
from timely.domain.sports import Sport
from timely.domain.translation import LazyText, gettext_noop, lazy_gettext, lazy_ngettext
from timely.domain.validation import a_list, whole_number

MOST_PERIODS = 24  # the longest games known had about eight overtimes
MOST_POINTS = 9999  # together they make the score, which has its own limit

# By `Periods.overtime`.
AFTER = {
    "Overtime": gettext_noop("it stood %(home)s-%(away)s %(after_periods)s, so there was no more overtime"),
    "Extra time": gettext_noop("it stood %(home)s-%(away)s %(after_periods)s, so there was no more extra time"),
}
BEFORE_THE_LAST = {
    "Overtime": gettext_noop("it stood %(home)s-%(away)s before the last overtime, so there was no more overtime"),
    "Extra time": gettext_noop(
        "it stood %(home)s-%(away)s before the last extra time, so there was no more extra time"
    ),
}


def usual_periods(sport: Sport, rules: Rules) -> int | None:
    """The number of periods without overtime; None in a sport that has none."""
    own = rules.sets.periods if rules.sets else None
    return own or (sport.periods.count if sport.periods else None)


def read_periods(data: object, score: tuple[int, int], path: str) -> list[tuple[int, int]]:
    """The scores of both sides in each period, which add up to the score. Raises ValidationError."""
    periods = a_list(data, path)
    if len(periods) > MOST_PERIODS:
        raise ValidationError(
            path,
            lazy_gettext(
                "has %(count)s periods; no game has more than %(most)s", count=len(periods), most=MOST_PERIODS
            ),
        )
    found = []
    for number, points in enumerate(periods):
        where = f"{path}[{number}]"
        if len(a_list(points, where)) != 2:
            raise ValidationError(where, lazy_gettext("needs what both sides scored, such as [21, 18]"))
        home, away = (whole_number(side, where, 0, MOST_POINTS) for side in points)
        found.append((home, away))
    if found and score_of_periods(found) != score:
        home, away = score_of_periods(found)
        told = f"{score[0]}-{score[1]}"
        raise ValidationError(
            path,
            lazy_gettext(
                "these make %(home)s-%(away)s, but the score is %(told)s; correct the one or the other",
                home=home,
                away=away,
                told=told,
            ),
        )
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
    name = sport.periods.name
    is_extra_time = sport.periods.overtime == "Extra time"
    ended = len(periods) if sport.periods.one_by_one else count + 1
    for number in range(count, ended):
        home, away = score_of_periods(periods[:number])
        if home != away:
            message = (AFTER if number == count else BEFORE_THE_LAST)["Extra time" if is_extra_time else "Overtime"]
            after = _after(count, name)
            raise ValidationError(f"{path}[{number}]", lazy_gettext(message, home=home, away=away, after_periods=after))
    if sport.sudden_death and not (flags.get("overtime") or flags.get("shootout")):
        raise ValidationError(f"{path}[{count}]", _not_said(count, name))


def _after(count: int, name: str) -> LazyText:
    if name == "Quarter":
        return lazy_ngettext("after %(num)s quarter", "after %(num)s quarters", count)
    if name == "Half":
        return lazy_ngettext("after %(num)s half", "after %(num)s halves", count)
    return lazy_ngettext("after %(num)s period", "after %(num)s periods", count)


def _not_said(count: int, name: str) -> LazyText:
    if name == "Quarter":
        return lazy_ngettext(
            "a game of more than %(num)s quarter ended in overtime or a shoot-out; say so",
            "a game of more than %(num)s quarters ended in overtime or a shoot-out; say so",
            count,
        )
    if name == "Half":
        return lazy_ngettext(
            "a game of more than %(num)s half ended in overtime or a shoot-out; say so",
            "a game of more than %(num)s halves ended in overtime or a shoot-out; say so",
            count,
        )
    return lazy_ngettext(
        "a game of more than %(num)s period ended in overtime or a shoot-out; say so",
        "a game of more than %(num)s periods ended in overtime or a shoot-out; say so",
        count,
    )


def score_of_periods(periods: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sum of the periods."""
    return sum(home for home, _ in periods), sum(away for _, away in periods)
