"""Counts games into the lines of a table."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from timely.domain.rules.rules import Rules
from timely.domain.standings.innings import count_innings
from timely.domain.standings.outcome import Outcome, Team
from timely.domain.standings.standing import Standing

FORM_LENGTH = 5


def tally(teams: Sequence[Team], outcomes: Iterable[Outcome], rules: Rules) -> dict[Team, Standing]:
    """One line for each team, with these games counted; not ranked, without deductions."""
    table = {team: Standing(team) for team in teams}
    has_bonus, pays_overtime = rules.has_bonus, rules.pays_overtime
    for outcome in outcomes:
        home, away = table[outcome.home], table[outcome.away]
        extra = outcome.extra
        late = bool(extra and (extra.get("overtime") or extra.get("shootout")))
        if outcome.forfeit:
            _count_forfeit(home, away, outcome, rules)
            continue
        won_late = outcome.shootout if pays_overtime else ""
        _count(home, outcome.home_score, outcome.away_score, rules, late, won_late and _letter(won_late, "home"))
        _count(away, outcome.away_score, outcome.home_score, rules, late, won_late and _letter(won_late, "away"))
        away.away_goals_for += outcome.away_score
        if extra:
            _count_extra(home, "home", extra, rules)
            _count_extra(away, "away", extra, rules)
            if extra.get("innings") and not extra.get("cancelled"):
                count_innings(home, away, extra["innings"], rules)
        if has_bonus or (extra and extra.get("bonus")):
            _count_bonus(home, "home", outcome.home_score - outcome.away_score, extra, rules)
            _count_bonus(away, "away", outcome.away_score - outcome.home_score, extra, rules)
    return table


def _letter(winner: str, side: str) -> str:
    return "W" if winner == side else "L"


def _count(line: Standing, own: int, other: int, rules: Rules, late: bool, shootout: str) -> None:
    """Counts a game into one line. *shootout*: "W" or "L" if one decided a level score."""
    _count_goals(line, own, other, rules)
    late = late or bool(shootout)
    letter = shootout or ("D" if own == other else "W" if own > other else "L")
    if letter == "D":
        line.drawn += 1
        line.points += rules.draw
    elif letter == "W":
        if late and rules.overtime_win is not None:
            line.overtime_won += 1
            line.points += rules.overtime_win
        else:
            line.won += 1
            line.points += rules.by_sets.get(f"{own}-{other}", rules.win) if rules.by_sets else rules.win
    else:
        if late and rules.overtime_loss is not None:
            line.overtime_lost += 1
            line.points += rules.overtime_loss
        else:
            line.lost += 1
            line.points += rules.by_sets.get(f"{own}-{other}", rules.loss) if rules.by_sets else rules.loss
    line.form = (line.form + letter)[-FORM_LENGTH:]


def _count_goals(line: Standing, own: int, other: int, rules: Rules) -> None:
    line.played += 1
    line.goals_for += own
    line.goals_against += other
    if rules.scoring == "sets":
        line.sets_won += own
        line.sets_lost += other


def _count_forfeit(home: Standing, away: Standing, outcome: Outcome, rules: Rules) -> None:
    """Counts a walkover into both lines: its score was awarded; it earns no bonus and has no cards."""
    by_sets = rules.by_sets or {}
    extra = {"sets": (outcome.extra or {}).get("sets")}
    scores = ((outcome.home_score, outcome.away_score), (outcome.away_score, outcome.home_score))
    for side, line, (own, other) in zip(("home", "away"), (home, away), scores, strict=True):
        _count_goals(line, own, other, rules)
        _count_extra(line, side, extra, rules)
        if outcome.forfeit in (side, "both"):
            line.lost += 1
            line.points += by_sets.get(f"{own}-{other}", rules.loss) if rules.forfeit is None else rules.forfeit
        else:
            line.won += 1
            usual = by_sets.get(f"{own}-{other}", rules.win)
            line.points += usual if rules.walkover_win is None else rules.walkover_win
        line.form = (line.form + ("L" if outcome.forfeit in (side, "both") else "W"))[-FORM_LENGTH:]
    away.away_goals_for += outcome.away_score


def _count_extra(line: Standing, side: str, extra: Mapping[str, Any], rules: Rules) -> None:
    own, other = (0, 1) if side == "home" else (1, 0)
    sets = extra.get("sets") or ()
    for points in sets:
        line.points_won += points[own]
        line.points_lost += points[other]
        if rules.scoring != "sets":  # otherwise the score is the sets
            line.sets_won += points[own] > points[other]
            line.sets_lost += points[own] < points[other]
    tries = extra.get("tries")
    if tries:
        line.tries_for += tries.get(side) or 0
        line.tries_against += tries.get("away" if side == "home" else "home") or 0
    cards = extra.get("cards")
    if cards:
        for card, count in (cards.get(side) or {}).items():
            line.fair_play += rules.fair_play_points.get(card, 0) * count


def _count_bonus(line: Standing, side: str, margin: int, extra: Mapping[str, Any], rules: Rules) -> None:
    extra = extra or {}
    if extra.get("cancelled"):
        return  # a game that was not played earns no bonus
    given = extra.get("bonus")
    if given:
        own = given.get(side) or {}
        earned_try, earned_losing = own.get("try", 0), own.get("losing", 0)
    else:
        tries = (extra.get("tries") or {}).get(side) or 0
        earned_try = int(rules.try_threshold is not None and tries >= rules.try_threshold)
        earned_losing = int(rules.losing_margin is not None and -rules.losing_margin <= margin < 0)
    line.bonus_try += earned_try
    line.bonus_losing += earned_losing
    line.points += earned_try + earned_losing
