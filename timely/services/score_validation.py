"""Checks whether a score is possible, and reports errors in the words of the form."""

import re
from dataclasses import dataclass
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.knockout.tie import DECISIONS, TieGame, is_turned_leg, tie_winner
from timely.domain.scores.score import check_score, known_extra
from timely.domain.statuses import DECIDED, DECIDED_BY
from timely.domain.translation import gettext, lazy_gettext
from timely.models import Fixture
from timely.queries.knockouts import tie_game
from timely.services.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Score:
    """A typed score.

    `extra`, the penalties and `decided` are None where they were not given: what is stored stays. `decided` is the side
    for which a lot or a ruling (`decided_by`) settled a knockout game, "" for none.
    """

    home_score: int
    away_score: int
    home_pens: int | None = None
    away_pens: int | None = None
    extra: dict[str, Any] | None = None
    decided: str | None = None
    decided_by: str = "lot"


def checked(fixture: Fixture, score: Score, running: bool) -> Score:
    """The validated score, completed by what is stored. Raises RuleBroken with the field."""
    event, old = fixture.event, fixture.result
    extra = score.extra if score.extra is not None else dict(old.extra) if old else {}
    home_pens, away_pens = score.home_pens, score.away_pens
    is_level = score.home_score == score.away_score
    if home_pens is None and away_pens is None and score.extra is None and old and is_level:
        home_pens, away_pens = stored_pens(fixture)  # a score that is no longer level has none
    if old and old.running and not running and score.extra is None:
        extra.pop("sets", None)  # the sets of a running game do not hold for its end
    extra, unknown = known_extra(extra, event.sport_kind, event.order_rules)
    # Unknown details that an earlier version of Timely stored do not block a save.
    if unknown and score.extra is not None:
        raise RuleBroken(
            lazy_gettext("Timely does not know %(names)s.", names=", ".join(map(repr, unknown))), field="extra"
        )
    decided, decided_by = _decision(fixture, score, running)
    try:
        check_score(
            score.home_score,
            score.away_score,
            extra,
            event.order_rules,
            event.sport_kind,
            knockout=fixture.is_knockout,
            home_pens=home_pens,
            away_pens=away_pens,
            running=running,
            one_of_two=fixture.leg is not None or bool(decided),
        )
    except ValidationError as fault:
        raise RuleBroken(sentence(fault), field=fault.path or "home_score") from fault
    found = Score(score.home_score, score.away_score, home_pens, away_pens, extra, decided, decided_by)
    if not running:
        _require_winner_of_two_legs(fixture, found)
    return found


def stored_pens(fixture: Fixture) -> tuple[int | None, int | None]:
    """The stored penalties; those of a table game only if the rules award points for them."""
    result = fixture.result
    if result is None or not (fixture.is_knockout or fixture.event.order_rules.pays_overtime):
        return None, None
    return result.home_pens, result.away_pens


def _decision(fixture: Fixture, score: Score, running: bool) -> tuple[str, str]:
    """(side, how) of a lot or a ruling; two empty strings for none."""
    old = fixture.result
    if running:
        return "", ""
    if score.decided is None:
        is_same = old and (old.home_score, old.away_score) == (score.home_score, score.away_score)
        return (old.decided, old.decided_by) if old and is_same else ("", "")
    if not score.decided:
        return "", ""
    if score.decided not in DECIDED or score.decided_by not in DECIDED_BY:
        raise RuleBroken(
            lazy_gettext("Say for which side it was decided, and whether by a lot or a ruling."), field="decided"
        )
    if not fixture.is_knockout:
        raise RuleBroken(
            lazy_gettext("Only a knockout game has to have a winner; a table game may end level."), field="decided"
        )
    if score.decided == "none" and score.decided_by == "lot":
        raise RuleBroken(lazy_gettext("A lot has a winner; that neither goes on is a ruling."), field="decided")
    if score.decided_by == "lot":
        if score.home_pens is not None:
            raise RuleBroken(lazy_gettext("After penalties there is nothing left to draw lots for."), field="decided")
        if fixture.leg is None and score.home_score != score.away_score:
            raise RuleBroken(
                lazy_gettext("The score has a winner already; lots are drawn when it is level."), field="decided"
            )
    return score.decided, score.decided_by


def _require_winner_of_two_legs(fixture: Fixture, score: Score) -> None:
    """Raises RuleBroken if the last leg leaves the tie level: that takes penalties or a lot."""
    if not fixture.is_knockout or fixture.leg is None:
        return
    legs = [one for one in fixture.event.fixtures if one.stage_id == fixture.stage_id and one.code == fixture.code]
    legs.sort(key=lambda one: one.leg or 1)
    if len(legs) < 2 or legs[-1].id != fixture.id:
        return
    games = [tie_game(one, fixture.event.counted_statuses) for one in legs[:-1]]
    decided = DECISIONS.get(score.decided, "")
    own = TieGame(score.home_score, score.away_score, score.home_pens, score.away_pens, decided)
    away_goals = bool(fixture.stage.options.get("away_goals"))
    turned = [is_turned_leg(one.leg) for one in legs]
    if all(games) and tie_winner([*games, own], away_goals=away_goals, turned=turned) is None:
        if len(legs) > 2:
            raise RuleBroken(lazy_gettext("Level again: type the penalties, or say who won by lot."), field="home_pens")
        first = games[0]
        home = score.home_score + (first.away_score if first else 0)
        away = score.away_score + (first.home_score if first else 0)
        raise RuleBroken(
            lazy_gettext(
                "Level over both games, %(home)s–%(away)s: type the penalties, or say who won by lot.",
                home=home,
                away=away,
            ),
            field="home_pens",
        )


SUBJECTS = {
    "home_score": lazy_gettext("The score"),
    "away_score": lazy_gettext("The score"),
    "home_pens": lazy_gettext("Penalties"),
    "away_pens": lazy_gettext("Penalties"),
    "extra.sets": lazy_gettext("The sets"),
    "extra.tie_breaks": lazy_gettext("The tie-breaks"),
    "extra.periods": lazy_gettext("The periods"),
    "extra.innings": lazy_gettext("The innings"),
    "extra.cards": lazy_gettext("The cards"),
    "extra.tries": lazy_gettext("The tries"),
}


def sentence(fault: ValidationError) -> str:
    """A ValidationError of the domain as a sentence beside a field."""
    # The reader does not know paths like `extra.cards.home.red` or `extra.sets[2]`.
    what = ".".join(re.split(r"[.\[]", fault.path)[:2])
    subject = SUBJECTS.get(what) or (gettext("The details") if what.startswith("extra") else fault.path)
    if not subject:
        return fault.sentence
    return gettext("%(subject)s: %(fault)s.", subject=subject, fault=fault.message)
