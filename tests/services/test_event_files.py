"""Import and export: seasons in, tables right, the same file out; broken files refused whole."""

import copy
import json
import random
import re
from datetime import date

import pytest
from sqlalchemy import func, select

from tests.conftest import LEAGUE, season
from tests.domain.seasons import SEASONS
from timely.domain.errors import ValidationError
from timely.domain.formats.format import Format
from timely.event_file.read import read_event, read_event_file
from timely.extensions import db
from timely.models import Event, Fixture
from timely.presenters.bracket import tie_row
from timely.presenters.leaderboard_rows import leaderboard_row
from timely.presenters.number_text import ratio_text
from timely.queries.event_files import event_file, event_file_text
from timely.queries.knockouts import knockouts
from timely.queries.tables import leaderboard
from timely.services import divisions, fixtures, formats, results
from timely.services.errors import RuleBroken
from timely.services.event_files import import_event
from timely.services.fixture_details import Arrangement
from timely.services.score_validation import Score

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


def broken(path, value):
    """LEAGUE with the value at the path."""
    data = copy.deepcopy(LEAGUE)
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ([], "the file"),
        (None, "the file"),
        ({}, "sport"),
        (broken(["name"], ""), "name"),
        (broken(["name"], 7), "name"),
        (broken(["name"], "x" * 121), "name"),
        (broken(["name"], "a\0b"), "name"),
        (broken(["name"], "\ud800"), "name"),
        (broken(["timezone"], "Europe/Nowhere"), "timezone"),
        (broken(["timezone"], "../../etc/passwd"), "timezone"),
        (broken(["status"], "ON"), "status"),
        (broken(["visibility"], "secret"), "visibility"),
        (broken(["starts_on"], "2026-02-30"), "starts_on"),
        (broken(["teams"], "Ash"), "teams"),
        (broken(["teams", 1], "Ash"), "teams[1]"),
        (broken(["teams", 1], 5), "teams[1]"),
        (broken(["teams", 1], {"name": "Birch", "colour": "red"}), "teams[1].colour"),
        (broken(["pitches", 1], "Pitch 1"), "pitches[1]"),
        (broken(["rules"], {"tiebreakers": ["luck"]}), "rules.tiebreakers[0]"),
        (broken(["rules"], {"points": {"win": "3"}}), "rules.points.win"),
        (broken(["groups"], {"A": ["Ash", "Oak"]}), "groups.A[1]"),
        (broken(["groups"], {"A": ["Ash", "Birch"]}), "matches[1]"),
        (broken(["deductions"], [{"team": "Ash", "points": 1.5}]), "deductions[0].points"),
        (broken(["deductions"], [{"team": "Oak", "points": 1}]), "deductions[0].team"),
        (broken(["manual_order"], {"drawing_of_lots": ["Ash", "Ash"]}), "manual_order.drawing_of_lots"),
        (broken(["slots"], [{"round": "Final", "teams": [["Z", 1]]}]), "slots[0].teams[0]"),
        (broken(["third_place_ranking"], {"tiebreakers": ["luck"]}), "third_place_ranking.tiebreakers[0]"),
        (
            broken(["third_place_ranking"], {"tiebreakers": ["points"], "unequal_groups": "best"}),
            "third_place_ranking.unequal_groups",
        ),
        (broken(["matches", 0, "home"], "Oak"), "matches[0].home"),
        (broken(["matches", 0, "home"], "Birch"), "matches[0]"),
        (broken(["matches", 0, "home"], None), "matches[0].home"),
        (broken(["matches", 0, "date"], "28.11.2026"), "matches[0].date"),
        (broken(["matches", 0, "time_local"], "25:00"), "matches[0].time_local"),
        (broken(["matches", 5, "time_local"], "10:00"), "matches[5].time_local"),
        (broken(["matches", 0, "kickoff_utc"], "2026-11-28"), "matches[0].kickoff_utc"),
        (broken(["matches", 0, "time_local"], "15:00+05:00"), "matches[0].time_local"),
        (broken(["matches", 0, "time_local"], "15:00Z"), "matches[0].time_local"),
        (broken(["matches", 0, "running"], True), "matches[0].running"),
        (broken(["timezone"], "localtime"), "timezone"),
        (broken(["timezone"], "posix/Europe/Dublin"), "timezone"),
        (broken(["timezone"], "right/Europe/Dublin"), "timezone"),
        (broken(["teams", 1], "\u202e"), "teams[1].name"),
        (broken(["matches", 0, "venue_tz"], "Factory"), "matches[0].venue_tz"),
        (broken(["matches", 0, "kickoff_utc"], "0001-01-01T00:00:00+14:00"), "matches[0].kickoff_utc"),
        (broken(["matches", 0, "kickoff_utc"], "0001-01-01T12:00:00Z"), "matches[0].kickoff_utc"),
        (broken(["starts_on"], "9999-12-31"), "starts_on"),
        (broken(["matches", 0, "home_score"], 1), "matches[0].away_score"),
        (broken(["matches", 0, "status"], "FINISHED"), "matches[0].status"),
        (broken(["matches", 0], 7), "matches[0]"),
        (broken(["matches", 0, "group"], "A"), "matches[0].group"),
        (broken(["announcements"], [{"message": "no title"}]), "announcements[0].title"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(data, where):
    before = db.session.scalar(select(func.count()).select_from(Event))
    with pytest.raises(ValidationError) as fault:
        import_event(read_event(data))
    assert fault.value.path == where
    assert fault.value.message
    assert db.session.scalar(select(func.count()).select_from(Event)) == before


@pytest.mark.parametrize(
    ("home", "away", "more", "where"),
    [
        (-1, 0, {}, "home_score"),
        (1.5, 0, {}, "home_score"),
        ("1", 0, {}, "home_score"),
        (True, 0, {}, "home_score"),
        (1000, 0, {}, "home_score"),
        (2, 1, {"home_pens": 4, "away_pens": 3}, "home_pens"),
        (2, 1, {"extra": []}, "extra"),
        (2, 1, {"extra": {"tries": {"home": -1}}}, "extra.tries.home"),
        (2, 1, {"status": "SCHEDULED"}, "status"),
        (2, 1, {"running": True, "status": "FINISHED"}, "running"),
        (2, 1, {"running": False, "status": "LIVE"}, "running"),
        (2, 1, {"result_status": "MAYBE"}, "result_status"),
    ],
)
def test_an_impossible_score_is_refused_with_its_place(home, away, more, where):
    data = broken(["matches", 3], {"home": "Ash", "away": "Birch", "home_score": home, "away_score": away, **more})
    with pytest.raises(ValidationError) as fault:
        read_event(data)
    assert fault.value.path == f"matches[3].{where}"


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        (b"", "line 1"),
        (b'{"name": "x",\n"sport": }', "line 2"),
        (b'{"name": "x",\n"sport": "\xff"}', "line 2"),
        (b"[" * 100_000, "the file"),
        (b'{"name": NaN}', "line 1"),
        (b'{"name": "NaN",\n"a": [1,\n-Infinity]}', "line 3"),
        (b'{"name":\n' + b"9" * 5000 + b"}", "line 2"),
        (b'{"name": "x", "name": "y"}', "line 1"),
        (b" " * (9 * 1024 * 1024), "the file"),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(raw, where):
    with pytest.raises(ValidationError) as fault:
        read_event_file(raw)
    assert fault.value.path == where


def two_legs(**more):
    first = {"stage": "knockout", "round": "Final", "home": "Ash", "away": "Birch", "home_score": 1, "away_score": 0}
    second = {**first, "home": "Birch", "away": "Ash", "home_score": 2, "away_score": 1}
    return {**LEAGUE, "teams": ["Ash", "Birch"], "matches": [first | {"date": "2026-05-01"}, second], **more}


def test_a_knockout_that_stages_tell_of_is_linked_where_its_matches_have_no_codes():
    stage = {"kind": "knockout", "options": {"away_goals": True}}
    event = import_event(read_event(two_legs(stages=[stage])))
    (knockout,) = knockouts(event)
    (tie,) = knockout.ties
    assert (tie.tie.code, [one.leg for one in tie.fixtures]) == ("F", [1, 2])
    assert tie.winner == "home"  # 2-2, and one goal away


def test_every_replay_belongs_to_one_tie():
    games = [("Ash", "Birch", 0, 0), ("Birch", "Ash", 4, 4), ("Birch", "Ash", 1, 0)]
    matches = [
        {"stage": "knockout", "round": "Final", "date": f"2026-05-0{day}", "home": home, "away": away}
        | {"home_score": home_score, "away_score": away_score}
        for day, (home, away, home_score, away_score) in enumerate(games, 1)
    ]
    event = import_event(read_event(two_legs(matches=matches)))
    ((tie,),) = [knockout.ties for knockout in knockouts(event)]
    assert [one.leg for one in tie.fixtures] == [1, 2, 4]
    assert tie.winner_id == next(team.id for team in event.teams if team.name == "Birch")
    row = tie_row(tie)
    assert (row["home"]["score_text"], row["away"]["score_text"], row["winner_side"]) == ("0", "1", "away")
    assert row["note"] == "0–0, 4–4, 0–1"
    text = event_file_text(event)
    assert event_file_text(import_event(read_event_file(text.encode()))) == text
    last = tie.fixtures[-1]
    with pytest.raises(RuleBroken, match="Level again"):
        results.enter_score(last, Score(1, 1), by=None, reason="a late goal")
    results.enter_score(last, Score(1, 3), by=None, reason="three late goals")
    assert knockouts(event)[0].ties[0].winner == "home"


def test_a_knockout_made_by_hand_stays_as_it_is():
    event = import_event(read_event(two_legs(stages=[{"kind": "knockout", "by_hand": True}])))
    assert not any(one.code for one in event.fixtures)
    text = event_file_text(event)
    assert '"by_hand": true' in text
    again = import_event(read_event_file(text.encode()))
    assert event_file_text(again) == text


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


def test_unknown_keys_are_listed_once_each(make_event):
    file = read_event({**LEAGUE, "colour": 1, "matches": [{**match, "referee": "X"} for match in LEAGUE["matches"]]})
    assert file.ignored == ["colour", "matches[].referee"]


def test_a_save_that_fails_half_way_leaves_nothing(monkeypatch):
    from timely.services import event_files

    monkeypatch.setattr(event_files, "_announcements", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_event(read_event(LEAGUE))
    assert db.session.scalar(select(func.count()).select_from(Event)) == 0
    assert db.session.scalar(select(func.count()).select_from(Fixture)) == 0


@pytest.mark.parametrize("stage", ["group", "Group stage", "regular", "league", ""])
def test_every_stage_but_the_knockout_counts_in_a_table(make_event, stage):
    matches = [{"home": "Ash", "away": "Birch", "home_score": 1, "away_score": 0, "stage": stage}]
    (table,) = leaderboard(db.session.get_one(Event, make_event(matches=matches)))
    assert table.lines[0].standing.points == 3


def knockout(**more):
    return {"home": "Ash", "away": "Birch", "stage": "knockout", "round": "Semi-final", **more}


def test_two_legs_may_be_level_and_decided_by_penalties(make_event):
    legs = [
        knockout(home_score=1, away_score=1),
        knockout(home="Birch", away="Ash", home_score=2, away_score=2, home_pens=4, away_pens=3),
        knockout(home="Cedar", away="Dogwood", home_score=1, away_score=2),
        knockout(home="Dogwood", away="Cedar", home_score=0, away_score=1, home_pens=3, away_pens=5),
    ]
    fixtures = db.session.get_one(Event, make_event(matches=legs)).fixtures
    assert [fixture.result.home_pens for fixture in fixtures] == [None, 4, None, 3]


@pytest.mark.parametrize(
    ("match", "where"),
    [
        (knockout(home_score=1, away_score=1), "matches[0].away_score"),
        (knockout(home_score=2, away_score=1, home_pens=4, away_pens=3), "matches[0].home_pens"),
    ],
)
def test_a_single_knockout_game_has_a_winner(match, where):
    with pytest.raises(ValidationError) as fault:
        read_event({**LEAGUE, "matches": [match]})
    assert fault.value.path == where


def test_the_slots_say_who_comes_where_a_match_does_not(make_event):
    data = {
        "groups": {"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]},
        "slots": [
            {"round": "Semi-finals", "teams": [["A", 1], ["B", 2]]},
            {"round": "Semi-finals", "teams": [["B", 1], ["A", 2]]},
        ],
        "matches": [{"stage": "knockout", "round": "Semi-finals"}, {"stage": "knockout", "round": "Semi-finals"}],
    }
    fixtures = db.session.get_one(Event, make_event(**data)).fixtures
    assert [(one.home_name, one.away_name) for one in fixtures] == [("A1", "B2"), ("B1", "A2")]


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


def test_groups_of_teams_that_are_in_no_division_yet(make_event):
    event = db.session.get_one(Event, make_event(groups={"A": ["Ash", "Birch"], "B": ["Cedar", "Dogwood"]}, matches=[]))
    divisions.add_divisions(event, "U10", by=None)
    assert [group.name for group in goes_round(event).stages[0].groups] == ["A", "B"]


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"groups": {"A": ["Ash", "Birch"]}}, "groups.A[0]"),
        ({"division_groups": {"U10": {"A": ["Ash", "Birch"]}}}, "division_groups.U10.A[1]"),
        ({"division_groups": {"U10": {"A": ["Ash", "Cedar"]}}}, "division_groups.U10.A[1]"),
    ],
)
def test_a_group_has_teams_of_its_own_division(changed, where):
    teams = [{"name": "Ash", "division": "U10"}, {"name": "Birch", "division": "U12"}, "Cedar"]
    with pytest.raises(ValidationError) as fault:
        read_event({**LEAGUE, "divisions": ["U10", "U12"], "teams": teams, "matches": [], **changed})
    assert fault.value.path == where


