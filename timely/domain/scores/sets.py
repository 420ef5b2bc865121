"""Checks games of sets: whether the points of the sets are possible, and what score they make."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from timely.domain.errors import ValidationError
from timely.domain.list_text import either
from timely.domain.rules.rules import Rules
from timely.domain.rules.set_rules import MOST_POINTS, SetRules
from timely.domain.scores.race import Race, races
from timely.domain.scores.set_texts import CANNOT_BE_HERE, NO_END, NOT_BEST_OF, OVER_BEFORE, SO_MANY_PLAYED
from timely.domain.sports import Sport
from timely.domain.translation import lazy_gettext
from timely.domain.validation import a_list, inside, whole_number

MOST_SETS = 15  # more than the best of fifteen is played nowhere

Sets = Sequence[Sequence[int]]


def set_rules(sport: Sport, rules: Rules) -> SetRules:
    """The rules of sets in this event: its own, else the sport's."""
    own, usual = rules.sets or SetRules(), sport.sets or SetRules()
    # Rules that give the points of a set replace the sport's entirely.
    found = own if own.to is not None else replace(usual, best_of=own.best_of, periods=own.periods)
    if found.best_of is None and rules.by_sets and not are_all_played(rules):
        found = replace(found, best_of=2 * max(max(_pair(key)) for key in rules.by_sets) - 1)
    return found


def are_all_played(rules: Rules) -> bool:
    """Whether the rules list scores such as 3-0 and 2-1: then three sets are played, even after one side has won."""
    ends = {tuple(sorted(_pair(key))) for key in rules.by_sets or ()}
    return len(ends) > 1 and len({sum(end) for end in ends}) == 1


def _pair(key: str) -> tuple[int, int]:
    own, other = key.split("-")
    return int(own), int(other)


def given_sets(score: tuple[int, int], sport: Sport, rules: Rules) -> list[tuple[int, int]]:
    """The sets of a walkover: each with the points that win it, and none for the absent side (25-0)."""
    how = set_rules(sport, rules)
    if rules.scoring != "sets" or how.to is None:
        return []
    points = [(how.last_to or how.to) if how.best_of == 1 else how.to] * max(score)
    return [(one, 0) if score[0] > score[1] else (0, one) for one in points]


def score_of_sets(sets: Sets, how: SetRules, *, running: bool = False) -> tuple[int, int]:
    """The sets won by both sides; a last set that is not over counts only once the game is."""
    won = [0, 0]
    for number, (home, away) in enumerate(sets, start=1):
        is_open = running and number == len(sets) and not _can_end(home, away, _kinds(how, tuple(won)))
        if home != away and not is_open:
            won[0 if home > away else 1] += 1
    return won[0], won[1]


def read_sets(data: object, score: tuple[int, int], path: str, running: bool) -> list[tuple[int, int]]:
    """The points of the sets, which make this score. Raises ValidationError. *running*: the last may be under way."""
    sets = a_list(data, path)
    if len(sets) > MOST_SETS:
        raise ValidationError(
            path, lazy_gettext("has %(count)s sets; no game has more than %(most)s", count=len(sets), most=MOST_SETS)
        )
    won, found = [0, 0], []
    for number, points in enumerate(sets):
        where = f"{path}[{number}]"
        if len(a_list(points, where)) != 2:
            raise ValidationError(where, lazy_gettext("needs the points of both sides, such as [25, 19]"))
        home, away = (whole_number(side, where, 0, MOST_POINTS) for side in points)
        found.append((home, away))
        if running and number == len(sets) - 1 and sum(won) == sum(score):
            continue
        if home == away:
            raise ValidationError(
                where, lazy_gettext("%(home)s-%(away)s has no winner, and a set always has one", home=home, away=away)
            )
        won[0 if home > away else 1] += 1
    if sets and tuple(won) != score:
        told, counted = f"{score[0]}-{score[1]}", f"{won[0]}-{won[1]}"
        raise ValidationError(
            path,
            lazy_gettext(
                "these sets make %(counted)s, but the score is %(told)s; correct the one or the other",
                counted=counted,
                told=told,
            ),
        )
    return found


