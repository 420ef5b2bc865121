"""Parses an event file from text. docs/event-file.md describes the format."""

import json
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.rulebooks import RULEBOOKS, rules_for
from timely.domain.rules.rules import Rules, read_rules, require_few, unknown_keys
from timely.domain.sports import find_sport
from timely.domain.statuses import ENTRANTS, EVENT_STATUSES, RESULT_STATUSES, VISIBILITIES, WITHDRAWALS
from timely.domain.storable import REFUSAL, unstorable
from timely.domain.timetable import Settings, read_settings
from timely.domain.timetable.settings import unknown_settings_keys
from timely.domain.validation import whole_number
from timely.event_file.announcements import read_announcement
from timely.event_file.divisions import read_all_groups, read_division, read_divisions, read_stages
from timely.event_file.fields import Fields, name_in
from timely.event_file.limits import (
    MOST_ANNOUNCEMENTS,
    MOST_DEDUCTIONS,
    MOST_FAIR_PLAY,
    MOST_MATCHES,
    MOST_PITCHES,
    MOST_TEAMS,
    require_readable,
)
from timely.event_file.lines import line_of_constant, line_of_long_number, line_of_second_key
from timely.event_file.matches import Book, MatchReader
from timely.event_file.parts import DeductionPart, EventFile, MatchPart, TeamPart
from timely.event_file.rankings import read_manual_order, read_ranking
from timely.event_file.roster import Roster
from timely.event_file.slots import OpenSlots, read_slots
from timely.event_file.ties import check_ties, knockout_meetings
from timely.event_file.withdrawn import teams_that_left, without_the_withdrawn

# Notes for readers among the rules.
RULES_NOTES = ("rules.regulation", "rules.notes", "rules.source")


def read_event_file(raw: bytes) -> EventFile:
    """The event in *raw*. Raises ValidationError with the line, or the path, of the first error."""
    data = _parse(raw)
    if (where := unstorable(data)) is not None:
        raise ValidationError(where or "the file", REFUSAL)
    return read_event(data)


def _parse(raw: bytes) -> Any:
    require_readable(raw)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ValidationError(f"line {line}", "is not UTF-8 text; save the file as UTF-8") from None
    try:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_object)
    except NoNumber as error:
        line = line_of_constant(text, error.name)
        raise ValidationError(f"line {line}", f"has {error.name}, which is not a JSON number") from None
    except KeyTwice as error:
        line = line_of_second_key(text, error.key)
        raise ValidationError(
            f"line {line}", f"has the key {error.key[:40]!r} for the second time in one object; which one counts?"
        ) from None
    except json.JSONDecodeError as error:
        raise ValidationError(
            f"line {error.lineno}", f"is not JSON: {error.msg}, at character {error.colno} of the line"
        ) from None
    except RecursionError:
        raise ValidationError("the file", "is nested far too deeply for an event") from None
    except ValueError:  # the only case left: Python refuses to convert thousands of digits to a number
        raise ValidationError(f"line {line_of_long_number(text)}", "has a number of thousands of digits") from None


class NoNumber(Exception):
    """NaN or Infinity, which Python accepts although JSON does not have it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class KeyTwice(Exception):
    """An object has a key twice."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _refuse_constant(name: str) -> Any:
    raise NoNumber(name)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise KeyTwice(key)
        found[key] = value
    return found