def test_a_knockout_without_a_division_beside_teams_that_have_one(make_event):
    teams = [{"name": "Ash", "division": "U10"}, {"name": "Birch", "division": "U10"}]
    matches = [{"stage": "knockout", "round": "Final", "home_label": "The first", "away_label": "The second"}]
    event = db.session.get_one(Event, make_event(divisions=["U10"], teams=teams, matches=matches))
    assert goes_round(event).fixtures[0].stage.division is None


def test_a_knockout_arranged_by_hand_is_not_linked_by_its_own_file(make_event):
    """An import finds out what leads to what; of what Timely wrote itself there is nothing to find out."""
    event = db.session.get_one(Event, make_event(matches=[]))
    wanted = Arrangement(*event.teams[:2], is_knockout=True, round="Final")
    fixtures.arrange_fixture(event, wanted, by=None)
    assert [one.code for one in goes_round(event).fixtures] == [""]


def test_a_tie_that_was_deleted_is_waited_for_no_more(make_event):
    tie = {"stage": "knockout", "round": "Semi-finals", "code": "SF1", "home": "Ash", "away": "Birch"}
    final = {"stage": "knockout", "round": "Final", "code": "F", "home_from": {"winner_of": "SF1"}, "away": "Cedar"}
    event = db.session.get_one(Event, make_event(matches=[tie, final]))
    fixtures.delete_fixture(event.fixtures[0], by=None)
    (left,) = goes_round(event).fixtures
    assert (left.home_name, left.home_source) == ("Winner SF1", None)