def check_sets(sets: Sets, score: tuple[int, int], sport: Sport, rules: Rules, path: str, *, running: bool) -> None:
    """Raises ValidationError for a set that cannot have ended so, and for one after the game was decided."""
    how = set_rules(sport, rules)
    all_are_played = are_all_played(rules)
    to_win = max(score) if not running else how.best_of // 2 + 1 if how.best_of else None
    won = [0, 0]
    for number, (home, away) in enumerate(sets):
        where = f"{path}[{number}]"
        if to_win and max(won) >= to_win and not all_are_played:
            raise ValidationError(where, lazy_gettext(OVER_BEFORE[sport.set_name], home=won[0], away=won[1]))
        known = None if running and not how.best_of else to_win
        kinds = _kinds(how, tuple(won), known, last=all_are_played and number == len(sets) - 1)
        under_way = running and sum(won) == sum(score)
        possible = any(r.can_stand(home, away) for r in kinds) if under_way else _can_end(home, away, kinds)
        if kinds and not possible:
            raise ValidationError(
                where,
                lazy_gettext(
                    CANNOT_BE_HERE[sport.set_name], home=home, away=away, race=either([r.text for r in kinds])
                ),
            )
        if not under_way:
            won[0 if home > away else 1] += 1


def _kinds(how: SetRules, won: tuple[int, ...], to_win: int | None = None, *, last: bool = False) -> tuple[Race, ...]:
    """The ways to play the next set: the usual one, the deciding set's, or either if that is not known."""
    usual, deciding = races(how, deciding=False), races(how, deciding=True)
    if to_win is None and how.best_of:
        to_win = how.best_of // 2 + 1
    if won[0] != won[1] or not won[0]:
        return tuple(dict.fromkeys((*usual, *deciding))) if last else usual
    if to_win is None or last:
        return tuple(dict.fromkeys((*usual, *deciding)))
    return deciding if won[0] == to_win - 1 else usual


def _can_end(home: int, away: int, kinds: Iterable[Race]) -> bool:
    kinds = tuple(kinds)
    return not kinds or any(race.can_end(home, away) for race in kinds)


def check_number_of_sets(home: int, away: int, sport: Sport, rules: Rules, path: str, *, running: bool = False) -> None:
    """Raises ValidationError for a score that no game of so many sets ends with, or reaches while it is *running*."""
    where = inside(path, "home_score")
    if are_all_played(rules):
        count = max(sum(_pair(key)) for key in rules.by_sets or ("0-0",))
        if running and home + away > count:
            raise ValidationError(
                where, lazy_gettext(SO_MANY_PLAYED[sport.set_name], home=home, away=away, count=count)
            )
        return
    best_of = set_rules(sport, rules).best_of
    best_ofs = (best_of,) if best_of else sport.best_ofs
    if not best_ofs:
        return
    if running:
        most = max(best_ofs)
        if max(home, away) > most // 2 + 1 or home + away > most:
            raise ValidationError(
                where, lazy_gettext(NOT_BEST_OF[sport.set_name], home=home, away=away, most=most, to_win=most // 2 + 1)
            )
        return
    if max(home, away) not in {number // 2 + 1 for number in best_ofs} or min(home, away) >= max(home, away):
        counts = either([str(number // 2 + 1) for number in best_ofs])
        raise ValidationError(where, lazy_gettext(NO_END[sport.set_name], home=home, away=away, counts=counts))


def read_tie_breaks(data: object, sets: Sets, path: str) -> list[tuple[int, int] | None]:
    """The points of the tie-breaks, one entry for each set, None for a set without one. Raises ValidationError."""
    given = a_list(data, path)
    if len(given) > len(sets):
        raise ValidationError(
            path, lazy_gettext("has %(count)s entries for %(sets)s sets", count=len(given), sets=len(sets))
        )
    found: list[tuple[int, int] | None] = []
    for number, points in enumerate(given):
        where = f"{path}[{number}]"
        if points is None:
            found.append(None)
            continue
        if len(a_list(points, where)) != 2:
            raise ValidationError(where, lazy_gettext("needs the points of both sides, such as [7, 5]"))
        home, away = (whole_number(side, where, 0, MOST_POINTS) for side in points)
        found.append((home, away))
    return found


def check_tie_breaks(data: object, sets: Sets, sport: Sport, rules: Rules, path: str) -> None:
    """Raises ValidationError for a tie-break that cannot have ended so, or in a set that had none."""
    how = set_rules(sport, rules)
    for number, points in enumerate(read_tie_breaks(data, sets, path)):
        if points is None:
            continue
        where, games, (home, away) = f"{path}[{number}]", sets[number], points
        if how.tie_break is None or sorted(games) != [(how.cap or 0) - 1, how.cap]:
            raise ValidationError(
                where, lazy_gettext("there is no tie-break in a set of %(own)s-%(other)s", own=games[0], other=games[1])
            )
        race = Race(how.tie_break, 2)
        if not race.can_end(home, away) or (home > away) != (games[0] > games[1]):
            raise ValidationError(
                where,
                lazy_gettext(
                    "%(home)s-%(away)s is not a tie-break %(race)s that makes %(own)s-%(other)s",
                    home=home,
                    away=away,
                    race=race.text,
                    own=games[0],
                    other=games[1],
                ),
            )
