"""Parses an event file from text. docs/event-file.md describes the format."""

from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.rulebooks import RULEBOOKS, rules_for
from timely.domain.rules.rules import Rules, read_rules, require_small, unknown_keys
from timely.domain.sports import find_sport
from timely.domain.statuses import ENTRANTS, EVENT_STATUSES, RESULT_STATUSES, VISIBILITIES
from timely.domain.storable import REFUSAL, unstorable
from timely.domain.timetable import Settings, read_settings
from timely.domain.timetable.settings import unknown_settings_keys
from timely.domain.translation import lazy_gettext
from timely.event_file.announcements import read_announcement
from timely.event_file.contents import EventFile
from timely.event_file.divisions import read_all_groups, read_divisions, read_stages
from timely.event_file.fields import Fields, name_in
from timely.event_file.json_text import parse_json
from timely.event_file.limits import MOST_ANNOUNCEMENTS, MOST_MATCHES, THE_FILE
from timely.event_file.matches import Book, MatchReader
from timely.event_file.pitches import add_named_pitches, read_pitches
from timely.event_file.rankings import read_manual_order, read_ranking
from timely.event_file.roster import Roster
from timely.event_file.slots import OpenSlots, read_slots
from timely.event_file.teams import read_deductions, read_fair_play, read_teams
from timely.event_file.ties import check_ties, knockout_meetings
from timely.event_file.withdrawn import teams_that_left, without_the_withdrawn

# Notes for readers among the rules.
RULES_NOTES = ("rules.regulation", "rules.notes", "rules.source")


def read_event_file(raw: bytes) -> EventFile:
    """The event in *raw*. Raises ValidationError with the line, or the path, of the first error."""
    data = parse_json(raw)
    if (where := unstorable(data)) is not None:
        raise ValidationError(where or THE_FILE, REFUSAL)
    return read_event(data)


def read_event(data: Any) -> EventFile:
    """The event in parsed JSON. Raises ValidationError."""
    fields = Fields(data)
    sport = fields.text("sport", most=40, required=True)
    rulebook = fields.choice("rulebook", ("", *RULEBOOKS), "")
    rules = _read_rules(fields, sport, rulebook)
    timezone = fields.timezone("timezone", "UTC")
    divisions = read_divisions(fields)
    teams = read_teams(fields, divisions)
    roster = Roster(teams)
    groups = read_all_groups(fields, roster, divisions)
    pitches = read_pitches(fields)
    undivided = groups.get(None, {})
    slots = OpenSlots(read_slots(fields, undivided), undivided)
    stages = read_stages(fields, divisions)
    listed = fields.items("matches", MOST_MATCHES)
    legs = knockout_meetings(listed)
    coded = any(isinstance(match, dict) and match.get("code") for match in listed)
    book = Book(roster, groups, divisions, timezone, rules, find_sport(sport), pitches)
    is_given = any(one.kind == "knockout" and one.division is None and (one.by_hand or coded) for one in stages)
    reader = MatchReader(book, fields.ignored, slots, legs, is_given=is_given)
    matches = [reader.read(match, f"matches[{i}]") for i, match in enumerate(listed)]
    matches = without_the_withdrawn(matches, listed, teams_that_left(roster), rules)
    add_named_pitches(pitches, matches)
    check_ties(matches)
    starts_on, ends_on = fields.day("starts_on"), fields.day("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise ValidationError("ends_on", lazy_gettext("is before starts_on"))
    event = EventFile(
        name=fields.text("name", most=120, required=True),
        sport=sport,
        season=fields.text("season", most=40),
        status=fields.choice("status", EVENT_STATUSES, "PUBLISHED"),
        visibility=fields.choice("visibility", VISIBILITIES, "public"),
        timezone=timezone,
        language=fields.text("language", most=10) or "en",
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
        deductions=read_deductions(fields, roster),
        manual_order=read_manual_order(fields.get("manual_order", dict), roster, "manual_order", fields.ignored),
        fair_play_totals=read_fair_play(fields, roster),
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
    require_small(data, "rules")
    for path, known in unknown_keys(data, "rules").items():
        if path not in RULES_NOTES:  # an ignored rule would make another table
            raise ValidationError(
                path, lazy_gettext("is no key that rules have there; use %(keys)s", keys=", ".join(known))
            )
        fields.ignored.add(path)
    return read_rules(data, "rules", base=base)


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