def test_a_game_that_leaves_the_bracket_is_no_tie_any_more(make_event):
    tie = {"stage": "knockout", "round": "Semi-finals", "code": "SF1", "home": "Ash", "away": "Birch"}
    final = {"stage": "knockout", "round": "Final", "code": "F", "home_from": {"winner_of": "SF1"}, "away": "Cedar"}
    event = db.session.get_one(Event, make_event(matches=[{"home": "Ash", "away": "Cedar"}, tie, final]))
    fixtures.change_fixture(event.fixtures[1], Arrangement(*event.teams[:2]), by=None)
    _, moved, left = goes_round(event).fixtures
    assert (moved.is_knockout, moved.code) == (False, "")
    assert (left.home_name, left.home_source) == ("Winner SF1", None)


def test_the_words_for_who_comes_are_kept_while_somebody_has_come(make_event):
    tie = {"stage": "knockout", "round": "Semi-finals", "code": "SF1", "home": "Ash", "away": "Birch"}
    final = {"stage": "knockout", "round": "Final", "code": "F", "home_from": {"winner_of": "SF1"}, "away": "Cedar"}
    matches = [tie, {**final, "home_label": "The favourite"}]
    event = db.session.get_one(Event, make_event(matches=matches))
    results.enter_score(event.fixtures[0], Score(2, 1), by=None)
    again = goes_round(event)
    assert again.fixtures[1].home_name == "Ash"
    results.take_back(again.fixtures[0], by=None)
    assert again.fixtures[1].home_name == "The favourite"


