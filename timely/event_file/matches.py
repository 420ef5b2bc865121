"""Parses the matches of an event file."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from timely.clock import local_moment
from timely.domain.errors import ValidationError
from timely.domain.knockout.source import read_source
from timely.domain.knockout.tie import circle_in
from timely.domain.rules.rules import Rules
from timely.domain.scores.score import check_score, known_extra
from timely.domain.sports import Sport
from timely.domain.statuses import DECIDED, DECIDED_BY, FIXTURE_STATUSES, PLAYED, RESULT_STATUSES, RULINGS
from timely.event_file.divisions import read_division
from timely.event_file.fields import Fields
from timely.event_file.limits import MOST_KNOCKOUT
from timely.event_file.parts import MatchPart, ScorePart
from timely.event_file.roster import Roster

MOST_KEYS = 200  # of a match's `extra`, unknown ones included
MOST_LEGS = 20
MOST_TOLD = 6  # of the ties that wait for each other


def pair_of(data: Any) -> frozenset[str]:
    """The two names and the division of a match in the file, in whatever order; empty if it names no team."""
    names = [data.get("home"), data.get("away")] if isinstance(data, dict) else []
    pair = frozenset(name.strip() for name in names if isinstance(name, str))
    division = data.get("division") if pair else None
    return pair | {f"/{division.strip()}"} if isinstance(division, str) else pair


def knockout_meetings(matches: list[Any]) -> Counter[frozenset[str]]:
    """How often each pair meets in the knockout: a game of two legs, or before a replay, may end level."""
    return Counter(pair_of(data) for data in matches if isinstance(data, dict) and data.get("stage") == "knockout")


@dataclass(frozen=True, slots=True)
class Book:
    """The data of its event that a match is checked against."""

    roster: Roster
    groups: dict[str | None, dict[str, list[str]]]  # by division
    divisions: list[str]
    timezone: str
    rules: Rules
    sport: Sport
    pitches: dict[str, str] = field(default_factory=dict)  # name: its time zone, "" for the event's own


class MatchReader:
    """Parses the matches of a file one by one, once its teams, groups and rules are known."""

    def __init__(
        self,
        book: Book,
        ignored: set[str],
        slots: list[dict[str, Any]],
        legs: Counter[frozenset[str]],
        *,
        is_told: bool = False,
    ):
        self.legs, self.is_told = legs, is_told
        self._waiting: dict[str, list[dict[str, Any]]] = {}
        for slot in slots:
            self._waiting.setdefault(slot["round"], []).append(slot)
        self.book, self.ignored = book, ignored
        self.roster, self.rules, self.sport = book.roster, book.rules, book.sport
        self.timezone = book.timezone

    def slots_left(self) -> list[dict[str, Any]]:
        """The slots of games that the file does not have."""
        return [slot for slots in self._waiting.values() for slot in slots]

    def read(self, data: Any, path: str) -> MatchPart:
        entry = Fields(data, path, self.ignored)
        knockout = entry.text("stage", most=40).casefold() == "knockout"  # matches of any other stage count in a table
        places = self._places(entry) if knockout else (None, None)
        home_source, away_source = (
            self._source(entry, side, knockout) or place for side, place in zip(("home", "away"), places, strict=True)
        )
        named = read_division(entry, self.book.divisions)
        meant = named or self.roster.division_meant(entry.data.get("home"), entry.data.get("away"))
        home, home_label = self._side(entry, "home", knockout, home_source, meant)
        away, away_label = self._side(entry, "away", knockout, away_source, meant)
        if home is not None and home == away:
            raise ValidationError(path, f"{home!r} cannot play against itself")
        start_on, start_at, venue_timezone = self._time(entry)
        score = self._score(entry, knockout)
        division = self._division(entry, named, home, away)
        match = MatchPart(
            home=home,
            away=away,
            home_label=home_label,
            away_label=away_label,
            knockout=knockout,
            group=None if knockout else self._group(entry, division, home, away),
            round=entry.text("round", most=60),
            venue=entry.text("venue", most=120),
            venue_timezone=venue_timezone,
            pitch=entry.text("pitch", most=60) or None,
            start_on=start_on,
            start_at=start_at,
            status=self._status(entry, score),
            score=score,
            division=division,
            code=entry.text("code", most=20) if knockout else "",
            leg=self._leg(entry) if knockout else None,
            home_source=home_source,
            away_source=away_source,
            locked=entry.flag("locked"),
            ruling=entry.choice("ruling", ("", *RULINGS), ""),
        )
        # A tie may have one team alone, if neither of its opponents came to the tie before.
        is_given = match.status == "WALKOVER" and (home or home_source) and (away or away_source) and (home or away)
        if score and (home is None or away is None) and not is_given:
            raise ValidationError(path, "has a score, but not two teams")
        if knockout:
            entry.get("group", str)
        entry.note_unknown()
        return match

    def _places(self, entry: Fields) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        """The sources of both sides, by the slots of the match's round.

        None if slots do not say, or `stages` describe it.
        """
        waiting = [] if self.is_told else self._waiting.get(entry.text("round", most=60), [])
        groups = self.book.groups.get(None, {})
        names = (entry.data.get("home"), entry.data.get("away"))
        slot = next((one for one in waiting if _may_be(names, one["teams"], groups)), None)
        if slot is None:
            return None, None
        waiting.remove(slot)
        places = slot["teams"]
        home, away = [_source_of(place, groups) for place in places[:2]] + [None] * (2 - len(places[:2]))
        return home, away

    def _source(self, entry: Fields, side: str, knockout: bool) -> dict[str, Any] | None:
        data = entry.get(f"{side}_from", dict)
        if data is None:
            return None
        if not knockout:
            raise ValidationError(entry.at(f"{side}_from"), "only a knockout match waits for who comes through")
        return read_source(data, entry.at(f"{side}_from")).as_dict()

    def _division(self, entry: Fields, named: str | None, home: str | None, away: str | None) -> str | None:
        of_teams = {self.roster.division_of[name] for name in (home, away) if name is not None} - {None}
        if len(of_teams) > 1:
            raise ValidationError(entry.path, f"{home!r} and {away!r} are in different divisions")
        found = of_teams.pop() if of_teams else None
        if named is not None and found not in (None, named):
            raise ValidationError(entry.at("division"), f"these teams are in the division {found!r}")
        return named or found

    def _leg(self, entry: Fields) -> int | None:
        leg = entry.whole("leg")
        if leg is not None and not 1 <= leg <= MOST_LEGS:
            raise ValidationError(
                entry.at("leg"), f"is {leg}; a tie has one game or two legs, with replays up to {MOST_LEGS}"
            )
        return leg

    def _side(
        self, entry: Fields, side: str, knockout: bool, source: dict[str, Any] | None, division: str | None
    ) -> tuple[str | None, str]:
        label = entry.text(f"{side}_label", most=80)
        name = entry.get(side, str)
        if name is not None:
            # A team that came through may be removed again; then the label is shown once more.
            return self.roster.find(name, entry.at(side), division), label if source else ""
        if not knockout or not (label or source):
            raise ValidationError(
                entry.at(side),
                f"is missing (a knockout match may have a {side}_label such as 'Winner of QF 2')",
            )
        return None, label

    def _group(self, entry: Fields, division: str | None, home: str | None, away: str | None) -> str | None:
        groups = self.book.groups.get(division, {})
        named = entry.text("group", most=40)
        if named and named not in groups:
            raise ValidationError(entry.at("group"), f"there is no group {named!r}")
        if not groups:
            return None
        both = [name for name, members in groups.items() if home in members and away in members]
        if named and named not in both:
            raise ValidationError(entry.at("group"), f"{home!r} and {away!r} are not both in group {named!r}")
        if not named and not both:
            told = " and ".join(f"{one!r} in {_listed(one, groups)}" for one in (home, away))
            raise ValidationError(entry.path, f"is between teams that are in no group together: {told}")
        if not named and len(both) != 1:
            raise ValidationError(entry.path, f"does not say in which group {home!r} and {away!r} meet")
        return named or both[0]

    def _time(self, entry: Fields) -> tuple[date | None, datetime | None, str]:
        venue_timezone = entry.timezone("venue_tz", "")
        zone = ZoneInfo(venue_timezone or self.book.pitches.get(entry.text("pitch", most=60)) or self.timezone)
        day, clock, kickoff = entry.day("date"), entry.get("time_local", str), entry.moment("kickoff_utc", zone=UTC)
        try:
            if kickoff:
                return kickoff.astimezone(zone).date(), kickoff, venue_timezone
            if clock is None:
                return day, None, venue_timezone
            if day is None:
                raise ValidationError(entry.at("time_local"), "needs a date")
            return day, local_moment(day, self._clock(entry, clock), zone), venue_timezone
        except ValidationError as fault:
            raise ValidationError(fault.path or entry.at("time_local"), fault.message) from None
        except (ValueError, OverflowError):
            raise ValidationError(
                entry.at("time_local"), f"{str(clock)[:40]!r} is not a time; write it like 14:30"
            ) from None

    def _clock(self, entry: Fields, text: str) -> time:
        """The time of day; 9:30 is accepted. Raises ValueError."""
        clock = time.fromisoformat(f"0{text}" if text[1:2] == ":" else text)
        if clock.tzinfo is not None:
            raise ValidationError(
                entry.at("time_local"),
                f"{text[:40]!r} has an offset; write what the clocks of the place show, such as 15:00, or kickoff_utc",
            )
        return clock

    def _score(self, entry: Fields, knockout: bool) -> ScorePart | None:
        home, away = entry.whole("home_score"), entry.whole("away_score")
        home_pens, away_pens = entry.whole("home_pens"), entry.whole("away_pens")
        extra = entry.mapping("extra", MOST_KEYS)
        status = entry.choice("result_status", RESULT_STATUSES, "FINAL")
        running = entry.get("running", bool)
        if (home is None) != (away is None):
            raise ValidationError(
                entry.at("away_score" if away is None else "home_score"), "is missing beside the other score"
            )
        if home is None or away is None:
            if running:
                raise ValidationError(entry.at("running"), "needs the score; 0 and 0 before the first goal")
            if home_pens is not None or away_pens is not None:
                raise ValidationError(entry.at("home_pens"), "penalties without a score")
            self._known_extra(extra)
            return None
        if running is None:  # a game that is live, and has a score, has a running one
            running = entry.choice("status", FIXTURE_STATUSES, "") == "LIVE"
        annulled, decided = entry.flag("annulled"), entry.choice("decided", ("", *DECIDED), "")
        usual = "ruling" if decided == "none" else "lot" if decided else ""
        decided_by = entry.choice("decided_by", ("", *DECIDED_BY), usual)
        if decided and not knockout:
            raise ValidationError(entry.at("decided"), "only a knockout tie has to have a winner")
        if decided == "none" and decided_by == "lot":
            raise ValidationError(entry.at("decided_by"), "a lot has a winner; that neither goes on is a ruling")
        known = self._known_extra(extra)
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
            one_of_two=knockout
            and (self.legs[pair_of(entry.data)] > 1 or entry.data.get("leg") is not None or bool(decided)),
        )
        return ScorePart(home, away, home_pens, away_pens, known, status, running, annulled, decided, decided_by)

    def _known_extra(self, extra: dict[str, Any]) -> dict[str, Any]:
        known, unknown = known_extra(extra, self.sport, self.rules)
        self.ignored.update(f"matches[].extra.{key}" for key in unknown)
        return known

    def _status(self, entry: Fields, score: ScorePart | None) -> str:
        status = entry.choice("status", FIXTURE_STATUSES, "")
        if score is None:
            if status in ("FINISHED", "WALKOVER"):
                raise ValidationError(entry.at("status"), f"{status} needs a score")
            return status or "SCHEDULED"
        status = status or ("LIVE" if score.running else "FINISHED")
        if status not in PLAYED:
            raise ValidationError(entry.at("status"), f"{status} has no score; leave the scores out")
        if score.running != (status == "LIVE"):
            raise ValidationError(entry.at("running"), "a running score and the status LIVE go together")
        return status


def _listed(team: str | None, groups: dict[str, list[str]]) -> str:
    own = [name for name, members in groups.items() if team in members]
    return ", ".join(map(repr, own[:4])) or "none"


def _may_be(names: Sequence[Any], places: Sequence[Any], groups: dict[str, list[str]]) -> bool:
    """Whether these two teams could come from these places; slots are in bracket order, matches in order of time."""
    for name, (group, _) in zip(names, places, strict=False):
        members = [groups.get(one, ()) for one in ([group] if group in groups else group.split("/"))]
        if isinstance(name, str) and not any(name.strip() in one for one in members):
            return False
    return True


def _source_of(place: Sequence[Any], groups_there: Container[str]) -> dict[str, Any]:
    """A slot's place as a source: ["A", 1], or ["C/D/E", 3] for the best of several."""
    groups = [place[0]] if place[0] in groups_there else str(place[0]).split("/")
    return {"group": groups[0], "position": place[1]} if len(groups) == 1 else {"groups": groups, "position": place[1]}


