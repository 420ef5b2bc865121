"""Broken event files: refused whole, each fault with its place."""

import copy

import pytest
from sqlalchemy import func, select

from tests.conftest import LEAGUE
from timely.domain.errors import ValidationError
from timely.event_file.read import read_event, read_event_file
from timely.extensions import db
from timely.models import Event, Fixture
from timely.services.event_files import import_event

pytestmark = pytest.mark.usefixtures("in_app")


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