def test_how_ties_are_decided_is_written_in_one_order(make_event):
    event = db.session.get_one(Event, make_event(matches=[]))
    options = {"penalties": True, "away_goals": True}
    formats.make_format(
        event, None, formats.FormatChoice(Format("knockout"), event.teams, tie_options=options), by=None
    )
    goes_round(event)


def test_divisions_whose_formats_were_made_in_another_order(make_event):
    teams = [{"name": f"{word} {number}", "division": word} for word in ("U10", "U12") for number in range(4)]
    event = db.session.get_one(Event, make_event(divisions=["U10", "U12"], teams=teams, matches=[]))
    for division in reversed(event.divisions):
        choice = formats.FormatChoice(Format("groups", groups=2, qualifiers=1), formats.teams_of(event, division))
        formats.make_format(event, division, choice, by=None)
    goes_round(event)


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("football_euro_2004", 14),
        ("football_world_cup_2018", 32),
        ("rugby_world_cup_2019", 16),
        ("ice_hockey_olympics_2018_men", 12),
        ("volleyball_nations_league_2022_men", 8),
    ],
)
def test_every_link_of_a_published_bracket_is_found(name, links):
    """Their slots stand in the order of the bracket, their matches in that of time."""
    event = import_event(read_event(season(name)))
    sources = [source for one in event.fixtures for source in (one.home_source, one.away_source)]
    assert sum(source is not None for source in sources) == links