def check_ties(matches: Sequence[MatchPart]) -> None:
    """Raises ValidationError for a code used twice, a side that waits for a missing tie, and ties in a circle."""
    seen: dict[tuple[str | None, str, int | None], int] = {}
    of_division = Counter(match.division for match in matches if match.knockout)
    for division, count in of_division.items():
        if count > MOST_KNOCKOUT:
            where = f" of {division!r}" if division else ""
            raise ValidationError("matches", f"has {count:,} in the knockout{where}, at most {MOST_KNOCKOUT:,}")
    codes = {(match.division, match.code) for match in matches if match.code}
    for i, match in enumerate(matches):
        if match.code and (match.division, match.code, match.leg) in seen:
            first = seen[match.division, match.code, match.leg]
            raise ValidationError(
                f"matches[{i}].code", f"{match.code!r} is matches[{first}] already; two legs need a leg each"
            )
        seen[match.division, match.code, match.leg] = i
        for side, source in (("home", match.home_source), ("away", match.away_source)):
            code = (source or {}).get("winner_of") or (source or {}).get("loser_of")
            if code and ((match.division, code) not in codes or code == match.code):
                raise ValidationError(f"matches[{i}].{side}_from", f"there is no other match with the code {code!r}")
    _refuse_circles(matches)


def _refuse_circles(matches: Sequence[MatchPart]) -> None:
    waits: dict[tuple[str | None, str], dict[tuple[str | None, str], int]] = {}
    for number, match in enumerate(matches):
        if match.code:
            own = waits.setdefault((match.division, match.code), {})
            for source in (match.home_source, match.away_source):
                code = (source or {}).get("winner_of") or (source or {}).get("loser_of")
                if code:
                    own.setdefault((match.division, code), number)
    circle = circle_in(waits)
    if circle:
        listed = [code for _, code in circle[:MOST_TOLD]]
        told = " waits for ".join([*listed, "…"] if len(circle) > MOST_TOLD else [*listed, listed[0]])
        raise ValidationError(f"matches[{waits[circle[0]][circle[1 % len(circle)]]}]", f"can never be played: {told}")
