"""Reads the matches of an event file."""

from collections import Counter
from datetime import UTC, date, datetime, time
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


def pair_of(data: Any) -> frozenset[str]:
    """The two names of a match as the file has it, whoever is at home; the empty set where it has no two."""
    names = [data.get("home"), data.get("away")] if isinstance(data, dict) else []
    return frozenset(name.strip() for name in names if isinstance(name, str))


def knockout_meetings(matches: list[Any]) -> Counter[frozenset[str]]:
    """How often each pair meets in the knockout: two legs, or a replay, may end level."""
    return Counter(pair_of(data) for data in matches if isinstance(data, dict) and data.get("stage") == "knockout")


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
        slots: list[dict[str, Any]],
        legs: Counter[frozenset[str]],
    ):
        self.legs = legs
        self.slots: dict[str, list[Any]] = {}
        for slot in slots:
            self.slots.setdefault(slot["round"], []).append(slot["teams"])
        self.names, self.groups, self.timezone = names, groups, timezone
        self.rules, self.sport, self.ignored = rules, sport, ignored

    def read(self, data: Any, path: str) -> MatchPart:
        entry = Fields(data, path, self.ignored)
        knockout = entry.text("stage", most=40).casefold() == "knockout"  # every other word counts in a table
        places = self._places(entry) if knockout else ("", "")
        home, home_label = self._side(entry, "home", knockout, places[0])
        away, away_label = self._side(entry, "away", knockout, places[1])
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

    def _places(self, entry: Fields) -> tuple[str, str]:
        """Who comes, by the slots of the match's round: ("A1", "B2"); empty where they do not say."""
        waiting = self.slots.get(entry.text("round", most=60), [])
        places = waiting.pop(0) if waiting else []
        home, away = [f"{group}{position}" for group, position in places[:2]] + [""] * (2 - len(places[:2]))
        return home, away

    def _side(self, entry: Fields, side: str, knockout: bool, place: str) -> tuple[str | None, str]:
        label = entry.text(f"{side}_label", most=80) or place
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
        day, clock, kickoff = entry.day("date"), entry.get("time_local", str), entry.moment("kickoff_utc", zone=UTC)
        try:
            if kickoff:
                return kickoff.astimezone(zone).date(), kickoff, venue_timezone
            if clock is None:
                return day, None, venue_timezone
            if day is None:
                raise Fault(entry.at("time_local"), "needs a date")
            return day, local_moment(day, self._clock(entry, clock), zone), venue_timezone
        except Fault as fault:
            raise Fault(fault.path or entry.at("time_local"), fault.message) from None
        except (ValueError, OverflowError):
            raise Fault(entry.at("time_local"), f"{str(clock)[:40]!r} is not a time; write it like 14:30") from None

    def _clock(self, entry: Fields, text: str) -> time:
        """The time of day; 9:30 will do. Raises ValueError."""
        clock = time.fromisoformat(f"0{text}" if text[1:2] == ":" else text)
        if clock.tzinfo is not None:
            raise Fault(
                entry.at("time_local"),
                f"{text[:40]!r} has an offset; write what the clocks of the place show, such as 15:00, or kickoff_utc",
            )
        return clock

    def _score(self, entry: Fields, knockout: bool) -> ScorePart | None:
        home, away = entry.whole("home_score"), entry.whole("away_score")
        home_pens, away_pens = entry.whole("home_pens"), entry.whole("away_pens")
        extra = entry.mapping("extra")
        status = entry.choice("result_status", RESULT_STATUSES, "FINAL")
        running = entry.get("running", bool)
        if (home is None) != (away is None):
            raise Fault(entry.at("away_score" if away is None else "home_score"), "is missing beside the other score")
        if home is None or away is None:
            if running:
                raise Fault(entry.at("running"), "needs the score; 0 and 0 before the first goal")
            if home_pens is not None or away_pens is not None:
                raise Fault(entry.at("home_pens"), "penalties without a score")
            self._note_extra(extra)
            return None
        if running is None:  # a game that is on, and has a score, has a running one
            running = entry.choice("status", FIXTURE_STATUSES, "") == "LIVE"
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
            one_of_two=knockout and self.legs[pair_of(entry.data)] > 1,
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