def test_an_unfounded_side_does_not_cut_the_links_behind_it(make_event):
    """Cedar played the semi-final although Ash had won the group: only that side waits for nobody."""
    data = {
        "groups": {"A": ["Ash", "Cedar"], "B": ["Birch", "Dogwood"]},
        "slots": [{"round": "Semi-finals", "teams": [["A", 1], ["B", 1]]}],
        "matches": [
            {"home": "Ash", "away": "Cedar", "home_score": 1, "away_score": 0},
            {"home": "Birch", "away": "Dogwood", "home_score": 1, "away_score": 0},
            knockout(home="Cedar", away="Birch", round="Semi-finals", home_score=2, away_score=0, date="2026-11-28"),
            knockout(home="Cedar", away="Dogwood", round="Final", date="2026-11-29"),
        ],
    }
    semi, final = db.session.get_one(Event, make_event(**data)).fixtures[2:]
    assert (semi.home_source, semi.away_source) == (None, {"group": "B", "position": 1})
    assert final.home_source == {"winner_of": "SF1"}


TWO_OF_A_NAME = {
    "name": "Youth Cup",
    "sport": "football",
    "divisions": ["U9", "U11"],
    "teams": [
        *({"name": name, "division": division} for division in ("U9", "U11") for name in ("Ash", "Birch")),
        {"name": "Cedar", "division": "U11", "colour": "#d62828"},
    ],
    "division_groups": {"U9": {"A": ["Ash", "Birch"]}, "U11": {"A": ["Ash", "Birch (U11)", "Cedar"]}},
    "matches": [
        {"division": "U9", "home": "Ash", "away": "Birch", "home_score": 1, "away_score": 0},
        {"home": "Ash (U11)", "away": "Birch (U11)", "home_score": 2, "away_score": 1},
        {"home": "Cedar", "away": "Ash"},
        {"division": "U9", "stage": "knockout", "round": "Final", "home": "Ash", "away": "Birch", "home_score": 3,
         "away_score": 1},
    ],
    "deductions": [{"team": "Ash (U9)", "points": 1, "reason": "late"}],
    "fair_play_totals": {"Ash (U11)": -2},
    "manual_order": {"drawing_of_lots": ["Birch (U11)", "Ash (U11)"]},
}  # fmt: skip


def test_two_divisions_with_teams_of_one_name_go_round(in_app):
    event = import_event(read_event(TWO_OF_A_NAME))
    u9, u11 = (division.id for division in event.divisions)
    played = [(fixture.home_name, fixture.home_team.division_id) for fixture in event.fixtures]
    assert played == [("Ash", u9), ("Ash", u11), ("Cedar", u11), ("Ash", u9)]
    assert event.deductions[0].team_id == event.teams[0].id
    assert event.fair_play_totals == {str(event.teams[2].id): -2}
    text = event_file_text(event)
    assert '"home": "Ash (U9)"' in text
    assert '"away": "Ash (U11)"' in text
    assert event_file_text(import_event(read_event_file(text.encode()))) == text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"matches": [{"home": "Ash", "away": "Birch"}]}, "called 'Ash'; write 'Ash (U9)' or 'Ash (U11)'"),
        ({"matches": [{"home": "Ash (U9)", "away": "Cedar"}]}, "'Ash (U9)' and 'Cedar' are in different divisions"),
        ({"deductions": [{"team": "Ash", "points": 1}]}, "several teams are called 'Ash'"),
        ({"fair_play_totals": {"Ash": 1}}, "several teams are called 'Ash'"),
        ({"teams": [*TWO_OF_A_NAME["teams"], {"name": "Ash", "division": "U9"}]}, "'U9' twice"),
        ({"teams": [*TWO_OF_A_NAME["teams"], "Caf\u00e9", "Cafe\u0301"]}, "stands in the list twice"),
    ],
)
def test_a_name_that_several_have_needs_its_division(changed, said):
    with pytest.raises(ValidationError, match=re.escape(said)):
        read_event({**TWO_OF_A_NAME, **changed})