def read_event(data: Any) -> EventFile:
    """The event in parsed JSON. Raises ValidationError."""
    fields = Fields(data)
    sport = fields.required_text("sport", most=40)
    rulebook = fields.choice("rulebook", ("", *RULEBOOKS), "")
    rules = _read_rules(fields, sport, rulebook)
    timezone = fields.timezone("timezone", "UTC")
    divisions = read_divisions(fields)
    teams = _read_teams(fields, divisions)
    roster = Roster(teams)
    groups = read_all_groups(fields, roster, divisions)
    pitches = _read_pitches(fields)
    undivided = groups.get(None, {})
    slots = OpenSlots(read_slots(fields, undivided), undivided)
    stages = read_stages(fields, divisions)
    listed = fields.items("matches", MOST_MATCHES)
    legs = knockout_meetings(listed)
    coded = any(isinstance(match, dict) and match.get("code") for match in listed)
    book = Book(roster, groups, divisions, timezone, rules, find_sport(sport), pitches)
    is_told = any(one.kind == "knockout" and one.division is None and (one.by_hand or coded) for one in stages)
    reader = MatchReader(book, fields.ignored, slots, legs, is_told=is_told)
    matches = [reader.read(match, f"matches[{i}]") for i, match in enumerate(listed)]
    matches = without_the_withdrawn(matches, listed, teams_that_left(roster), rules)
    _add_named_pitches(pitches, matches)
    check_ties(matches)
    starts_on, ends_on = fields.day("starts_on"), fields.day("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise ValidationError("ends_on", "is before starts_on")
    event = EventFile(
        name=fields.required_text("name", most=120),
        sport=sport,
        season=fields.text("season", most=40),
        status=fields.choice("status", EVENT_STATUSES, "PUBLISHED"),
        visibility=fields.choice("visibility", VISIBILITIES, "public"),
        timezone=timezone,
        place=fields.text("place", most=120),
        details=fields.text("details", most=4000, lines=True),
        accent=fields.colour("accent"),
        starts_on=starts_on,
        ends_on=ends_on,
        counts_from=fields.choice("counts_from", RESULT_STATUSES, "PENDING"),
        entrants=fields.choice("entrants", ENTRANTS, "team"),
        second_person=fields.flag("second_person"),
        rulebook=rulebook,
        rules=rules,
        teams=roster.teams,
        divisions=divisions,
        groups=groups,
        stages=stages,
        timetable=_read_timetable(fields, divisions, pitches),
        pitches=pitches,
        deductions=_read_deductions(fields, roster),
        manual_order=read_manual_order(fields.get("manual_order", dict), roster, "manual_order", fields.ignored),
        fair_play_totals=_read_fair_play(fields, roster),
        slots=slots.left(),
        third_place_ranking=read_ranking(fields, "third_place_ranking", roster),
        cross_group_ranking=read_ranking(fields, "cross_group_ranking", roster),
        matches=matches,
        announcements=[
            read_announcement(note, f"announcements[{i}]", fields.ignored)
            for i, note in enumerate(fields.items("announcements", MOST_ANNOUNCEMENTS))
        ],
    )
    fields.note_unknown()
    event.ignored = sorted(fields.ignored)
    return event


def _read_rules(fields: Fields, sport: str, rulebook: str) -> Rules:
    data = fields.get("rules", dict)
    base = RULEBOOKS[rulebook].rules if rulebook else rules_for(find_sport(sport).key)
    if data is None:
        return base
    require_few(data, "rules")
    for path, known in unknown_keys(data, "rules").items():
        if path not in RULES_NOTES:  # an ignored rule would make another table
            raise ValidationError(path, f"is no key that rules have there; use {', '.join(known)}")
        fields.ignored.add(path)
    return read_rules(data, "rules", base=base)


def _read_teams(fields: Fields, divisions: list[str]) -> list[TeamPart]:
    teams: dict[tuple[str | None, str], TeamPart] = {}
    for i, item in enumerate(fields.items("teams", MOST_TEAMS)):
        path = f"teams[{i}]"
        entry = Fields({"name": item} if isinstance(item, str) else item, path, fields.ignored)
        team = TeamPart(
            name=entry.required_text("name", most=80),
            colour=entry.colour("colour"),
            division=read_division(entry, divisions),
            members=entry.text("members", most=4000, lines=True),
            withdrawn=entry.choice("withdrawn", ("", *WITHDRAWALS), ""),
        )
        entry.note_unknown()
        if (team.division, team.name) in teams:
            where = f" of the division {team.division!r}" if team.division is not None else ""
            raise ValidationError(path, f"{team.name!r} stands in the list{where} twice")
        teams[team.division, team.name] = team
    return list(teams.values())


def _read_pitches(fields: Fields) -> dict[str, str]:
    """{name: its time zone, "" for the event's own}."""
    pitches: dict[str, str] = {}
    for i, item in enumerate(fields.items("pitches", MOST_PITCHES)):
        entry = Fields(item if isinstance(item, dict) else {"name": item}, f"pitches[{i}]", fields.ignored)
        name = entry.required_text("name", most=60)
        if name in pitches:
            raise ValidationError(f"pitches[{i}]", f"{name!r} stands in the list twice")
        pitches[name] = entry.timezone("timezone", "")
        entry.note_unknown()
    return pitches


def _add_named_pitches(pitches: dict[str, str], matches: list[MatchPart]) -> None:
    for number, match in enumerate(matches):
        if match.pitch:
            pitches.setdefault(match.pitch, "")
        if len(pitches) > MOST_PITCHES:
            raise ValidationError(
                f"matches[{number}].pitch", f"is one pitch more than the {MOST_PITCHES} that an event may have"
            )


def _read_timetable(fields: Fields, divisions: list[str], pitches: dict[str, str]) -> Settings | None:
    data = fields.get("timetable", dict)
    if data is None:
        return None
    settings = read_settings(data)
    where = "timetable.division_minutes"
    found = {name: name_in(name, set(divisions), where, "division") for name in settings.division_minutes}
    places = {
        name: name_in(name, pitches, f"timetable.days[{number}].pitches", "pitch")
        for number, one in enumerate(settings.days)
        for name in one.pitches
    }
    fields.ignored.update(unknown_settings_keys(data))
    return settings.renamed(found, places)


def _read_deductions(fields: Fields, roster: Roster) -> list[DeductionPart]:
    deductions = []
    for i, item in enumerate(fields.items("deductions", MOST_DEDUCTIONS)):
        entry = Fields(item, f"deductions[{i}]", fields.ignored)
        points = entry.whole("points")
        if points is None or not 0 < abs(points) <= 999:
            raise ValidationError(entry.at("points"), "must be a whole number, such as 3 for three points taken off")
        team = roster.find(entry.get("team", str), entry.at("team"))
        deductions.append(DeductionPart(team, points, entry.text("reason", most=200)))
        entry.note_unknown()
    return deductions


def _read_fair_play(fields: Fields, roster: Roster) -> dict[str, int]:
    totals = {}
    entry = Fields(fields.mapping("fair_play_totals", MOST_TEAMS), "fair_play_totals")
    for team in entry.data:
        points = entry.whole(team)
        if points is not None:
            whole_number(points, entry.at(team), -MOST_FAIR_PLAY, MOST_FAIR_PLAY)
            totals[roster.find(team, entry.at(team))] = points
    return totals
