"""Checks the details of a game by the rules of its sport."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.rules.rules import Rules
from timely.domain.scores.cricket import check_innings, read_innings
from timely.domain.scores.periods import check_periods, read_periods
from timely.domain.scores.race import races
from timely.domain.scores.rugby import check_points
from timely.domain.scores.sets import (
    check_number_of_sets,
    check_sets,
    check_tie_breaks,
    read_sets,
    read_tie_breaks,
    set_rules,
)
from timely.domain.sports import Sport
from timely.domain.translation import lazy_gettext
from timely.domain.validation import inside

Score = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Play:
    """The sets and the periods of a game that make its score."""

    sets: list[Score]
    periods: list[Score]


def played(extra: Mapping[str, Any] | None, score: Score, path: str, *, running: bool) -> Play:
    """The sets and periods in *extra*. Raises ValidationError if they do not make the score, in any sport."""
    given = extra or {}
    sets, periods = given.get("sets"), given.get("periods")
    return Play(
        [] if sets is None else read_sets(sets, score, inside(path, "sets"), running),
        [] if periods is None else read_periods(periods, score, inside(path, "periods")),
    )


def read_rest(play: Play, extra: Mapping[str, Any], path: str) -> None:
    """Raises ValidationError for a wrong type in the other details of a game whose score was awarded."""
    if extra.get("tie_breaks") is not None:
        read_tie_breaks(extra["tie_breaks"], play.sets, inside(path, "tie_breaks"))
    if extra.get("innings") is not None:
        read_innings(extra["innings"], inside(path, "innings"))


def check_play(
    play: Play, score: Score, sport: Sport, rules: Rules, extra: Mapping[str, Any], path: str, *, running: bool
) -> None:
    """Raises ValidationError for details that are impossible in this sport. *path* is that of the score."""
    where = inside(path, "extra")
    if rules.scoring == "sets":
        check_number_of_sets(*score, sport, rules, path, running=running)
        check_sets(play.sets, score, sport, rules, inside(where, "sets"), running=running)
    elif sport.sets is not None and sport.form != "sets":
        _check_race(score, sport, rules, path)
    if extra.get("tie_breaks") is not None:
        check_tie_breaks(extra["tie_breaks"], play.sets, sport, rules, inside(where, "tie_breaks"))
    check_periods(play.periods, sport, rules, extra, inside(where, "periods"))
    _check_late_goal(score, sport, extra, where, running)
    if extra.get("innings") is not None:
        check_innings(extra["innings"], score, rules, inside(where, "innings"), running=running)
    if sport.tries:
        tries = extra.get("tries") or {}
        for side, points in zip(("home", "away"), score, strict=True):
            check_points(points, tries.get(side), inside(path, f"{side}_score"), f"{where}.tries.{side}")
    if sport.form == "legs":
        _check_legs(score, sport, rules, path, running)
    if sport.halves:
        _check_halves(score, sport, rules, path, running)


def _check_race(score: Score, sport: Sport, rules: Rules, path: str) -> None:
    """Checks a game to so many goals, which may also have ended earlier by time."""
    (race,) = races(set_rules(sport, rules), deciding=False)
    if not race.can_stand(*score):
        home, away = score
        raise ValidationError(
            inside(path, "home_score"),
            lazy_gettext("%(home)s-%(away)s cannot be: a game goes %(race)s", home=home, away=away, race=race.text),
        )


def _check_late_goal(score: Score, sport: Sport, extra: Mapping[str, Any], where: str, running: bool) -> None:
    if not sport.sudden_death or running:
        return
    for late in ("overtime", "shootout"):
        if extra.get(late) and abs(score[0] - score[1]) > 1:
            message = lazy_gettext(
                "one goal decides it there, so %(home)s-%(away)s cannot be right", home=score[0], away=score[1]
            )
            raise ValidationError(inside(where, late), message)


def _check_legs(score: Score, sport: Sport, rules: Rules, path: str, running: bool) -> None:
    best_of = set_rules(sport, rules).best_of
    if best_of is None:
        return
    home, away = score
    to_win, most = best_of // 2 + 1, max(home, away)
    is_draw = home == away and 2 * home == best_of
    is_possible = most <= to_win and home + away <= best_of and (running or most == to_win or is_draw)
    if not is_possible:
        words = lazy_gettext(
            "%(home)s-%(away)s cannot be the best of %(most)s legs: %(to_win)s win it",
            home=home,
            away=away,
            most=best_of,
            to_win=to_win,
        )
        raise ValidationError(inside(path, "home_score"), words)


def _check_halves(score: Score, sport: Sport, rules: Rules, path: str, running: bool) -> None:
    """Each board shares out two half points."""
    boards = set_rules(sport, rules).best_of or 1
    total = sum(score)
    if total > 2 * boards or (total != 2 * boards and not running):
        home, away = score
        message = lazy_gettext(
            "%(home)s-%(away)s is not one game: write half points, 2-0, 1-1 or 0-2", home=home, away=away
        )
        if boards > 1:
            message = lazy_gettext(
                "%(boards)s boards share out %(points)s half points, and %(home)s-%(away)s are %(total)s",
                boards=boards,
                points=2 * boards,
                home=home,
                away=away,
                total=total,
            )
        raise ValidationError(inside(path, "home_score"), message)
