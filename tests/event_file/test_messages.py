"""Messages for a refused file: the line, each fault once, and the remedy."""

from gettext import NullTranslations

import pytest

from tests.conftest import LEAGUE
from timely.domain.errors import ValidationError
from timely.domain.translation import Language, in_language
from timely.event_file.read import read_event, read_event_file
from timely.queries.tables import leaderboard
from timely.services.event_files import import_event


def refused(raw: bytes) -> ValidationError:
    with pytest.raises(ValidationError) as fault:
        read_event_file(raw)
    return fault.value


def match(**more):
    data = {**LEAGUE, **more.pop("event", {})}
    return read_event({**data, "matches": [{"home": "Ash", "away": "Birch", **more}]}).matches[0]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"a": 1,\n "b": {"a": 2},\n "a": 3}', 3),
        ('{"b": [{"a": 1}, {"a": 1,\n "c": "\\"a\\": {[",\n\n "a": 2}]}', 4),
        ('{"x": "a",\n "a": 1,\n "\\u0061": 2}', 3),
        ('{\n"a": "a:",\n"b": ["a", "a"], "a": "}"}', 3),
        ('{"a": {"a": {"a": 1,\r\n"a": 1}}}', 2),
    ],
)
def test_a_key_that_stands_twice_is_shown_where_it_stands_again(text, line):
    fault = refused(text.encode())
    assert fault.path == f"line {line}"
    assert "'a' for the second time" in fault.message


def test_numbers_that_are_none_are_shown():
    assert str(refused(b'{"NaN": "-Infinity", \n"a": -Infinity}')) == (
        "line 2: has -Infinity, which is not a JSON number"
    )
    long = refused(b'{"a": "' + b"7" * 6000 + b'",\n "b": 1.' + b"5" * 6000 + b',\n "c": -' + b"9" * 6000 + b"}")
    assert str(long) == "line 3: has a number of thousands of digits"


def test_the_scores_of_the_rules_are_listed_once():
    rules = {"points": {"by_sets": {"3-0": 3, "3-1": 3, "3-2": 2, "2-3": 1, "1-3": 0, "0-3": 0}}, "scoring": "sets"}
    with pytest.raises(ValidationError, match=r"the rules have 3-0, 3-1, 3-2$"):
        match(event={"sport": "volleyball", "rules": rules}, home_score=4, away_score=1)


def test_an_offset_is_not_lost_in_silence():
    with pytest.raises(ValidationError, match="has an offset; write what the clocks of the place show"):
        match(date="2026-11-28", time_local="15:00+05:00")


def test_a_short_hour_is_one():
    assert match(date="2026-11-28", time_local="9:30") == match(date="2026-11-28", time_local="09:30")


@pytest.mark.parametrize("text", ["9", ":30", "9:3", "24:30", "9:30 pm", "99:30", "９:30"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValidationError, match="is not a time"):
        match(date="2026-11-28", time_local=text)


@pytest.mark.parametrize("text", ["2026-11-28T10:00:00", "2026-11-28 10:00", "2026-11-28T12:00+02:00"])
def test_a_moment_in_utc_needs_no_letter(text):
    assert match(kickoff_utc=text) == match(kickoff_utc="2026-11-28T10:00:00Z")


def test_other_moments_do():
    with pytest.raises(ValidationError, match="is not a time"):
        read_event({**LEAGUE, "announcements": [{"title": "Hello", "publish_at": "2026-11-28T10:00:00"}]})


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            {"points": {"win": 2}, "tie_breakers": ["wins"]},
            "rules.tie_breakers: is no key that rules have there; use points",
        ),
        (
            {"points": {"win": 2, "extra": 1}},
            "rules.points.extra: is no key that rules have there; use win, draw, loss",
        ),
        ({"sets": {"to": 11, "towards": 1}}, "rules.sets.towards: is no key"),
        ({"withdrawal": {"annul_below": 50, "then": "keep", "else": "award"}}, "rules.withdrawal.else: is no key"),
    ],
)
def test_a_rule_that_is_not_known_is_refused_with_those_that_are(rules, message):
    with pytest.raises(ValidationError) as fault:
        read_event({**LEAGUE, "rules": rules})
    assert str(fault.value).startswith(message)
    assert read_event({**LEAGUE, "rules": {"regulation": "Ours", "withdrawal": "keep"}}).ignored == ["rules.regulation"]


