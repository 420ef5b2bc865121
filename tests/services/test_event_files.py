"""Import and export: seasons in, tables right, the same file out; broken files refused whole."""

import json
import random
from datetime import date

import pytest

from tests.conftest import LEAGUE, season
from tests.domain.seasons import SEASONS
from timely.event_file.read import read_event, read_event_file
from timely.extensions import db
from timely.models import Event
from timely.presenters.leaderboard_rows import leaderboard_row
from timely.presenters.number_text import ratio_text
from timely.queries.event_files import event_file, event_file_text
from timely.queries.tables import leaderboard
from timely.services.event_files import import_event

pytestmark = pytest.mark.usefixtures("in_app")

ANSWERS = ("official_", "snapshots", "round_robin", "tests", "notes", "source", "table_source", "confidence")


def disguised(data, seed):
    """The file without its answers, its teams renamed, everything shuffled; and the way back to the real names."""
    dice = random.Random(seed)
    numbers = [f"Team {number:02}" for number in range(len(data["teams"]))]
    dice.shuffle(numbers)
    alias = dict(zip(data["teams"], numbers, strict=True))

    def rename(value):
        if isinstance(value, dict):
            return {key: rename(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [rename(inner) for inner in value]
        return alias.get(value, value) if isinstance(value, str) else value

    file = {key: rename(value) for key, value in data.items() if not key.startswith(ANSWERS)}
    for key in ("cross_group_ranking", "third_place_ranking"):
        if file.get(key):
            file[key].pop("order", None)
    dice.shuffle(file["teams"])
    dice.shuffle(file["matches"])
    for members in file.get("groups", {}).values():
        dice.shuffle(members)
    return file, {false: real for real, false in alias.items()}


@pytest.mark.costly
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", SEASONS)
def test_a_real_season_comes_out_in_the_official_order(name, seed):
    data = season(name)
    file, real = disguised(data, seed)
    event = import_event(read_event_file(json.dumps(file).encode()))
    tables = {table.group.name: table for table in leaderboard(event)}
    official = {}
    for row in data["official_table"]:
        official.setdefault(row.get("group", ""), []).append(row)
    assert tables.keys() == official.keys()
    for group, rows in official.items():
        lines = tables[group].lines
        assert [real[line.team.name] for line in lines] == [row["team"] for row in rows]
        for line, row in zip(lines, rows, strict=True):
            mine = leaderboard_row(line)
            for key in row.keys() - {"team", "pos", "group"}:
                ratio = ratio_text(getattr(line.standing, key), cut=True) if key.endswith("_ratio") else ""
                shown = float(ratio) if ratio else mine[key]
                assert shown == row[key], (row["team"], key)


@pytest.mark.costly
@pytest.mark.parametrize("name", SEASONS)
def test_export_import_export_gives_the_same_file(name):
    first = event_file_text(import_event(read_event(season(name))))
    file = read_event_file(first.encode())
    assert file.ignored == []
    assert event_file_text(import_event(file)) == first


def test_everything_an_event_has_goes_round():
    data = {
        **LEAGUE,
        "visibility": "private",
        "status": "LIVE",
        "place": "Riverside",
        "details": "Two lines\nof text",
        "accent": "#1d4ed8",
        "starts_on": "2026-11-28",
        "ends_on": "2026-11-29",
        "counts_from": "VERIFIED",
        "teams": [{"name": "Ash", "colour": "#d62828"}, "Birch", "Cedar", "Dogwood"],
        "groups": {"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]},
        "pitches": ["Pitch 1", "Pitch 2", "Pitch 3"],
        "deductions": [{"team": "Birch", "points": 2, "reason": "late"}],
        "manual_order": {"play_off": ["Birch", "Ash"], "drawing_of_lots": ["Cedar", "Dogwood"]},
        "fair_play_totals": {"Ash": -3},
        "slots": [{"round": "Final", "teams": [["A", 1], ["B", 1]]}],
        "third_place_ranking": {
            "tiebreakers": ["points"],
            "manual_order": {"external_rank": ["Ash"]},
            "unequal_groups": "drop_last",
        },
        "matches": [
            {"home": "Ash", "away": "Birch", "home_score": 1, "away_score": 1, "running": True, "status": "LIVE"},
            {"home": "Cedar", "away": "Dogwood", "home_score": 3, "away_score": 0, "status": "WALKOVER"},
            {"home": "Birch", "away": "Ash", "status": "POSTPONED", "venue": "Hall", "venue_tz": "Asia/Tokyo"},
            {"home": "Dogwood", "away": "Cedar", "home_score": 2, "away_score": 0, "result_status": "PENDING"},
            {"stage": "knockout", "round": "Decider", "home_label": "Winner of A", "away_label": "Winner of B"},
        ],
        "announcements": [
            {"title": "Late", "priority": "high", "publish_at": "2026-11-28T14:06:00Z"},
            {"title": "Gone", "state": "WITHDRAWN", "publish_at": "2026-11-28T14:06:00Z"},
        ],
    }
    file = read_event(data)
    assert file.ignored == []
    event = import_event(file)
    out = event_file(event)
    assert event_file(import_event(read_event(out))) == out
    for key in data.keys() - {"rules", "matches", "announcements"}:
        assert out[key] == data[key], key
    assert [match.get("status") for match in out["matches"]] == ["LIVE", "WALKOVER", "POSTPONED", None, None]


def test_the_defaults_of_an_import(league):
    event = db.session.get_one(Event, league)
    assert (event.status, event.visibility, event.slug) == ("PUBLISHED", "public", "saturday-league")
    fixture = event.fixtures[0]
    assert (fixture.start_on.isoformat(), fixture.start_at.isoformat()) == (
        "2026-11-28",
        "2026-11-28T10:00:00+00:00",
    )


def test_the_same_slug_again_gets_a_number(league, make_event):
    slugs = [db.session.get_one(Event, make_event()).slug for _ in range(2)]
    assert slugs == ["saturday-league-2", "saturday-league-3"]


def test_a_name_without_latin_letters_still_gets_an_address(make_event):
    assert db.session.get_one(Event, make_event(name="全国大会")).slug == "event"


def test_knockout_games_are_in_no_table(make_event):
    matches = [
        {"home": "Ash", "away": "Birch", "home_score": 1, "away_score": 0},
        {"home": "Ash", "away": "Birch", "home_score": 9, "away_score": 0, "stage": "knockout", "round": "Final"},
    ]
    event = db.session.get_one(Event, make_event(matches=matches))
    (table,) = leaderboard(event)
    assert {line.team.name: line.standing.goals_for for line in table.lines}["Ash"] == 1
    assert [fixture.stage.kind for fixture in event.fixtures] == ["league", "knockout"]


def test_times_are_read_where_they_are_meant(make_event):
    matches = [
        {"home": "Ash", "away": "Birch", "kickoff_utc": "2018-06-14T23:30:00Z", "venue_tz": "Asia/Yekaterinburg"},
        {"home": "Ash", "away": "Birch", "date": "2018-06-14", "time_local": "18:00", "venue_tz": "Europe/Moscow"},
        {"home": "Ash", "away": "Birch", "date": "2018-06-14", "time_local": "18:00"},
        {"home": "Ash", "away": "Birch", "date": "2018-06-14", "time_local": "9:30"},
        {"home": "Ash", "away": "Birch", "kickoff_utc": "2018-06-14T09:30:00"},
        {"home": "Ash", "away": "Birch", "date": "2018-06-14"},
        {"home": "Ash", "away": "Birch"},
    ]
    fixtures = db.session.get_one(Event, make_event(matches=matches)).fixtures
    times = [
        (str(fixture.start_on or ""), f"{fixture.start_at:%dT%H:%M}" if fixture.start_at else "")
        for fixture in fixtures
    ]
    assert times == [
        ("2018-06-15", "14T23:30"),
        ("2018-06-14", "14T15:00"),
        ("2018-06-14", "14T17:00"),
        ("2018-06-14", "14T08:30"),
        ("2018-06-14", "14T09:30"),
        ("2018-06-14", ""),
        ("", ""),
    ]


def two_legs(**more):
    first = {"stage": "knockout", "round": "Final", "home": "Ash", "away": "Birch", "home_score": 1, "away_score": 0}
    second = {**first, "home": "Birch", "away": "Ash", "home_score": 2, "away_score": 1}
    return {**LEAGUE, "teams": ["Ash", "Birch"], "matches": [first | {"date": "2026-05-01"}, second], **more}


def test_what_was_ruled_of_a_team_that_left_outlives_an_export():
    event = import_event(
        read_event(
            two_legs(
                matches=[
                    {"home": "Ash", "away": "Birch", "home_score": 1, "away_score": 0, "annulled": False},
                    {"home": "Birch", "away": "Ash", "status": "SCHEDULED"},
                ],
                teams=["Ash", {"name": "Birch", "withdrawn": "expelled"}],
            )
        )
    )
    text = event_file_text(event)
    again = import_event(read_event_file(text.encode()))
    assert [(one.status, one.result and one.result.annulled) for one in again.fixtures] == [
        ("FINISHED", False),
        ("SCHEDULED", None),
    ]
    assert event_file_text(again) == text


@pytest.mark.parametrize("stage", ["group", "Group stage", "regular", "league", ""])
def test_every_stage_but_the_knockout_counts_in_a_table(make_event, stage):
    matches = [{"home": "Ash", "away": "Birch", "home_score": 1, "away_score": 0, "stage": stage}]
    (table,) = leaderboard(db.session.get_one(Event, make_event(matches=matches)))
    assert table.lines[0].standing.points == 3


def knockout(**more):
    return {"home": "Ash", "away": "Birch", "stage": "knockout", "round": "Semi-final", **more}


def test_rules_that_pay_for_a_draw_allow_one(make_event):
    matches = [{"home": "Ash", "away": "Birch", "home_score": 50, "away_score": 50}]
    rules = {"points": {"win": 2, "draw": 1, "loss": 0}}
    (table,) = leaderboard(db.session.get_one(Event, make_event(sport="basketball", rules=rules, matches=matches)))
    assert [line.standing.points for line in table.lines[:2]] == [1, 1]


def test_given_bonus_points_are_shown_though_the_rules_count_none(make_event):
    bonus = {"home": {"try": 1, "losing": 0}, "away": {"try": 0, "losing": 1}}
    matches = [{"home": "Ash", "away": "Birch", "home_score": 20, "away_score": 15, "extra": {"bonus": bonus}}]
    rules = {"points": {"win": 4, "draw": 2, "loss": 0}, "tiebreakers": ["points"]}
    (table,) = leaderboard(db.session.get_one(Event, make_event(sport="rugby", rules=rules, matches=matches)))
    rows = [leaderboard_row(line) for line in table.lines[:2]]
    assert [(row["team_name"], row["bp"], row["bpt"], row["bpl"]) for row in rows] == [
        ("Ash", 1, 1, 0),
        ("Birch", 1, 0, 1),
    ]


def goes_round(event):
    text = event_file_text(event)
    again = import_event(read_event_file(text.encode()))
    assert event_file_text(again) == text
    return again


def test_the_day_is_that_of_the_clock_on_the_pitch(make_event):
    pitches = [{"name": "Away", "timezone": "Asia/Tokyo"}]
    matches = [
        {"home": "Ash", "away": "Birch", "kickoff_utc": "2026-11-28T20:00:00Z", "pitch": "Away"},
        {"home": "Ash", "away": "Birch", "date": "2026-11-28", "time_local": "09:00", "pitch": "Away"},
    ]
    event = db.session.get_one(Event, make_event(pitches=pitches, matches=matches))
    first, second = goes_round(event).fixtures
    assert first.start_on.isoformat() == "2026-11-29"
    assert second.start_at.isoformat() == "2026-11-28T00:00:00+00:00"


def test_the_days_of_the_games_are_those_of_an_event_that_names_none(make_event):
    event = db.session.get_one(Event, make_event())
    event.starts_on = event.ends_on = None
    assert (event_file(event)["starts_on"], event_file(event)["ends_on"]) == ("2026-11-28", "2026-11-29")
    event.starts_on = date(2026, 12, 5)  # later than its games
    assert goes_round(event).ends_on == date(2026, 12, 5)
