"""Reads the matches of an event file."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from timely.clock import local_moment
from timely.domain.faults import Fault
from timely.domain.lifecycles import FIXTURE_STATUSES, PLAYED, RESULT_STATUSES
from timely.domain.rules import Rules
from timely.domain.scores import check_score, unknown_extra_keys
from timely.domain.sports import Sport
from timely.event_file.fields import Fields, name_in
from timely.event_file.parts import MatchPart, ScorePart


class MatchReader:
    """Reads one match after the other of a file whose teams, groups and rules are known."""

    def __init__(
        self,
        names: set[str],
        groups: dict[str, list[str]],
        timezone: str,
        rules: Rules,
        sport: Sport,
        ignored: set[str],
    ):
        self.names, self.groups, self.timezone = names, groups, timezone
        self.rules, self.sport, self.ignored = rules, sport, ignored

    def read(self, data: Any, path: str) -> MatchPart:
        entry = Fields(data, path, self.ignored)
        stage = entry.text("stage", most=40)
        knockout = stage == "knockout"
        if stage not in ("", "knockout", "league", "groups"):
            raise Fault(entry.at("stage"), f"{stage!r} is unknown; use knockout, or leave it out for a table game")
        home, home_label = self._side(entry, "home", knockout)
        away, away_label = self._side(entry, "away", knockout)
        if home is not None and home == away:
            raise Fault(path, f"{home!r} cannot play against itself")
        start_on, start_at, venue_timezone = self._time(entry)
        score = self._score(entry, knockout)
        match = MatchPart(
            home=home,
            away=away,
            home_label=home_label,
            away_label=away_label,
            knockout=knockout,
            group=None if knockout else self._group(entry, home, away),
            round=entry.text("round", most=60),
            venue=entry.text("venue", most=120),
            venue_timezone=venue_timezone,
            pitch=entry.text("pitch", most=60) or None,
            start_on=start_on,
            start_at=start_at,
            status=self._status(entry, score),
            score=score,
        )
        if score and (home is None or away is None):
            raise Fault(path, "has a score, but not two teams")
        if knockout:
            entry.get("group", str)
        entry.note_unknown()
        return match

    def _side(self, entry: Fields, side: str, knockout: bool) -> tuple[str | None, str]:
        label = entry.text(f"{side}_label", most=80)
        name = entry.get(side, str)
        if name is not None:
            return name_in(name, self.names, entry.at(side), "team"), ""
        if not knockout or not label:
            raise Fault(
                entry.at(side),
                f"is missing (a knockout match may have a {side}_label such as 'Winner of QF 2')",
            )
        return None, label

    def _group(self, entry: Fields, home: str | None, away: str | None) -> str | None:
        named = entry.text("group", most=40)
        if named and named not in self.groups:
            raise Fault(entry.at("group"), f"there is no group {named!r}")
        if not self.groups:
            return None
        both = [name for name, members in self.groups.items() if home in members and away in members]
        if named and named not in both:
            raise Fault(entry.at("group"), f"{home!r} and {away!r} are not both in group {named!r}")
        if not named and len(both) != 1:
            raise Fault(entry.path, f"does not say in which group {home!r} and {away!r} meet")
        return named or both[0]

    def _time(self, entry: Fields) -> tuple[date | None, datetime | None, str]:
        venue_timezone = entry.timezone("venue_tz", "")
        zone = ZoneInfo(venue_timezone or self.timezone)
        day, clock, kickoff = entry.day("date"), entry.get("time_local", str), entry.moment("kickoff_utc")
        try:
            if kickoff:
                return kickoff.astimezone(zone).date(), kickoff, venue_timezone
            if clock is None:
                return day, None, venue_timezone
            if day is None:
                raise Fault(entry.at("time_local"), "needs a date")
            return day, local_moment(day, time.fromisoformat(clock), zone), venue_timezone
        except Fault as fault:
            raise Fault(fault.path or entry.at("time_local"), fault.message) from None
        except (ValueError, OverflowError):
            raise Fault(entry.at("time_local"), f"{str(clock)[:40]!r} is not a time; write it like 14:30") from None

    def _score(self, entry: Fields, knockout: bool) -> ScorePart | None:
        home, away = entry.whole("home_score"), entry.whole("away_score")
        home_pens, away_pens = entry.whole("home_pens"), entry.whole("away_pens")
        extra = entry.mapping("extra")
        status = entry.choice("result_status", RESULT_STATUSES, "FINAL")
        running = entry.flag("running")
        if (home is None) != (away is None):
            raise Fault(entry.at("away_score" if away is None else "home_score"), "is missing beside the other score")
        if home is None or away is None:
            if home_pens is not None or away_pens is not None:
                raise Fault(entry.at("home_pens"), "penalties without a score")
            self._note_extra(extra)
            return None
        unknown = self._note_extra(extra)
        known = {key: value for key, value in extra.items() if key not in unknown}
        check_score(
            home,
            away,
            known,
            self.rules,
            self.sport,
            knockout=knockout,
            home_pens=home_pens,
            away_pens=away_pens,
            path=entry.path,
            running=running,
        )
        return ScorePart(home, away, home_pens, away_pens, known, status, running)

    def _note_extra(self, extra: dict[str, Any]) -> list[str]:
        unknown = unknown_extra_keys(extra)
        self.ignored.update(f"matches[].extra.{key}" for key in unknown)
        return unknown

    def _status(self, entry: Fields, score: ScorePart | None) -> str:
        status = entry.choice("status", FIXTURE_STATUSES, "")
        if score is None:
            if status in ("FINISHED", "WALKOVER"):
                raise Fault(entry.at("status"), f"{status} needs a score")
            return status or "SCHEDULED"
        status = status or ("LIVE" if score.running else "FINISHED")
        if status not in PLAYED:
            raise Fault(entry.at("status"), f"{status} has no score; leave the scores out")
        if score.running != (status == "LIVE"):
            raise Fault(entry.at("running"), "a running score and the status LIVE go together")
        return status