def test_teams_that_share_no_group_are_told_where_they_are():
    groups = {"A": ["Ash"], "B": ["Birch", "Cedar"]}
    with pytest.raises(ValidationError) as fault:
        match(event={"groups": groups})
    shown = "matches[0]: is between teams that are in no group together: 'Ash' in 'A' and 'Birch' in 'B'"
    assert str(fault.value) == shown
    with pytest.raises(ValidationError, match="does not say in which group"):
        match(event={"groups": {"A": ["Ash", "Birch"], "B": ["Birch", "Ash"]}})


def test_penalties_of_a_table_game_are_used_or_refused():
    level = {"home_score": 1, "away_score": 1, "home_pens": 4, "away_pens": 2}
    with pytest.raises(ValidationError, match="rules pay nothing for them") as fault:
        match(**level)
    assert fault.value.path == "matches[0].home_pens"
    paid = {"points": {"win": 3, "draw": 1, "loss": 0, "overtime_win": 2, "overtime_loss": 1}}
    assert match(event={"rules": paid}, **level).score.home_pens == 4
    with pytest.raises(ValidationError, match="the score includes the deciding goal"):
        match(event={"rules": paid}, home_score=1, away_score=1, extra={"shootout": True})


def test_no_table_game_of_a_team_that_has_left_counts_where_the_rules_annul():
    def read(*games, **rules):
        teams = ["Ash", {"name": "Birch", "withdrawn": "withdrawn"}, "Cedar"]
        file = {**LEAGUE, "teams": teams, "matches": list(games), "rules": rules}
        return [(one.status, one.score and one.score.annulled) for one in read_event(file).matches]

    played = {"home": "Ash", "away": "Birch", "home_score": 1, "away_score": 0}
    away = {"home": "Birch", "away": "Cedar"}
    other = {"home": "Ash", "away": "Cedar", "home_score": 1, "away_score": 0}
    cup = {**played, "stage": "knockout", "round": "Final"}
    counts, off = ("FINISHED", False), ("CANCELLED", None)
    assert read(played, away, other, cup) == [("FINISHED", True), off, counts, counts]
    assert read({**played, "annulled": False}, {**away, "status": "POSTPONED"}) == [counts, ("POSTPONED", None)]
    assert read(played, away, withdrawal="keep") == [counts, ("SCHEDULED", None)]
    below = {"annul_below": 75, "then": "keep"}
    assert read(played, away, withdrawal=below) == [("FINISHED", True), off]
    assert read(played, {**away, "home_score": 0, "away_score": 3}, withdrawal=below) == [counts, counts]


def test_a_game_that_is_on_runs():
    live = match(status="LIVE", home_score=1, away_score=0)
    assert (live.status, live.score.running) == ("LIVE", True)
    assert match(status="LIVE").score is None
    assert match(running=False, home_score=1, away_score=0).status == "FINISHED"
    with pytest.raises(ValidationError, match="needs the score"):
        match(running=True)


@pytest.mark.usefixtures("in_app")
def test_no_tries_told_are_no_tries():
    game = {"home_score": 10, "away_score": 7, "extra": {"tries": {"home": None, "away": 1}}}
    file = read_event({**LEAGUE, "sport": "rugby", "matches": [{"home": "Ash", "away": "Birch", **game}]})
    (table,) = leaderboard(import_event(file))
    tries = {line.team.name: (line.standing.tries_for, line.standing.tries_against) for line in table.lines}
    assert (tries["Ash"], tries["Birch"]) == ((0, 1), (1, 0))


class Bracketed(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"[{message}]"


def test_a_fault_is_in_the_language_of_whoever_is_told_of_it():
    fault = refused(b'{\n"a": NaN}')
    assert str(fault) == "line 2: has NaN, which is not a JSON number"
    with in_language(Language("xb", Bracketed())):
        assert str(fault) == "[line 2]: [has NaN, which is not a JSON number]"
        assert str(refused(b"[]")) == '[the file]: [needs [an object such as {"key": value}], not [a list]]'
