"""Checks whether a score is possible, and says who has won."""

from collections.abc import Mapping
from typing import Any, Literal

from timely.domain.errors import ValidationError
from timely.domain.rules.rules import Rules
from timely.domain.scores.details import check_extra, known_extra
from timely.domain.scores.details_checks import check_play, played, read_rest
from timely.domain.scores.sets import set_rules
from timely.domain.sports import Sport
from timely.domain.translation import lazy_gettext
from timely.domain.validation import inside, whole_number

__all__ = ["are_draws_possible", "check_score", "known_extra", "score_form", "walkover_score", "winner"]

MOST_PENS = 999
MOST_SETS_TO_WIN = 5  # if the rules do not list the scores in sets


def are_draws_possible(sport: Sport, rules: Rules) -> bool:
    """Whether a table game may end level. A game of sets never does; a match of several such games may."""
    # Rules that award more for a draw than for a loss allow draws, whatever the sport's custom is.
    return rules.scoring != "sets" and (sport.draws or sport.score_unit == "sets" or rules.draw > rules.loss)


def score_form(sport: Sport, rules: Rules) -> str:
    """The kind of score that is typed in, one of sports.sport.FORMS: sets only if the rules count in sets."""
    return "goals" if sport.form == "sets" and rules.scoring != "sets" else sport.form


def walkover_score(sport: Sport, rules: Rules) -> tuple[int, int]:
    """The score of a walkover, the winner's first: the rules' own, else as many sets as win, else the sport's."""
    if rules.walkover is not None:
        return rules.walkover
    best_of = set_rules(sport, rules).best_of
    if best_of is None:
        return sport.walkover
    return (2 * best_of if sport.halves else best_of // 2 + 1), 0


def winner(
    home_score: int | None, away_score: int | None, home_pens: int | None = None, away_pens: int | None = None
) -> Literal["home", "away"] | None:
    """The side that has won; None for a draw and for a game without a score."""
    for home, away in ((home_score, away_score), (home_pens, away_pens)):
        if home is None or away is None:
            return None
        if home != away:
            return "home" if home > away else "away"
    return None


def check_score(
    home_score: object,
    away_score: object,
    extra: Mapping[str, Any] | None,
    rules: Rules,
    sport: Sport,
    *,
    knockout: bool = False,
    home_pens: object = None,
    away_pens: object = None,
    path: str = "",
    running: bool = False,
    one_of_two: bool = False,
) -> None:
    """Raises ValidationError, with the path inside *path*, if no game can have ended with this score.

    A *running* score may be level and may have a set under way; a score that was awarded need not be reachable in play.
    *one_of_two*: the knockout game may be one of two legs, so it may be level, and penalties may follow any score.
    Unknown keys of *extra* are ignored.
    """
    home = whole_number(home_score, inside(path, "home_score"), 0, sport.most)
    away = whole_number(away_score, inside(path, "away_score"), 0, sport.most)
    check_extra(extra, home, away, inside(path, "extra"))
    play = played(extra, (home, away), inside(path, "extra"), running=running)
    _check_pens(home_pens, away_pens, level=home == away or one_of_two, path=path, running=running)
    if home_pens is not None and not knockout and not rules.pays_overtime:
        raise ValidationError(
            inside(path, "home_pens"),
            lazy_gettext(
                "penalties decide nothing in a table whose rules pay nothing for them: there is no overtime_win and no "
                "overtime_loss; leave them out, or give the points that they earn to the rules"
            ),
        )
    flags = extra or {}
    if flags.get("cancelled"):
        read_rest(play, flags, inside(path, "extra"))
        return  # the score was awarded, not played
    if rules.scoring == "sets":
        _check_sets_score(home, away, rules, path, running)
    if extra or (max(home, away), min(home, away)) != walkover_score(sport, rules):
        check_play(play, (home, away), sport, rules, flags, path, running=running)
    if running or home != away:
        return
    for late in ("overtime", "shootout"):
        if flags.get(late) and home_pens is None:
            where = inside(path, f"extra.{late}")
            raise ValidationError(
                where,
                lazy_gettext(
                    "the score includes the deciding goal, so %(home)s-%(away)s cannot be right", home=home, away=away
                ),
            )
    if knockout and home_pens is None and not one_of_two:
        raise ValidationError(
            inside(path, "away_score"),
            lazy_gettext("%(home)s-%(away)s has no winner; give both sides' penalties too", home=home, away=away),
        )
    if not knockout and home_pens is not None:
        return
    if not knockout and not are_draws_possible(sport, rules):
        raise ValidationError(
            inside(path, "away_score"),
            lazy_gettext("%(home)s-%(away)s is a draw, and this sport has none", home=home, away=away),
        )


def _check_pens(home_pens: object, away_pens: object, *, level: bool, path: str, running: bool) -> None:
    if home_pens is None and away_pens is None:
        return
    home = whole_number(home_pens, inside(path, "home_pens"), 0, MOST_PENS)
    away = whole_number(away_pens, inside(path, "away_pens"), 0, MOST_PENS)
    if not level:
        raise ValidationError(
            inside(path, "home_pens"), lazy_gettext("penalties are only taken after a level score; remove them")
        )
    if home == away and not running:
        raise ValidationError(
            inside(path, "away_pens"),
            lazy_gettext("%(home)s-%(away)s on penalties has no winner", home=home, away=away),
        )


def _check_sets_score(home: int, away: int, rules: Rules, path: str, running: bool) -> None:
    where, score = inside(path, "home_score"), f"{home}-{away}"
    if rules.by_sets:
        ends = [(int(own), int(other)) for own, other in (key.split("-") for key in rules.by_sets)]
        ends += [(other, own) for own, other in ends]  # a listed 3-1 is also the other side's 1-3
    else:
        ends = []
    if running:
        most = max(max(end) for end in ends) if ends else MOST_SETS_TO_WIN
        if max(home, away) > most:
            raise ValidationError(
                where, lazy_gettext("%(score)s: nobody wins more than %(most)s sets here", score=score, most=most)
            )
        return
    if home == away:
        raise ValidationError(
            where, lazy_gettext("%(score)s has no winner, and a game of sets always has one", score=score)
        )
    if ends and (home, away) not in ends:
        listed = ", ".join(dict.fromkeys(f"{own}-{other}" for own, other in ends if own > other))
        raise ValidationError(
            where,
            lazy_gettext(
                "%(score)s is not a score in sets here; the rules have %(listed)s", score=score, listed=listed
            ),
        )
    if max(home, away) > MOST_SETS_TO_WIN and not ends:
        raise ValidationError(
            where,
            lazy_gettext("%(score)s: nobody needs more than %(most)s sets to win", score=score, most=MOST_SETS_TO_WIN),
        )
