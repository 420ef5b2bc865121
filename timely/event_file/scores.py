"""Parses the score of a match in an event file, and the status that goes with it."""

from collections.abc import Mapping
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.rules.rules import Rules
from timely.domain.scores.score import check_score, known_extra
from timely.domain.sports import Sport
from timely.domain.statuses import DECIDED, DECIDED_BY, FIXTURE_STATUSES, PLAYED, RESULT_STATUSES
from timely.domain.translation import lazy_gettext
from timely.event_file.contents import ScorePart
from timely.event_file.fields import Fields

MOST_KEYS = 200  # of a match's `extra`, unknown ones included


def read_score(entry: Fields, rules: Rules, sport: Sport, *, knockout: bool, meets_again: bool) -> ScorePart | None:
    """The score, None if there is none. A knockout game whose pair *meets_again* may end level."""
    home, away = entry.whole("home_score"), entry.whole("away_score")
    home_pens, away_pens = entry.whole("home_pens"), entry.whole("away_pens")
    extra = entry.mapping("extra", MOST_KEYS)
    status = entry.choice("result_status", RESULT_STATUSES, "FINAL")
    running = entry.get("running", bool)
    if (home is None) != (away is None):
        raise ValidationError(
            entry.at("away_score" if away is None else "home_score"), lazy_gettext("is missing beside the other score")
        )
    if home is None or away is None:
        if running:
            raise ValidationError(entry.at("running"), lazy_gettext("needs the score; 0 and 0 before the first goal"))
        if home_pens is not None or away_pens is not None:
            raise ValidationError(entry.at("home_pens"), lazy_gettext("penalties without a score"))
        _known_extra(entry, extra, rules, sport)
        return None
    if running is None:  # a game that is live, and has a score, has a running one
        running = entry.choice("status", FIXTURE_STATUSES, "") == "LIVE"
    annulled, decided = entry.flag("annulled"), entry.choice("decided", ("", *DECIDED), "")
    usual = "ruling" if decided == "none" else "lot" if decided else ""
    decided_by = entry.choice("decided_by", ("", *DECIDED_BY), usual)
    if decided and not knockout:
        raise ValidationError(entry.at("decided"), lazy_gettext("only a knockout tie has to have a winner"))
    if decided == "none" and decided_by == "lot":
        raise ValidationError(
            entry.at("decided_by"), lazy_gettext("a lot has a winner; that neither goes on is a ruling")
        )
    known = _known_extra(entry, extra, rules, sport)
    check_score(
        home,
        away,
        known,
        rules,
        sport,
        knockout=knockout,
        home_pens=home_pens,
        away_pens=away_pens,
        path=entry.path,
        running=running,
        one_of_two=knockout and (meets_again or entry.data.get("leg") is not None or bool(decided)),
    )
    return ScorePart(home, away, home_pens, away_pens, known, status, running, annulled, decided, decided_by)


def _known_extra(entry: Fields, extra: Mapping[str, Any], rules: Rules, sport: Sport) -> dict[str, Any]:
    known, unknown = known_extra(extra, sport, rules)
    entry.ignored.update(f"matches[].extra.{key}" for key in unknown)
    return known


def read_status(entry: Fields, score: ScorePart | None) -> str:
    """The status of the fixture. Raises ValidationError if it does not go with the score."""
    status = entry.choice("status", FIXTURE_STATUSES, "")
    if score is None:
        if status in ("FINISHED", "WALKOVER"):
            raise ValidationError(entry.at("status"), lazy_gettext("%(status)s needs a score", status=status))
        return status or "SCHEDULED"
    status = status or ("LIVE" if score.running else "FINISHED")
    if status not in PLAYED:
        raise ValidationError(
            entry.at("status"), lazy_gettext("%(status)s has no score; leave the scores out", status=status)
        )
    if score.running != (status == "LIVE"):
        raise ValidationError(entry.at("running"), lazy_gettext("a running score and the status LIVE go together"))
    return status
